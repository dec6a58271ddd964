import { bad, type Checked, good, shown, together } from './checked.ts';
import { base64Octets, hexOctets, wholeNumber } from './encodings.ts';
import type { Field } from './fields.ts';
import { canonicalName } from './name.ts';
import { anyText, characterString } from './text.ts';

/** Reads the fields of one value and prints them in their one form. */
export type Codec = (fields: readonly Field[]) => Checked<string>;

/** One field of a type: what people call it, and how it is read. */
export interface Part {
  readonly what: string;
  readonly read: (field: Field) => Checked<string>;
}

const named = (what: string, read: (field: Field) => Checked<string>): Part => ({
  what,
  read: (field) => {
    const result = read(field);
    return result.ok ? result : bad(`${what}: ${result.because}`);
  },
});

const bare =
  (read: (text: string) => Checked<string>) =>
  (field: Field): Checked<string> =>
    field.quoted ? bad(`"${field.raw}" stands in quotes; write it without`) : read(field.raw);

const upTo = (what: string, most: number): Part =>
  named(
    what,
    bare((text) => {
      const number = wholeNumber(text, most);
      return number.ok ? good(String(number.value)) : number;
    }),
  );

export const u8 = (what: string): Part => upTo(what, 255);
export const u16 = (what: string): Part => upTo(what, 65_535);
export const u32 = (what: string): Part => upTo(what, 4_294_967_295);

/** A number that may be written as a word, case ignored; it is printed as the number. */
export const coded = (what: string, most: number, words: Readonly<Record<string, number>>): Part =>
  named(
    what,
    bare((text) => {
      const code = words[text.toUpperCase()];
      if (code !== undefined) return good(String(code));
      const number = wholeNumber(text, most);
      if (number.ok) return good(String(number.value));
      return bad(`${number.because}, nor one of ${Object.keys(words).join(', ')}`);
    }),
  );

export const domain = (what: string): Part => named(what, bare(canonicalName));
export const inForm = (what: string, read: (text: string) => Checked<string>): Part => named(what, bare(read));
export const string = (what: string): Part => named(what, characterString);
export const text = (what: string): Part => named(what, anyText);

const filled =
  (read: (text: string) => Checked<string>) =>
  (digits: string): Checked<string> =>
    digits === '' ? bad('it is empty') : read(digits);

export const hex = (what: string): Part => named(what, bare(filled(hexOctets)));
export const base64 = (what: string): Part => named(what, bare(filled(base64Octets)));

/** What is wrong with fields that are good one by one; null when nothing is. */
export type Rule = (texts: readonly string[]) => string | null;

const listOf = (parts: readonly Part[]): string => parts.map(({ what }) => what).join(', ');

const read = (parts: readonly Part[], fields: readonly Field[], rule: Rule): Checked<string> => {
  const texts = together(parts.map((part, index) => part.read(fields[index] ?? { raw: '', quoted: false })));
  if (!texts.ok) return texts;
  const wrong = rule(texts.value);
  return wrong === null ? good(texts.value.join(' ')) : bad(wrong);
};

const nothingWrong: Rule = () => null;

/** Exactly these fields. */
export const fixed =
  (parts: readonly Part[], rule: Rule = nothingWrong): Codec =>
  (fields) => {
    if (fields.length === parts.length) return read(parts, fields, rule);
    const needs = `${parts.length} ${parts.length === 1 ? 'field' : 'fields'} (${listOf(parts)})`;
    return bad(`it has ${fields.length} where ${needs} ${parts.length === 1 ? 'is' : 'are'} needed`);
  };

/** These fields, the last of them written in one piece or several, as long keys are. */
export const open =
  (parts: readonly Part[], rule: Rule = nothingWrong): Codec =>
  (fields) => {
    if (fields.length < parts.length) {
      return bad(`it has ${fields.length} where ${parts.length} fields (${listOf(parts)}) are needed`);
    }
    const tail = fields.slice(parts.length - 1);
    const quoted = tail.find((field) => field.quoted);
    const joined: Field = quoted ?? { raw: tail.map(({ raw }) => raw).join(''), quoted: false };
    return read(parts, [...fields.slice(0, parts.length - 1), joined], rule);
  };

/** A rule that a length in octets, named by the number in field `by`, holds for the hexadecimal in field `of`. */
export const hexLength =
  (by: number, of: number, lengths: Readonly<Record<string, number>>): Rule =>
  (texts) => {
    const [kind = '', digits = ''] = [texts[by], texts[of]];
    const octets = lengths[kind];
    if (octets === undefined || digits.length === octets * 2) return null;
    return `${shown(digits)} has ${digits.length} hexadecimal digits; kind ${kind} needs exactly ${octets * 2}`;
  };
