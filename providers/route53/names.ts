/** `Z123` of `/hostedzone/Z123`: answers carry the prefix, requests need not. */
export const plainZoneId = (id: string): string => id.replace(/^\/?hostedzone\//, '');

/** `C123` of `/change/C123`. */
export const plainChangeId = (id: string): string => id.replace(/^\/?change\//, '');

/**
 * The one form in which two names are compared: lower case, a trailing dot, `\052` written as `*`. The service lists names
 * escaped (Developer Guide "DNS domain name format", seen 2026-11), people type them plain. Only ever compared, never sent.
 */
export const comparableName = (name: string): string => {
  const plain = name.replace(/\\([0-3][0-7]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
  return `${plain.toLowerCase().replace(/\.$/, '')}.`;
};

/** One name and type: what a steering set is at Route 53. */
export interface GroupKey {
  readonly name: string;
  readonly type: string;
}

export const keyText = (key: GroupKey): string => `${comparableName(key.name)} ${key.type}`;

/**
 * What lists are sorted by: labels from the right with the trailing dot, so that a character below `.` in ASCII sorts
 * before a deeper name (API reference of ListResourceRecordSets, 2013-04-01).
 */
const sortText = (name: string): string => `${comparableName(name).slice(0, -1).split('.').toReversed().join('.')}.`;

/** Below zero when `a` is listed before `b`. Only the cost of reading may depend on this, never its truth. */
export const compareKeys = (a: GroupKey, b: GroupKey): number => {
  const [left, right] = [sortText(a.name), sortText(b.name)];
  if (left !== right) return left < right ? -1 : 1;
  if (a.type === b.type) return 0;
  return a.type < b.type ? -1 : 1;
};
