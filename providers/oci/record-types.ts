/** Of what the vendor knows, the types that steer can check: a value that nobody has checked is not written. */
export const TYPES: readonly string[] = [
  ...['A', 'AAAA', 'CAA', 'CDNSKEY', 'CDS', 'CERT', 'CNAME', 'DNAME', 'DS', 'HTTPS', 'LOC', 'MX', 'NAPTR', 'NS'],
  ...['PTR', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'],
];
