import { canonicalValue } from '../../../src/domain/rdata.ts';
import type { RecordsTraits } from './world.ts';

const digest = (octet: string): string => octet.repeat(32);

/** Two values of every common type, in documentation ranges, as `rdata.ts` writes them. */
const SAMPLES: Readonly<Record<string, readonly [string, string]>> = {
  A: ['192.0.2.1', '198.51.100.1'],
  AAAA: ['2001:db8::1', '2001:db8::2'],
  CAA: ['0 issue "ca.example.net"', '0 iodef "mailto:security@example.com"'],
  CDNSKEY: ['257 3 13 AQIDBAUGBwg=', '257 3 13 CAcGBQQDAgE='],
  CDS: [`12345 13 2 ${digest('AB')}`, `12346 13 2 ${digest('CD')}`],
  CERT: ['1 12345 8 AQIDBAUGBwg=', '1 12346 8 CAcGBQQDAgE='],
  CNAME: ['one.example.net.', 'two.example.net.'],
  DNAME: ['one.example.net.', 'two.example.net.'],
  DNSKEY: ['256 3 13 AQIDBAUGBwg=', '256 3 13 CAcGBQQDAgE='],
  DS: [`12345 13 2 ${digest('AB')}`, `12346 13 2 ${digest('CD')}`],
  HINFO: ['"cpu" "system"', '"other cpu" "other system"'],
  HTTPS: ['1 . alpn="h2,h3"', '2 alt.example.net. alpn="h2" port=8443'],
  LOC: [
    '52 22 23.000 N 4 53 32.000 E -2.00m 1.00m 10000.00m 10.00m',
    '42 21 54.000 N 71 6 18.000 W 24.00m 30.00m 10000.00m 10.00m',
  ],
  MX: ['10 mail1.example.net.', '20 mail2.example.net.'],
  NAPTR: ['100 10 "U" "E2U+sip" "!^.*$!sip:info@example.com!" .', '100 20 "S" "SIP+D2U" "" _sip._udp.example.net.'],
  NS: ['ns1.example.net.', 'ns2.example.net.'],
  OPENPGPKEY: ['AQIDBAUGBwg=', 'CAcGBQQDAgE='],
  PTR: ['one.example.net.', 'two.example.net.'],
  RP: ['admin.example.net. info.example.net.', 'other.example.net. .'],
  SMIMEA: [`3 1 1 ${digest('AB')}`, `3 1 1 ${digest('CD')}`],
  SPF: ['"v=spf1 -all"', '"v=spf1 mx -all"'],
  SRV: ['10 5 443 one.example.net.', '20 5 443 two.example.net.'],
  SSHFP: [`4 2 ${digest('AB')}`, `4 2 ${digest('CD')}`],
  SVCB: ['1 svc1.example.net. alpn="h2"', '2 svc2.example.net. alpn="h3" port=8443'],
  TLSA: [`3 1 1 ${digest('AB')}`, `3 1 1 ${digest('CD')}`],
  TXT: ['"made by steer; \\"quoted\\" \\\\ back"', '"caf\\195\\169" "second string"'],
  URI: ['10 1 "https://one.example.net/"', '20 1 "https://two.example.net/"'],
};

/** Of these a name has one value only. */
const SINGLE: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'SOA', 'ALIAS']);

export const isSingle = (type: string): boolean => SINGLE.has(type);

/** Two values of a type. Throws where neither the vendor nor the suite has some: a declared type is tested. */
export const samplesOf = (type: string, traits: RecordsTraits): readonly [string, string] => {
  const samples = traits.samples?.[type] ?? SAMPLES[type];
  if (samples === undefined) throw new Error(`no values of type ${type} to test with; give some in \`samples\``);
  for (const sample of samples) {
    const canonical = canonicalValue(type, sample);
    if (!canonical.ok || canonical.value !== sample) throw new Error(`${type} ${sample} is no canonical value`);
  }
  return samples;
};

/** A type that the vendor does not have as basic sets; each vendor lacks some. */
export const absentType = ({ capabilities }: RecordsTraits): string =>
  Object.keys(SAMPLES).find((type) => !capabilities.types.includes(type)) ?? 'TYPE65280';

export const absentSample = (type: string): string => SAMPLES[type]?.[0] ?? '\\# 4 C0000201';
