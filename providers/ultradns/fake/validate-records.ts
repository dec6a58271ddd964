import { isIPv4, isIPv6 } from 'node:net';
import { text } from './objects.ts';
import { invalid, Refusal } from './refusal.ts';

/** Types that the fake takes, with their numbers, which the vendor adds when it answers. */
export const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DS: 43,
  SSHFP: 44,
  TLSA: 52,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  CAA: 257,
  APEXALIAS: 65282,
};

const NAME = /^(\*\.)?([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/i;

export const isName = (value: string): boolean => NAME.test(value) && !/^[\d.]+$/.test(value);

const groups = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
};

/** As the vendor gives it back: AAAA in all its eight groups. */
export const asHeld = (type: string, value: string): string =>
  type === 'AAAA' && isIPv6(value)
    ? groups(value.toLowerCase())
        .map((group) => group.replace(/^0+(?=.)/, ''))
        .join(':')
    : value;

const FORMS: Readonly<Record<string, RegExp>> = {
  MX: /^\d{1,5} \S+$/,
  SRV: /^\d{1,5} \d{1,5} \d{1,5} \S+$/,
  SOA: /^\S+ \S+ \d+ \d+ \d+ \d+ \d+$/,
  CAA: /^\d{1,3} [a-z]+ "?.+"?$/,
  SSHFP: /^\d+ \d+ [0-9a-f]+$/i,
  DS: /^\d+ \d+ \d+ [0-9a-f]+$/i,
  TLSA: /^\d \d \d [0-9a-f]+$/i,
};

const isValue = (type: string, value: string): boolean => {
  if (type === 'A') return isIPv4(value);
  if (type === 'AAAA') return isIPv6(value);
  if (['NS', 'CNAME', 'PTR', 'APEXALIAS'].includes(type)) return isName(value);
  return FORMS[type]?.test(value) ?? value !== '';
};

/** One value of a set of this type; pools of addresses take names beside addresses. */
export const record = (type: string, value: unknown, mayBeName: boolean): string => {
  const rdata = text('rdata', value);
  if (isValue(type, rdata) || (mayBeName && isName(rdata))) return asHeld(type, rdata);
  throw invalid(`${rdata} is no ${type} record`);
};

export const assertOnce = (values: readonly string[]): void => {
  if (new Set(values).size === values.length) return;
  throw new Refusal(400, 450001, 'Resource Record with these attributes already exists in the system.');
};
