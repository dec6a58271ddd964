/**
 * Names as the service keeps them: lower case, a trailing dot, everything outside a-z 0-9 - _ . as `\` and three octal
 * digits, so that `*` is `\052` (Developer Guide, "DNS domain name format", 2026-11).
 */
const PLAIN = /[a-z0-9_.-]/;

const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;

/** `\052` back to `*`. */
export const unescapeName = (name: string): string =>
  name.replace(/\\([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

export const normaliseName = (name: string): string => {
  const plain = unescapeName(name).toLowerCase();
  const dotted = plain.endsWith('.') ? plain : `${plain}.`;
  return [...dotted].map((char) => (PLAIN.test(char) ? char : octal(char))).join('');
};

export const labelsOf = (name: string): readonly string[] => name.split('.').filter((label) => label !== '');

/**
 * What lists are sorted by: labels from the right, with the trailing dot, so that characters before `.` in ASCII sort before
 * a deeper name. Sorted on the unescaped form; which form the service sorts on is not documented.
 */
export const sortKey = (name: string): string => `${labelsOf(unescapeName(name)).toReversed().join('.')}.`;

export const isInZone = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/** `example.com.` of `www.example.com.`; undefined for the root. */
export const parentOf = (name: string): string | undefined => {
  const dot = name.indexOf('.');
  return dot < 0 || name === '.' ? undefined : name.slice(dot + 1) || '.';
};

/** What is wrong with the form of a name, or undefined. */
export const nameProblem = (name: string): string | undefined => {
  const labels = labelsOf(unescapeName(name));
  if (name.length > 1024 || unescapeName(name).length > 255) return 'DomainNameTooLong (Domain name is too long)';
  if (name !== '.' && unescapeName(name).replace(/\.$/, '').split('.').includes(''))
    return 'DomainLabelEmpty (Domain label is empty)';
  if (labels.some((label) => label.length > 63)) return 'DomainLabelTooLong (Domain label is too long)';
  return undefined;
};
