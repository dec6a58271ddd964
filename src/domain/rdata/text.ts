import { bad, type Checked, good, shown, together } from './checked.ts';
import type { Field } from './fields.ts';
import { octetsOf, octetText } from './octets.ts';

/** RFC 1035 section 3.3: a character-string has one length octet. */
const MOST_STRING_OCTETS = 255;
const MOST_RDATA_OCTETS = 65_535;

const SPECIAL = '"\\';

const quoted = (octets: readonly number[]): string => `"${octets.map((octet) => octetText(octet, SPECIAL)).join('')}"`;

const bytesOf = (field: Field): Checked<readonly number[]> => {
  const octets = octetsOf(field.raw);
  return octets.ok ? good(octets.value.map(({ octet }) => octet)) : octets;
};

/** A text of any length in quotes. */
export const anyText = (field: Field): Checked<string> => {
  const bytes = bytesOf(field);
  return bytes.ok ? good(quoted(bytes.value)) : bytes;
};

/** One character-string in quotes. */
export const characterString = (field: Field): Checked<string> => {
  const bytes = bytesOf(field);
  if (!bytes.ok) return bytes;
  if (bytes.value.length <= MOST_STRING_OCTETS) return good(quoted(bytes.value));
  return bad(`${shown(field.raw)} has ${bytes.value.length} octets; at most ${MOST_STRING_OCTETS} fit here`);
};

const pieces = (bytes: readonly number[]): readonly (readonly number[])[] => {
  if (bytes.length <= MOST_STRING_OCTETS) return [bytes];
  const count = Math.ceil(bytes.length / MOST_STRING_OCTETS);
  return Array.from({ length: count }, (_, n) => bytes.slice(n * MOST_STRING_OCTETS, (n + 1) * MOST_STRING_OCTETS));
};

/**
 * The character-strings of a TXT value, each in quotes, one longer than 255 octets split where it must be: whoever reads
 * such a value joins the strings again (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2). Several bare words are refused: by
 * the rules they are strings of their own, which lose the spaces between them, and nobody means that.
 */
export const characterStrings = (fields: readonly Field[]): Checked<string> => {
  if (fields.length === 0) return bad('the text is missing; an empty one is written ""');
  if (fields.length > 1 && fields.some((field) => !field.quoted)) {
    return bad(
      `bare words lose the spaces between them; put the text in quotes: "${fields.map(({ raw }) => raw).join(' ')}"`,
    );
  }
  const read = together(fields.map(bytesOf));
  if (!read.ok) return read;
  const strings = read.value.flatMap(pieces);
  const octets = strings.reduce((total, string) => total + string.length + 1, 0);
  if (octets > MOST_RDATA_OCTETS) return bad(`the text takes ${octets} octets; at most ${MOST_RDATA_OCTETS} fit`);
  return good(strings.map(quoted).join(' '));
};

/** A TXT value of a plain text, as vendors without presentation format give it. */
export const textValue = (plain: string): Checked<string> =>
  characterStrings([{ raw: plain.replaceAll('\\', '\\\\'), quoted: true }]);

/** The plain text of a canonical TXT value, its strings joined; octets beyond ASCII stay as `\DDD`. */
export const plainText = (value: string): string =>
  value
    .slice(1, -1)
    .replaceAll(/\\(?:([0-9]{3})|(.))|" "/g, (whole, digits: string | undefined, char: string | undefined) => {
      if (char !== undefined) return char;
      return digits === undefined ? '' : whole;
    });
