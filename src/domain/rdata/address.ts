import { bad, type Checked, good, shown } from './checked.ts';

const PART = /^(?:0|[1-9][0-9]{0,2})$/;

const v4Octets = (text: string): readonly number[] | null => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => PART.test(part) && Number(part) <= 255)) return null;
  return parts.map(Number);
};

/** An IPv4 address: four decimals without leading zeros, which some software reads as octal. */
export const canonicalIpv4 = (text: string): Checked<string> =>
  v4Octets(text) === null
    ? bad(`${shown(text)} is no IPv4 address; expected four numbers from 0 to 255, e.g. 192.0.2.1`)
    : good(text);

const WORD = /^[0-9a-fA-F]{1,4}$/;

/** The 16-bit groups of one side of `::`. An IPv4 address may stand last where `last` says so. */
const groupsOf = (side: string, last: boolean): readonly number[] | null => {
  if (side === '') return [];
  const words = side.split(':');
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    if (WORD.test(word)) {
      groups.push(Number.parseInt(word, 16));
      continue;
    }
    const v4 = last && index === words.length - 1 ? v4Octets(word) : null;
    if (v4 === null) return null;
    const [a = 0, b = 0, c = 0, d = 0] = v4;
    groups.push(a * 256 + b, c * 256 + d);
  }
  return groups;
};

const v6Groups = (text: string): readonly number[] | null => {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const [left = '', right] = sides;
  const before = groupsOf(left, right === undefined);
  const after = right === undefined ? [] : groupsOf(right, true);
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  // RFC 4291 section 2.2: `::` stands for one group or more.
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
};

/** The first of the longest runs of zero groups; RFC 5952 section 4.2.2 shortens no run of one. */
const longestZeros = (groups: readonly number[]): { readonly start: number; readonly length: number } => {
  let best = { start: -1, length: 1 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
};

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');

const v6Text = (groups: readonly number[]): string => {
  const [, , , , , mark = 0, high = 0, low = 0] = groups;
  // RFC 5952 section 5: the prefix ::ffff:0:0/96 is known to hold an IPv4 address.
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const zeros = longestZeros(groups);
  if (zeros.start < 0) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
};

/** An IPv6 address in the one form of RFC 5952. */
export const canonicalIpv6 = (text: string): Checked<string> => {
  const groups = v6Groups(text);
  if (groups === null) return bad(`${shown(text)} is no IPv6 address; expected one such as 2001:db8::1`);
  return good(v6Text(groups));
};
