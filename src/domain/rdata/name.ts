import { bad, type Checked, good, shown } from './checked.ts';
import { octetsOf, octetText } from './octets.ts';

/** RFC 1035 section 2.3.4. The length of a name counts a length octet for each label and the root's. */
const MOST_LABEL_OCTETS = 63;
const MOST_NAME_OCTETS = 255;

/** What would end a name, a field or a line, or stand for the origin, if it stood bare. */
const SPECIAL = '."();\\@$';

const DOT = 0x2e;

/** A space ends a field even behind a backslash at many vendors, so that it is always written as its number. */
const labelText = (octet: number): string => (octet === 0x20 ? '\\032' : octetText(octet, SPECIAL));

const lower = (octet: number): number => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);

const labelsOf = (octets: readonly { readonly octet: number; readonly escaped: boolean }[]): number[][] => {
  const labels: number[][] = [[]];
  for (const { octet, escaped } of octets) {
    if (octet === DOT && !escaped) labels.push([]);
    else labels.at(-1)?.push(lower(octet));
  }
  return labels;
};

const wrongLabels = (text: string, labels: readonly (readonly number[])[], whole: boolean): string | null => {
  if (labels.some((label) => label.length === 0))
    return `${shown(text)} has an empty label; two dots stand together or one stands first`;
  if (labels.some((label) => label.length > MOST_LABEL_OCTETS)) {
    return `${shown(text)} has a label of more than ${MOST_LABEL_OCTETS} octets`;
  }
  const octets = labels.reduce((total, label) => total + label.length + 1, 1);
  if (octets > MOST_NAME_OCTETS) return `${shown(text)} has ${octets} octets; a name has at most ${MOST_NAME_OCTETS}`;
  if (!whole && labels.length === 1)
    return `${shown(text)} is not a whole name; write all of it, e.g. www.example.com.`;
  return null;
};

/**
 * The one form of a domain name: lower case, whole, with its trailing dot, `.` for the root; what needs escaping is escaped
 * as RFC 1035 section 5.1 and RFC 4343 have it. A name of two labels or more may come without its dot; there is no origin
 * that it could be relative to. Names beyond ASCII come as their A-labels (`xn--…`).
 */
export const canonicalName = (text: string): Checked<string> => {
  if (text === '.') return good('.');
  if (text === '') return bad('a name is missing; write all of it, e.g. www.example.com.');
  if (text === '@') return bad('"@" stands for the origin of a zone file; write the whole name, e.g. example.com.');
  const strange = /[^!-~]/u.exec(text);
  if (strange !== null) {
    return bad(
      strange[0] <= ' '
        ? `${shown(text)} has white space in a name; it is written \\032`
        : `${shown(text)} has characters beyond ASCII; write the name as its A-labels (xn--…)`,
    );
  }
  const octets = octetsOf(text);
  if (!octets.ok) return octets;
  const labels = labelsOf(octets.value);
  const whole = labels.length > 1 && labels.at(-1)?.length === 0;
  if (whole) labels.pop();
  const wrong = wrongLabels(text, labels, whole);
  if (wrong !== null) return bad(wrong);
  return good(labels.map((label) => `${label.map(labelText).join('')}.`).join(''));
};
