/**
 * Types that `rdata.ts` of this folder turns into octets and back without a loss, and that servers of one's own take: what
 * their accounts declare.
 */
export const RECORD_TYPES: readonly string[] = [
  'A',
  'AAAA',
  'CAA',
  'CDS',
  'CNAME',
  'DNAME',
  'DS',
  'HINFO',
  'MX',
  'NAPTR',
  'NS',
  'OPENPGPKEY',
  'PTR',
  'RP',
  'SMIMEA',
  'SRV',
  'SSHFP',
  'TLSA',
  'TXT',
  'URI',
];
