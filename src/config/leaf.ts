import { z } from 'zod';
import { didYouMean, oneOf } from './closest.ts';
import {
  AMOUNT,
  DURATION,
  PERCENT,
  readDuration,
  readPercent,
  readStatusRange,
  readTimeOfDay,
  STATUS_RANGE,
  suggestDuration,
  suggestPercent,
  TIME_OF_DAY,
} from './quantity.ts';

/** What a person is told about one value that stands alone. */
export interface Leaf {
  /** Completes "expected …". */
  readonly expected: string;
  readonly suggest: (raw: unknown) => string | null;
  /** Never shown, even when it is wrong: somebody may have put the secret itself where its name belongs. */
  readonly hidden: boolean;
}

/** Found by the reader when a value does not fit; zod's own sentences speak of types and not of what to type. */
export const LEAVES = z.registry<Leaf>();

const leaf = <S extends z.ZodType>(schema: S, description: string, about: Partial<Leaf> & { expected: string }): S => {
  const described = schema.describe(description);
  LEAVES.add(described, { suggest: () => null, hidden: false, ...about });
  return described;
};

const between = (value: number | null, from: number, to: number): value is number =>
  value !== null && value >= from && value <= to;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A text with a meaning: read to a number or refused as a whole. */
const measured = (pattern: RegExp, read: (text: string) => number | null, { from, to }: Range) =>
  z
    .string()
    .regex(pattern)
    .refine((text) => between(read(text), from, to))
    .transform((text) => read(text) ?? Number.NaN);

const percentWords = ({ from, to }: Range): string =>
  to === Number.MAX_SAFE_INTEGER
    ? `a percentage of at least ${from / 100}%`
    : `a percentage from ${from / 100}% to ${to / 100}%`;

/** `60%` → 6000 basis points. */
export const percent = (description: string, range: Range) =>
  leaf(measured(PERCENT, readPercent, range), description, {
    expected: `${percentWords(range)}, such as ${range.from > 6000 ? '120%' : '60%'}`,
    suggest: suggestPercent,
  });

const durationWords = (ms: number): string => (ms % 86_400_000 === 0 ? `${ms / 86_400_000}d` : `${ms / 1000}s`);

/** `10m` → 600000 milliseconds. */
export const duration = (description: string, range: Range = { from: 1000, to: 30 * 86_400_000 }) =>
  leaf(measured(DURATION, readDuration, range), description, {
    expected: `a duration from ${durationWords(range.from)} to ${durationWords(range.to)}, such as 90s, 10m or 1h 30m`,
    suggest: suggestDuration,
  });

export const timeOfDay = (description: string) =>
  leaf(measured(TIME_OF_DAY, readTimeOfDay, { from: 0, to: 1440 }), description, {
    expected: 'a time of day in UTC, such as 09:30',
  });

export const count = (description: string, { from, to }: Range) =>
  leaf(z.int().min(from).max(to), description, { expected: `a whole number from ${from} to ${to}` });

/** Any finite number: a threshold in whatever unit its signal has. */
export const number = (description: string) => leaf(z.number(), description, { expected: 'a number' });

export const positive = (description: string) =>
  leaf(z.number().positive().max(1_000_000), description, { expected: 'a number above 0' });

const AMOUNT_LEAF = { expected: 'a number, with or without its unit, such as 12000/s' };

/** `12000` or `12000/s`; the unit is compared with the service's afterwards. */
export const amount = (description: string) =>
  leaf(z.union([z.number().nonnegative(), z.string().regex(AMOUNT)]), description, AMOUNT_LEAF);

/** `200-299` or `200`. */
export const statusRange = (description: string) =>
  leaf(
    z.union([
      z.int().min(100).max(599),
      z
        .string()
        .regex(STATUS_RANGE)
        .refine((text) => readStatusRange(text) !== null),
    ]),
    description,
    {
      expected: 'HTTP status codes, such as 200 or 200-299',
    },
  );

export const flag = (description: string) =>
  leaf(z.boolean(), description, {
    expected: 'true or false',
    suggest: (raw) => {
      if (raw === 'yes' || raw === 'on' || raw === 1) return 'write true';
      return raw === 'no' || raw === 'off' || raw === 0 ? 'write false' : null;
    },
  });

export const choice = <const W extends readonly [string, ...string[]]>(description: string, words: W) =>
  leaf(z.enum(words), description, {
    expected: oneOf(words),
    suggest: (raw) => (typeof raw === 'string' ? didYouMean(raw, words) : null),
  });

const inQuotes = (raw: unknown): string | null =>
  typeof raw === 'number' || typeof raw === 'boolean' ? 'put it in quotes' : null;

export const constant = <const V extends number>(description: string, value: V) =>
  leaf(z.literal(value), description, { expected: String(value), suggest: () => `write ${value}` });

/** One line of text, in the words of `expected`. */
export const text = (description: string, expected: string, pattern = /^\S(?:.{0,510}\S)?$/) =>
  leaf(z.string().regex(pattern), description, { expected, suggest: inQuotes });

/** Names that steer gives no other meaning; ids made from them use `@` and `/` as joints. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const NAME_WORDS = 'a name of letters, digits and . _ - (at most 64)';

export const name = (description: string) => text(description, NAME_WORDS, NAME);

/** Environment variables are upper case by custom; base32 of sixteen and more characters without `_` is a TOTP secret. */
const ENVIRONMENT = /^(?![A-Z2-7]{16,}$)[A-Z_][A-Z0-9_]{0,127}$/;

export const environmentVariable = (description: string) =>
  leaf(z.string().regex(ENVIRONMENT), description, {
    expected: 'the NAME of an environment variable in capitals, never the secret itself',
    hidden: true,
  });

export const filePath = (description: string) => text(description, 'a path of a file', /^\S(?:.{0,1022}\S)?$/);

const PLACEHOLDER = /\{[A-Za-z][A-Za-z0-9]*\}/g;

const isUrlOf =
  (protocols: readonly string[]) =>
  (written: string): boolean => {
    const url = URL.parse(written.replaceAll(PLACEHOLDER, '1'));
    return url !== null && protocols.includes(url.protocol) && url.username === '' && url.password === '';
  };

/** Placeholders count as a digit here, which fits everywhere in an address, also as a port; what they become is checked after they were filled in. */
export const url = (description: string) =>
  leaf(
    z
      .string()
      .max(2000)
      .refine(isUrlOf(['https:', 'http:'])),
    description,
    {
      expected: 'an address that starts with https:// or http://, without user and password',
    },
  );

/** As `url`, and `dns://host:port` for a server that speaks DNS itself. */
export const vendorAddress = (description: string) =>
  leaf(
    z
      .string()
      .max(2000)
      .refine(isUrlOf(['https:', 'http:', 'dns:'])),
    description,
    {
      expected: 'an address that starts with https://, http:// or dns://, without user and password',
    },
  );
