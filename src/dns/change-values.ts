import { recordKeyText } from '../domain/record-order.ts';
import type { AliasTarget, RecordKey, RecordSet } from '../domain/record-sets.ts';
import { findSet, notPlanned, type Planned, plannedChanges, unmodelled } from './planned.ts';
import { isSingle } from './sets.ts';

/** What a set that is made here lives for where nobody says: long enough to be cached, short enough to correct a slip. */
export const USUAL_TTL_SECONDS = 300;

/** What somebody wants a set to hold. `values` canonical and sorted, or an alias; `ttlSeconds: null` for what it has. */
export interface ValuesWish {
  readonly values: readonly string[];
  readonly alias: AliasTarget | null;
  readonly ttlSeconds: number | null;
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

const usualTtl = (): string => `No TTL was said: ${USUAL_TTL_SECONDS} s.`;

const made = (key: RecordKey, { values, alias, ttlSeconds }: ValuesWish): Planned => {
  if (key.qualifier !== null)
    return notPlanned(
      `There is no ${recordKeyText(key)}. To make a set with a qualifier type steer dns weighted set or steer dns geo add.`,
    );
  const set: RecordSet = {
    ...key,
    ttlSeconds: alias === null ? (ttlSeconds ?? USUAL_TTL_SECONDS) : null,
    values,
    alias,
    profile: { kind: 'basic' },
    kept: null,
  };
  return plannedChanges([{ expects: null, leaves: set }], alias === null && ttlSeconds === null ? [usualTtl()] : []);
};

const tooMany = (key: RecordKey, values: readonly string[]): string | null =>
  isSingle(key.type) && values.length > 1
    ? `${recordKeyText(key)} can have one value, and these would be ${values.length}: ${values.join(', ')}. Type steer dns record replace for another one.`
    : null;

/** Adds values to a set; makes it where there is none. */
export const addValues = (key: RecordKey, wish: ValuesWish, held: readonly RecordSet[]): Planned => {
  const found = findSet(held, key);
  if (!found.ok) return notPlanned(found.problem);
  const { set } = found;
  const values = sorted([...(set?.values ?? []), ...wish.values]);
  const many = tooMany(key, values);
  if (many !== null) return notPlanned(many);
  if (set === null) return made(key, { ...wish, values });
  const closed = unmodelled(set);
  if (closed !== null) return notPlanned(closed);
  if (set.alias !== null || wish.alias !== null)
    return notPlanned(
      `${recordKeyText(key)} ${set.alias === null ? 'has values' : `stands for ${set.alias.target}`}, and a set is one or the other. Type steer dns record replace.`,
    );
  const known = wish.values.filter((value) => set.values.includes(value));
  const leaves = { ...set, values, ttlSeconds: wish.ttlSeconds ?? set.ttlSeconds };
  return plannedChanges(
    [{ expects: set, leaves }],
    known.map((value) => `${value} is there already.`),
  );
};

/** Gives a set exactly these values; makes it where there is none. */
export const replaceValues = (key: RecordKey, wish: ValuesWish, held: readonly RecordSet[]): Planned => {
  const found = findSet(held, key);
  if (!found.ok) return notPlanned(found.problem);
  const { set } = found;
  const values = sorted(wish.values);
  const many = tooMany(key, values);
  if (many !== null) return notPlanned(many);
  if (set === null) return made(key, { ...wish, values });
  const closed = unmodelled(set);
  if (closed !== null) return notPlanned(closed);
  const needsTtl = wish.alias === null && set.ttlSeconds === null && wish.ttlSeconds === null && set.alias !== null;
  const ttlSeconds =
    wish.alias === null ? (wish.ttlSeconds ?? set.ttlSeconds ?? (needsTtl ? USUAL_TTL_SECONDS : null)) : null;
  return plannedChanges(
    [{ expects: set, leaves: { ...set, values, alias: wish.alias, ttlSeconds } }],
    needsTtl ? [usualTtl()] : [],
  );
};

/** Takes values out of a set, and the set away when none is left. */
export const removeValues = (key: RecordKey, wished: readonly string[], held: readonly RecordSet[]): Planned => {
  const found = findSet(held, key);
  if (!found.ok) return notPlanned(found.problem);
  const { set } = found;
  if (set === null) return plannedChanges([], [`There is no ${recordKeyText(key)}, so there is nothing to remove.`]);
  const closed = unmodelled(set);
  if (closed !== null) return notPlanned(closed);
  if (set.alias !== null)
    return notPlanned(
      `${recordKeyText(key)} stands for ${set.alias.target} and has no values. Type steer dns record delete.`,
    );
  const absent = wished.filter((value) => !set.values.includes(value)).map((value) => `${value} is not there.`);
  const values = set.values.filter((value) => !wished.includes(value));
  if (values.length === set.values.length) return plannedChanges([], absent);
  if (values.length > 0) return plannedChanges([{ expects: set, leaves: { ...set, values } }], absent);
  return plannedChanges(
    [{ expects: set, leaves: null }],
    [...absent, `No value is left, so the set ${recordKeyText(key)} goes.`],
  );
};

/** Takes a whole set away. */
export const deleteSet = (key: RecordKey, held: readonly RecordSet[]): Planned => {
  const found = findSet(held, key);
  if (!found.ok) return notPlanned(found.problem);
  const { set } = found;
  if (set === null) return plannedChanges([], [`There is no ${recordKeyText(key)}, so there is nothing to delete.`]);
  const closed = unmodelled(set);
  return closed === null ? plannedChanges([{ expects: set, leaves: null }]) : notPlanned(closed);
};

/** Gives a set another TTL. */
export const applyTtl = (key: RecordKey, ttlSeconds: number, held: readonly RecordSet[]): Planned => {
  const found = findSet(held, key);
  if (!found.ok) return notPlanned(found.problem);
  const { set } = found;
  if (set === null) return notPlanned(`There is no ${recordKeyText(key)} to give a TTL to.`);
  const closed = unmodelled(set);
  if (closed !== null) return notPlanned(closed);
  if (set.alias !== null)
    return notPlanned(
      `${recordKeyText(key)} stands for ${set.alias.target} and lives as long as that: it has no TTL of its own.`,
    );
  return plannedChanges([{ expects: set, leaves: { ...set, ttlSeconds } }]);
};
