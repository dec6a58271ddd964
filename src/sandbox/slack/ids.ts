/** Ids as Slack makes them: readable in kind, meaningless in content, never twice. */
export interface Ids {
  /** A message's time stamp, which is its id: seconds with six digits, growing even within one millisecond. */
  ts(): string;
  /** `C0…` and the like: the prefix and ten letters and digits. */
  id(prefix: string): string;
  /** Hex digits that nobody can guess. */
  secret(length: number): string;
  uuid(): string;
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const HEX = '0123456789abcdef';

/** @param random gives numbers from 0 up to but not including 1 */
export const createIds = (now: () => number, random: () => number): Ids => {
  let lastMicros = 0;
  let made = 0;
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
  return {
    ts: () => {
      lastMicros = Math.max(Math.floor(now()) * 1000, lastMicros + 1);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    id: (prefix) => {
      made += 1;
      return `${prefix}0${made.toString(36).toUpperCase().padStart(5, '0')}${pick(LETTERS, 4)}`;
    },
    secret: (length) => pick(HEX, length),
    uuid: () => [8, 4, 4, 4, 12].map((length) => pick(HEX, length)).join('-'),
  };
};
