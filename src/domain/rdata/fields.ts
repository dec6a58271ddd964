import { bad, type Checked, good, shown } from './checked.ts';

/** One field of a value as written: escapes still in it, quotes taken off. */
export interface Field {
  readonly raw: string;
  readonly quoted: boolean;
}

const SPACE = /[\t\n\r ]/;
const WORD_END = /[\t\n\r "();]/;

/** Where the field that starts at `from` ends: the index of the first character, not escaped, that `ends` knows. */
const endOf = (text: string, from: number, ends: RegExp): number => {
  let at = from;
  while (at < text.length && !ends.test(text[at] ?? '')) at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
};

const strayAt = (text: string, at: number): string | null => {
  const char = text[at] ?? '';
  if (char === ';') return `a bare ; starts a comment in ${shown(text)}; put text with it in "quotes"`;
  if (char === '(' || char === ')') {
    return `parentheses belong to zone files; write the value on one line without them, or put text with them in "quotes"`;
  }
  return null;
};

interface Read {
  readonly field: Field;
  readonly next: number;
}

const quotedAt = (text: string, at: number): Checked<Read> => {
  const end = endOf(text, at + 1, /"/);
  if (end >= text.length) return bad(`the quote in ${shown(text)} is never closed; a quote inside one is written \\"`);
  const after = text[end + 1];
  if (after !== undefined && !SPACE.test(after) && after !== '"') {
    return bad(`a space must follow the closing quote in ${shown(text)}`);
  }
  return good({ field: { raw: text.slice(at + 1, end), quoted: true }, next: end + 1 });
};

const wordAt = (text: string, at: number): Checked<Read> => {
  const end = endOf(text, at, WORD_END);
  if (text[end] === '"') return bad(`a space must stand before the quote in ${shown(text)}`);
  return good({ field: { raw: text.slice(at, end), quoted: false }, next: end });
};

const pairAt = (text: string, at: number): Checked<Read> => {
  const end = endOf(text, at, WORD_END);
  if (text[end] !== '"' || text[end - 1] !== '=') return wordAt(text, at);
  const value = quotedAt(text, end);
  if (!value.ok) return value;
  return good({ field: { raw: text.slice(at, end) + value.value.field.raw, quoted: false }, next: value.value.next });
};

type ReadAt = (text: string, at: number) => Checked<Read>;

const fieldsBy = (text: string, readBare: ReadAt): Checked<readonly Field[]> => {
  const fields: Field[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const stray = strayAt(text, at);
    if (stray !== null) return bad(stray);
    const read = text[at] === '"' ? quotedAt(text, at) : readBare(text, at);
    if (!read.ok) return read;
    fields.push(read.value.field);
    at = read.value.next;
  }
  return good(fields);
};

/** The fields of one value in presentation format (RFC 1035 section 5.1), as one line without comment. */
export const fieldsOf = (text: string): Checked<readonly Field[]> => fieldsBy(text, wordAt);

/** As `fieldsOf`, but `key="value"` is one field, its quotes taken off (RFC 9460 section 2.1). */
export const pairedFieldsOf = (text: string): Checked<readonly Field[]> => fieldsBy(text, pairAt);
