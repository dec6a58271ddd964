import { canonicalText, type Json } from '../domain/canonical.ts';
import type { Config } from '../domain/config.ts';
import { windowsEffect } from './change-windows.ts';
import { redactedJson } from './redact.ts';
import { type Effect, effectOf, lineOf, WEAKENING } from './weakening.ts';

/** One difference between two configs, without secrets. */
export interface ConfigChange {
  /** Key of the parsed config; entries of lists by name: `services[checkout].sets[checkout-api].ttlSeconds`. */
  readonly path: string;
  /** Null for what is not there. */
  readonly before: Json;
  readonly after: Json;
  readonly effect: Effect;
  /** Why the effect is what it is. */
  readonly because: string;
}

type Raw = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps whose keys are names rather than keys of the format. */
const MAPS: ReadonlySet<string> = new Set(
  Object.keys(WEAKENING).flatMap((pattern) =>
    pattern
      .matchAll(/\.\*/g)
      .map(({ index }) => pattern.slice(0, index))
      .toArray(),
  ),
);

/** The key by which entries of a list are the same entry. Entries of other lists are their own name. */
const NAMED_BY: Readonly<Record<string, string>> = {
  people: 'person',
  providers: 'provider',
  services: 'service',
  gates: 'gate',
  signals: 'signal',
};

const nameOf = (pattern: string, item: unknown): string => {
  if (typeof item === 'string') return item;
  if (!isMap(item)) return canonicalText(item);
  const list = pattern.slice(pattern.lastIndexOf('.') + 1);
  if (list === 'sets' && isMap(item['ref'])) return String(item['ref']['set']);
  const key = NAMED_BY[list];
  return key === undefined ? canonicalText(item) : String(item[key]);
};

/** Unions change as a whole: the keys of one kind say nothing about those of another. */
const changesKind = (before: Raw, after: Raw): boolean =>
  before['kind'] !== after['kind'] || before['door'] !== after['door'];

const leaf = (path: string, pattern: string, before: unknown, after: unknown): ConfigChange => {
  const line = lineOf(pattern);
  return {
    path,
    before: redactedJson(path, before),
    after: redactedJson(path, after),
    effect: effectOf(line, before, after),
    because: line.because,
  };
};

const compareEntries = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  pathOf: (name: string) => string,
  pattern: string,
): readonly ConfigChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return was === undefined || is === undefined
      ? [leaf(pathOf(name), pattern, was, is)]
      : compare(was, is, pathOf(name), pattern);
  });

const compareLists = (before: readonly unknown[], after: readonly unknown[], path: string, pattern: string) => {
  const named = (list: readonly unknown[]) => new Map(list.map((item) => [nameOf(pattern, item), item]));
  return compareEntries(named(before), named(after), (name) => `${path}[${name}]`, `${pattern}[]`);
};

const compare = (before: unknown, after: unknown, path: string, pattern: string): readonly ConfigChange[] => {
  if (canonicalText(before) === canonicalText(after)) return [];
  const hasLine = Object.hasOwn(WEAKENING, pattern) && !pattern.endsWith('[]') && !pattern.endsWith('.*');
  if (hasLine) return [leaf(path, pattern, before, after)];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path, pattern);
  if (!isMap(before) || !isMap(after)) return [leaf(path, pattern, before, after)];
  if (changesKind(before, after)) return [leaf(path, `${pattern}.kind`, before, after)];
  const entries = (map: Raw) => new Map(Object.entries(map));
  if (MAPS.has(pattern))
    return compareEntries(entries(before), entries(after), (name) => `${path}.${name}`, `${pattern}.*`);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    compare(
      before[key] ?? null,
      after[key] ?? null,
      path === '' ? key : `${path}.${key}`,
      pattern === '' ? key : `${pattern}.${key}`,
    ),
  );
};

/**
 * Every difference between the config in force and a proposed one, and whether it weakens a guard (design rule 8). Empty
 * when both mean the same; the order of lists is no difference.
 */
export const diff = (inForce: Config, proposed: Config): readonly ConfigChange[] =>
  compare(inForce, proposed, '', '').map((change) =>
    change.path === 'changeWindows'
      ? { ...change, effect: windowsEffect(inForce.changeWindows, proposed.changeWindows) }
      : change,
  );

/** Whether a proposed config needs an admin and a second person. */
export const weakens = (changes: readonly ConfigChange[]): boolean =>
  changes.some(({ effect }) => effect === 'weakens');
