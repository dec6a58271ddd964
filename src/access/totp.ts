import type { Instant } from '../domain/units.ts';

/** HMAC-SHA-1 of a message, 20 bytes. An argument, so that this room needs no platform. */
export type HmacSha1 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

/** RFC 6238 section 5.2: 30 seconds, and one step either way for clocks that differ and people who type. */
const STEP_MS = 30_000;
const DRIFT_STEPS = 1;
const DIGITS = 6;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6, as authenticator apps show secrets: case, spaces and padding do not matter. Null when it is none. */
export const base32 = (text: string): Uint8Array | null => {
  const letters = text.toUpperCase().replace(/[\s=-]/g, '');
  if (letters === '' || [...letters].some((letter) => !ALPHABET.includes(letter))) return null;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of letters) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return new Uint8Array(bytes);
};

const counterBytes = (counter: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  let left = counter;
  for (let index = 7; index >= 0; index -= 1) {
    bytes[index] = left % 256;
    left = Math.floor(left / 256);
  }
  return bytes;
};

/** RFC 4226 section 5.3: four bytes from the place that the last one names, without the sign, as decimal digits. */
export const oneTimeCode = (secret: Uint8Array, counter: number, hmac: HmacSha1): string => {
  const mac = hmac(secret, counterBytes(counter));
  const at = (mac.at(-1) ?? 0) & 0x0f;
  const [a = 0, b = 0, c = 0, d = 0] = mac.slice(at, at + 4);
  const number = (a & 0x7f) * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
};

/** Looks at every digit, so that the time taken tells nothing about how many were right. */
const isEqual = (a: string, b: string): boolean => {
  let differs = a.length ^ b.length;
  for (let index = 0; index < b.length; index += 1) differs |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return differs === 0;
};

export interface CodeQuestion {
  readonly secret: string;
  readonly code: string;
  readonly now: Instant;
  /** Counter of the last code this person used; the same or an older one is refused (RFC 6238 section 5.2). */
  readonly lastCounter: number | null;
  readonly hmac: HmacSha1;
}

/** RFC 4226 section 4, R6, asks for at least 128 bits; a short secret could be guessed from one code. */
const SHORTEST_SECRET_BYTES = 16;

export type CodeAnswer =
  | { readonly ok: true; readonly counter: number }
  | { readonly ok: false; readonly because: 'wrong' | 'used' | 'bad-secret' };

/** Checks a one-time code (RFC 6238, SHA-1, 6 digits, 30 seconds). The caller keeps the counter, so that a code works once. */
export const checkCode = (question: CodeQuestion): CodeAnswer => {
  const secret = base32(question.secret);
  if (secret === null || secret.length < SHORTEST_SECRET_BYTES) return { ok: false, because: 'bad-secret' };
  const typed = question.code.replace(/\s/g, '');
  const present = Math.floor(question.now / STEP_MS);
  let found: number | null = null;
  for (let counter = Math.max(0, present - DRIFT_STEPS); counter <= present + DRIFT_STEPS; counter += 1) {
    if (isEqual(typed, oneTimeCode(secret, counter, question.hmac))) found = counter;
  }
  if (found === null) return { ok: false, because: 'wrong' };
  if (question.lastCounter !== null && found <= question.lastCounter) return { ok: false, because: 'used' };
  return { ok: true, counter: found };
};
