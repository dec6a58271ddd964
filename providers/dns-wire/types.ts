/** Numbers of record types (IANA, DNS parameters, 2026-11), those that steer names; LUA is PowerDNS' own. */
const NUMBERS = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  CERT: 37,
  DNAME: 39,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  URI: 256,
  CAA: 257,
  LUA: 65_402,
} as const;

const BY_NUMBER = new Map<number, string>(Object.entries(NUMBERS).map(([name, number]) => [number, name]));
const BY_NAME = new Map<string, number>(Object.entries(NUMBERS));

export const TYPE = { ...NUMBERS, TSIG: 250, AXFR: 252, ANY: 255 } as const;
export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const;

/** Its name, or `TYPE731` where it has none here (RFC 3597, 5). */
export const typeName = (number: number): string => BY_NUMBER.get(number) ?? `TYPE${number}`;

/** Throws `TypeError` for a word that is no type. */
export const typeNumber = (name: string): number => {
  const upper = name.toUpperCase();
  const known = BY_NAME.get(upper);
  if (known !== undefined) return known;
  const [, digits] = /^TYPE(\d{1,5})$/.exec(upper) ?? [];
  const number = Number(digits ?? Number.NaN);
  if (Number.isInteger(number) && number < 65_536) return number;
  throw new TypeError(
    `"${name}" is no record type; write one of ${[...BY_NAME.keys()].join(', ')} or TYPE and a number`,
  );
};
