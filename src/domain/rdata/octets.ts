import { bad, type Checked, good, shown } from './checked.ts';

const DIGITS = /^[0-9]{3}$/;

/** UTF-8 of one code point; null for half of a pair, which stands for no character. */
const utf8 = (code: number): readonly number[] | null => {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
  if (code >= 0xd800 && code <= 0xdfff) return null;
  const tail = [0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  if (code < 0x10000) return [0xe0 | (code >> 12), ...tail];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), ...tail];
};

/** One octet or character of presentation format, and how many characters of the text it took. */
interface Piece {
  readonly octets: readonly number[];
  readonly length: number;
  readonly escaped: boolean;
}

const escapedPiece = (text: string, at: number): Checked<Piece> => {
  const digits = text.slice(at + 1, at + 4);
  if (DIGITS.test(digits)) {
    const octet = Number(digits);
    if (octet <= 255) return good({ octets: [octet], length: 4, escaped: true });
    return bad(`\\${digits} in ${shown(text)} is no octet; an escape is \\000 to \\255, in decimal`);
  }
  const code = text.codePointAt(at + 1);
  if (code === undefined) return bad(`${shown(text)} ends in a backslash; a backslash itself is written \\\\`);
  if (code >= 0x30 && code <= 0x39) {
    return bad(`a backslash and a digit in ${shown(text)} need three digits, e.g. \\032 for a space`);
  }
  if (code < 0x20 || code > 0x7e) {
    return bad(`${shown(text)} has a backslash before a character that needs none; write \\DDD, in decimal`);
  }
  return good({ octets: [code], length: 2, escaped: true });
};

const pieceAt = (text: string, at: number): Checked<Piece> => {
  if (text[at] === '\\') return escapedPiece(text, at);
  const code = text.codePointAt(at) ?? 0;
  const octets = utf8(code);
  if (octets === null) return bad(`${shown(text)} holds half of a character`);
  return good({ octets, length: code > 0xffff ? 2 : 1, escaped: false });
};

/** The octets of an escaped text and, for each, whether an escape stood for it. RFC 1035 section 5.1: `\X` and `\DDD`. */
export const octetsOf = (text: string): Checked<readonly { readonly octet: number; readonly escaped: boolean }[]> => {
  const octets: { octet: number; escaped: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    const piece = pieceAt(text, at);
    if (!piece.ok) return piece;
    for (const octet of piece.value.octets) octets.push({ octet, escaped: piece.value.escaped });
    at += piece.value.length;
  }
  return good(octets);
};

/** One octet as text: itself, behind a backslash where `special` has it, or `\DDD` where it is no printable ASCII. */
export const octetText = (octet: number, special: string): string => {
  if (octet < 0x20 || octet > 0x7e) return `\\${String(octet).padStart(3, '0')}`;
  const char = String.fromCharCode(octet);
  return special.includes(char) ? `\\${char}` : char;
};
