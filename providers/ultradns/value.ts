import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address, all eight; an IPv4 tail counts as two. */
const groupsOf = (address: string): readonly string[] => {
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high = '0', low = '0'): string => (Number(high) * 256 + Number(low)).toString(16);
  const text = tail === null ? address : `${tail[1]}${hex(tail[2], tail[3])}:${hex(tail[4], tail[5])}`;
  const [head = '', rest] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = Array.from({ length: rest === undefined ? 0 : 8 - before.length - after.length }, () => '0');
  return [...before, ...missing, ...after].map((group) => Number.parseInt(group, 16).toString(16));
};

/** RFC 5952: the longest run of two zeros or more is left out, the first of equals. */
const shortest = (groups: readonly string[]): string => {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
};

/**
 * A pool record as people write it: addresses in their short form (the vendor gives AAAA uncompressed), names in lower case
 * with the trailing dot. It is the member's name, so that a config may say `2001:db8::1`.
 */
export const memberName = (rdata: string): string => {
  const text = rdata.trim().toLowerCase();
  if (isIPv6(text)) return shortest(groupsOf(text));
  if (/^[\d.]+$/.test(text) || text.includes(' ') || text.includes('"')) return text;
  return text.endsWith('.') ? text : `${text}.`;
};
