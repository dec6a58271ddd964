import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { quoted } from './clean.ts';

/** A value, or the sentence that says why it is none. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Longer stays and freezes are decisions of another day; a slip such as `300h` for `30m` is caught here. */
const LONGEST_MS = 14 * 86_400_000;

/** `90s`, `30m`, `1h30m`, `2d`. */
export const readDuration = (option: string, typed: string): Read<number> => {
  const problem = `--${option} ${quoted(typed)} is no length of time. Write it like 90s, 30m, 1h30m or 2d, at most 14d.`;
  if (!/^(?:\d{1,6}[smhd])+$/i.test(typed)) return { problem };
  const parts = [...typed.toLowerCase().matchAll(/(\d+)([smhd])/g)];
  const units = parts.map(([, , unit]) => unit);
  const value = parts.reduce((all, [, n, unit = 's']) => all + Number(n) * (UNIT_MS[unit] ?? 0), 0);
  if (value <= 0 || value > LONGEST_MS || new Set(units).size !== units.length) return { problem };
  return { value };
};

export const looksLikePercent = (word: string): boolean => /^[-+]?[\d.,]+%?$/.test(word) && /\d/.test(word);

/** `20%` or `20`: points of the traffic. A bare fraction is refused, because 0.2 may mean 20 % or a fifth of one percent. */
export const readPercent = (typed: string): Read<BasisPoints> => {
  const digits = /^(\d{1,3}(?:\.\d{1,2})?)(%?)$/.exec(typed);
  const percent = Number(digits?.[1] ?? Number.NaN);
  if (digits === null || percent <= 0 || percent > 100) {
    return {
      problem: `${quoted(typed)} is no part of the traffic. Write a percentage above 0 and up to 100, like 20%.`,
    };
  }
  if (percent < 1 && digits[2] === '') {
    const asPart = Number((percent * 100).toFixed(2));
    return { problem: `${quoted(typed)} can be read in two ways. Write ${percent}% or ${asPart}%.` };
  }
  return { value: Math.round((percent * WHOLE) / 100) };
};

export const readCount = (option: string, typed: string, most: number): Read<number> =>
  /^\d{1,6}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most
    ? { value: Number(typed) }
    : { problem: `--${option} ${quoted(typed)} is no whole number from 1 to ${most}.` };

/** `a,b` and `a, b`, without empty pieces. */
export const listOf = (typed: string): readonly string[] =>
  typed
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
