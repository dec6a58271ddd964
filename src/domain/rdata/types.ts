import { canonicalIpv4, canonicalIpv6 } from './address.ts';
import { bad, good } from './checked.ts';
import { location } from './loc.ts';
import {
  base64,
  type Codec,
  coded,
  domain,
  fixed,
  hex,
  hexLength,
  inForm,
  open,
  string,
  text,
  u8,
  u16,
  u32,
} from './parts.ts';
import { serviceBinding } from './svcb.ts';
import { characterStrings } from './text.ts';

/** One type of record: how its values are read, and one of them for sentences and help. */
export interface RecordType {
  readonly example: string;
  readonly codec: Codec;
}

/** DNS security algorithms by their mnemonics (IANA "DNS Security Algorithm Numbers", seen 2026-11). */
const ALGORITHMS = {
  RSAMD5: 1,
  DSA: 3,
  RSASHA1: 5,
  'DSA-NSEC3-SHA1': 6,
  'RSASHA1-NSEC3-SHA1': 7,
  RSASHA256: 8,
  RSASHA512: 10,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
};

/** RFC 4398 section 2.1. */
const CERTIFICATES = {
  PKIX: 1,
  SPKI: 2,
  PGP: 3,
  IPKIX: 4,
  ISPKI: 5,
  IPGP: 6,
  ACPKIX: 7,
  IACPKIX: 8,
  URI: 253,
  OID: 254,
};

/** Octets of a digest: SHA-1, SHA-256, GOST R 34.11-94, SHA-384 (IANA "DS RR Type Digest Algorithms", seen 2026-11). */
const DIGESTS = { 1: 20, 2: 32, 3: 32, 4: 48 };

/** Octets of a fingerprint: SHA-1 (RFC 4255), SHA-256 (RFC 6594). */
const FINGERPRINTS = { 1: 20, 2: 32 };

/** Octets of what a certificate is matched by: SHA-256, SHA-512 (RFC 6698 section 2.1.3). */
const MATCHES = { 1: 32, 2: 64 };

const algorithm = coded('algorithm', 255, ALGORITHMS);
const delegation = open([u16('key tag'), algorithm, u8('digest type'), hex('digest')], hexLength(2, 3, DIGESTS));
const certificate = open([u8('usage'), u8('selector'), u8('matching type'), hex('data')], hexLength(2, 3, MATCHES));

const key = open([u16('flags'), u8('protocol'), algorithm, base64('public key')], ([, protocol]) =>
  protocol === '3' ? null : `protocol: it is 3, always (RFC 4034 section 2.1.2), not ${protocol}`,
);

/** RFC 8659 section 4.1: letters and digits; section 4.2 compares them without case. */
const tag = inForm('tag', (word) =>
  /^[a-zA-Z0-9]{1,15}$/.test(word)
    ? good(word.toLowerCase())
    : bad(`"${word}" is not 1 to 15 letters and digits, e.g. issue`),
);

const host = fixed([domain('name')]);
const strings: RecordType = { example: '"some text"', codec: characterStrings };
const hostNamed: RecordType = { example: 'host.example.com.', codec: host };

/** The types whose values are known. Any other is written as RFC 3597 has it. */
export const TYPES: Readonly<Record<string, RecordType>> = {
  A: { example: '192.0.2.1', codec: fixed([inForm('address', canonicalIpv4)]) },
  AAAA: { example: '2001:db8::1', codec: fixed([inForm('address', canonicalIpv6)]) },
  CAA: { example: '0 issue "ca.example.net"', codec: fixed([u8('flags'), tag, text('value')]) },
  CERT: {
    example: 'PKIX 12345 8 AQID',
    codec: open([coded('certificate type', 65_535, CERTIFICATES), u16('key tag'), algorithm, base64('certificate')]),
  },
  CDNSKEY: { example: '257 3 13 AQID', codec: key },
  CDS: { example: `12345 13 2 ${'AB'.repeat(32)}`, codec: delegation },
  CNAME: hostNamed,
  DNAME: hostNamed,
  DNSKEY: { example: '257 3 13 AQID', codec: key },
  DS: { example: `12345 13 2 ${'AB'.repeat(32)}`, codec: delegation },
  HINFO: { example: '"cpu" "system"', codec: fixed([string('cpu'), string('system')]) },
  HTTPS: { example: '1 . alpn="h2,h3"', codec: serviceBinding },
  LOC: { example: '52 22 23.000 N 4 53 32.000 E -2.00m 1.00m 10000.00m 10.00m', codec: location },
  MX: { example: '10 mail.example.com.', codec: fixed([u16('preference'), domain('mail server')]) },
  NAPTR: {
    example: '100 10 "U" "E2U+sip" "!^.*$!sip:info@example.com!" .',
    codec: fixed([
      u16('order'),
      u16('preference'),
      string('flags'),
      string('services'),
      string('regular expression'),
      domain('replacement'),
    ]),
  },
  NS: { example: 'ns1.example.com.', codec: host },
  OPENPGPKEY: { example: 'AQID', codec: open([base64('key')]) },
  PTR: hostNamed,
  RP: { example: 'admin.example.com. info.example.com.', codec: fixed([domain('mailbox'), domain('text name')]) },
  SMIMEA: { example: `3 1 1 ${'AB'.repeat(32)}`, codec: certificate },
  SOA: {
    example: 'ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300',
    codec: fixed([
      domain('primary server'),
      domain('mailbox'),
      u32('serial'),
      u32('refresh'),
      u32('retry'),
      u32('expire'),
      u32('minimum'),
    ]),
  },
  SPF: strings,
  SRV: {
    example: '10 5 443 host.example.com.',
    codec: fixed([u16('priority'), u16('weight'), u16('port'), domain('target')]),
  },
  SSHFP: {
    example: `4 2 ${'AB'.repeat(32)}`,
    codec: open([u8('algorithm'), u8('fingerprint type'), hex('fingerprint')], hexLength(1, 2, FINGERPRINTS)),
  },
  SVCB: { example: '1 svc.example.com. alpn="h2"', codec: serviceBinding },
  TLSA: { example: `3 1 1 ${'AB'.repeat(32)}`, codec: certificate },
  TXT: strings,
  URI: { example: '10 1 "https://www.example.com/"', codec: fixed([u16('priority'), u16('weight'), text('target')]) },
};
