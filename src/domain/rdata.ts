import { bad, type Checked, good, shown } from './rdata/checked.ts';
import { hexOctets, wholeNumber } from './rdata/encodings.ts';
import { type Field, fieldsOf, pairedFieldsOf } from './rdata/fields.ts';
import { TYPES } from './rdata/types.ts';

const TYPE = /^(?:TYPE(?:0|[1-9][0-9]{0,4})|[A-Z][A-Z0-9-]{0,15})$/;

const PAIRED: ReadonlySet<string> = new Set(['SVCB', 'HTTPS']);

/** A type that this file does not know: `\# length octets` in hexadecimal (RFC 3597 section 5). */
const unknownValue = (fields: readonly Field[]): Checked<string> => {
  const [mark, length, ...data] = fields;
  if (mark?.raw !== '\\#' || mark.quoted || length === undefined) {
    return bad('its values are not known here; expected \\# and the octets in hexadecimal, e.g. \\# 4 C0000201');
  }
  const count = wholeNumber(length.raw, 65_535);
  if (!count.ok) return bad(`length: ${count.because}`);
  const octets = hexOctets(data.map(({ raw }) => raw).join(''));
  if (!octets.ok) return octets;
  if (octets.value.length !== count.value * 2) {
    return bad(`\\# ${count.value} says ${count.value} octets, but ${octets.value.length / 2} follow`);
  }
  return good(`\\# ${count.value}${octets.value === '' ? '' : ` ${octets.value}`}`);
};

const canonicalBy = (type: string, text: string): Checked<string> => {
  const known = TYPES[type];
  const fields = (PAIRED.has(type) ? pairedFieldsOf : fieldsOf)(text);
  if (!fields.ok) return fields;
  if (fields.value.length === 0) return bad('the value is empty');
  return known === undefined ? unknownValue(fields.value) : known.codec(fields.value);
};

/** The type as it is written everywhere: in capitals, `TYPE65280` where it has no name. */
export const canonicalType = (text: string): Checked<string> => {
  const type = text.toUpperCase();
  return TYPE.test(type)
    ? good(type)
    : bad(`${shown(text)} is no record type; expected one such as A, MX or TYPE65280`);
};

/**
 * One value in presentation format (RFC 1035 section 5.1) in its one form: two texts that mean the same octets come out the
 * same. Names are whole and in lower case, addresses as RFC 5952 has them, numbers plain, texts in quotes, hexadecimal in
 * capitals, keys in one piece. A refusal says what is wrong, what was expected and what to type.
 */
export const canonicalValue = (type: string, text: string): Checked<string> => {
  const known = canonicalType(type);
  if (!known.ok) return known;
  const value = canonicalBy(known.value, text);
  if (value.ok) return value;
  const example = TYPES[known.value]?.example;
  const because = `${known.value} ${shown(text)}: ${value.because}`;
  // A field may have said it already: nobody wants to read the same twice.
  return bad(example === undefined || because.endsWith(`e.g. ${example}`) ? because : `${because}; e.g. ${example}`);
};

/** The order in which values of a set stand; only the same everywhere, no meaning is in it. */
export const compareValues = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The values of one set: each in its one form, once, in order; or all that is wrong with them. */
export const canonicalValues = (
  type: string,
  texts: readonly string[],
):
  | { readonly ok: true; readonly values: readonly string[] }
  | { readonly ok: false; readonly because: readonly string[] } => {
  const read = texts.map((text) => canonicalValue(type, text));
  const because = read.flatMap((value) => (value.ok ? [] : [value.because]));
  if (because.length > 0) return { ok: false, because };
  const values = new Set(read.flatMap((value) => (value.ok ? [value.value] : [])));
  return { ok: true, values: [...values].toSorted(compareValues) };
};

/** Every type whose values are understood, with one value of it for help and sentences. */
export const KNOWN_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TYPES).map(([type, { example }]) => [type, example]),
);
