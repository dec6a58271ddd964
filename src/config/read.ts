import { z } from 'zod';
import { didYouMean, oneOf } from './closest.ts';
import { LEAVES } from './leaf.ts';
import type { Findings, Path } from './problem.ts';
import { redacted } from './secrets.ts';

/** A value whose every part may be missing because it was refused; checks work on it so that all problems come at once. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

const isPlainObject = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** An object that inherits nothing: looking up a name that the file does not have must find nothing, whatever the name. */
const recordOf = (entries: readonly (readonly [string, unknown])[]): unknown =>
  Object.assign(Object.create(null), Object.fromEntries(entries));

const LONGEST_SHOWN = 60;

/** A value as it may be shown to anybody: short, on one line, without what looks like a secret. */
export const shown = (raw: unknown): string => {
  if (raw === undefined) return 'nothing';
  if (raw === null) return 'an empty value';
  if (Array.isArray(raw)) return raw.length === 0 ? 'an empty list' : 'a list';
  if (typeof raw === 'object') return Object.keys(raw).length === 0 ? 'an empty map' : 'a map';
  if (typeof raw !== 'string') return String(raw);
  if (raw === '') return 'an empty text';
  const clean = redacted(raw);
  return JSON.stringify(clean.length > LONGEST_SHOWN ? `${clean.slice(0, LONGEST_SHOWN)}…` : clean);
};

const refuseShape = (raw: unknown, path: Path, expected: string, findings: Findings): undefined => {
  findings.refuse({ path, at: raw === undefined ? 'key' : 'value', found: shown(raw), expected, suggestion: null });
};

const readLeaf = (schema: z.ZodType, raw: unknown, path: Path, findings: Findings): unknown => {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const about = LEAVES.get(schema);
  const found = about?.hidden === true && raw !== undefined && raw !== null ? 'something else' : shown(raw);
  const expected = about?.expected ?? schema.description ?? 'another value';
  findings.refuse({
    path,
    at: raw === undefined ? 'key' : 'value',
    found,
    expected,
    suggestion: about?.suggest(raw) ?? null,
  });
  return undefined;
};

const readObject = (schema: z.ZodObject, raw: unknown, path: Path, findings: Findings): unknown => {
  const keys = Object.keys(schema.shape);
  if (!isPlainObject(raw)) return refuseShape(raw, path, `a map with ${oneOf(keys)}`, findings);
  for (const key of Object.keys(raw).filter((candidate) => !keys.includes(candidate))) {
    const suggestion = didYouMean(key, keys);
    const found = `the unknown key ${shown(key)}`;
    findings.refuse({ path: [...path, key], at: 'key', found, expected: oneOf(keys), suggestion });
  }
  return recordOf(
    Object.entries(schema.shape).map(([key, child]) => [key, read(child, raw[key], [...path, key], findings)]),
  );
};

/** Options are told apart by whether the value is a map; of several texts or numbers, the first that fits. */
const readUnion = (schema: z.ZodUnion, raw: unknown, path: Path, findings: Findings): unknown => {
  const takesMap = (option: unknown): boolean =>
    !(option instanceof z.ZodType && LEAVES.has(option)) &&
    (option instanceof z.ZodObject || option instanceof z.ZodRecord || option instanceof z.ZodUnion);
  const options = schema.options.filter((option) => option instanceof z.ZodType);
  const likely = options.filter((option) => takesMap(option) === isPlainObject(raw));
  const [first] = likely.length === 0 ? options : likely;
  if (likely.length < 2) return first === undefined ? undefined : read(first, raw, path, findings);
  const fitting = likely.find((option) => option.safeParse(raw).success);
  if (fitting !== undefined) return read(fitting, raw, path, findings);
  const expected = likely.map((option) => LEAVES.get(option)?.expected ?? 'another value').join(', or ');
  return refuseShape(raw, path, expected, findings);
};

const wordsOf = (option: z.ZodObject, key: string): readonly string[] => {
  const literal = option.shape[key];
  return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
};

const readChoice = (schema: z.ZodDiscriminatedUnion, raw: unknown, path: Path, findings: Findings): unknown => {
  const key = schema.def.discriminator;
  const options = schema.options.filter((option) => option instanceof z.ZodObject);
  const words = options.flatMap((option) => wordsOf(option, key));
  if (!isPlainObject(raw)) return refuseShape(raw, path, `a map with ${key}: ${oneOf(words)}`, findings);
  const option = options.find((candidate) => wordsOf(candidate, key).some((word) => word === raw[key]));
  if (option !== undefined) return readObject(option, raw, path, findings);
  const wrong = raw[key];
  const suggestion = typeof wrong === 'string' ? didYouMean(wrong, words) : null;
  const at = wrong === undefined ? 'key' : 'value';
  findings.refuse({ path: [...path, key], at, found: shown(wrong), expected: oneOf(words), suggestion });
  return undefined;
};

/**
 * Walks a schema along a raw value and tells every place where the two differ, in words that a person can act on. What
 * fits is returned, what does not is undefined. (zod alone gives one or the other: a value, or its issues.)
 */
export const read = (schema: z.core.$ZodType, raw: unknown, path: Path, findings: Findings): unknown => {
  if (!(schema instanceof z.ZodType)) return undefined;
  if (LEAVES.has(schema)) return readLeaf(schema, raw, path, findings);
  if (schema instanceof z.ZodOptional)
    return raw === undefined ? undefined : read(schema.unwrap(), raw, path, findings);
  if (schema instanceof z.ZodObject) return readObject(schema, raw, path, findings);
  if (schema instanceof z.ZodDiscriminatedUnion) return readChoice(schema, raw, path, findings);
  if (schema instanceof z.ZodUnion) return readUnion(schema, raw, path, findings);
  if (schema instanceof z.ZodArray) {
    if (!Array.isArray(raw)) return refuseShape(raw, path, 'a list', findings);
    return raw.map((item, index) => read(schema.element, item, [...path, index], findings));
  }
  if (schema instanceof z.ZodRecord) {
    if (!isPlainObject(raw)) return refuseShape(raw, path, 'a map of names', findings);
    return recordOf(
      Object.entries(raw).map(([key, value]) => [key, read(schema.valueType, value, [...path, key], findings)]),
    );
  }
  return readLeaf(schema, raw, path, findings);
};
