/** Sixteen bytes in the one form of RFC 5952: lower case, the longest run of zero groups as `::`. */
export const ipv6Text = (bytes: Uint8Array): string => {
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
  let [runAt, runLength] = [-1, 1];
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > runLength) [runAt, runLength] = [at, length];
  }
  const shown = groups.map((group) => group.toString(16));
  if (runAt < 0) return shown.join(':');
  return `${shown.slice(0, runAt).join(':')}::${shown.slice(runAt + runLength).join(':')}`;
};

/** Null where the text is no IPv6 address. The URL parser knows every form of one. */
export const ipv6Bytes = (text: string): Uint8Array | null => {
  const host = /^[0-9A-Fa-f:.]+$/.test(text) ? URL.parse(`http://[${text}]/`)?.hostname : undefined;
  if (host === undefined) return null;
  const [head = '', tail] = host.slice(1, -1).split('::');
  const groupsOf = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [front, back] = [groupsOf(head), groupsOf(tail ?? '')];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: gap }, () => 0), ...back];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 0xff]));
};
