import { recordKeyText } from '../domain/record-order.ts';
import type { RecordKey, RecordSet } from '../domain/record-sets.ts';
import { USUAL_TTL_SECONDS, type ValuesWish } from './change-values.ts';
import { notPlanned, type Planned, plannedChanges } from './planned.ts';
import { isKey } from './sets.ts';

/** `weight: null` drains. `values` empty and `alias` null for what the set has. */
export interface WeightWish extends ValuesWish {
  readonly weight: number | null;
}

const made = (key: RecordKey, wish: WeightWish, siblings: readonly RecordSet[]): Planned => {
  if (wish.values.length === 0 && wish.alias === null)
    return notPlanned(`There is no ${recordKeyText(key)}. To make it say what it answers with -d.`);
  const stranger = siblings.find(({ profile }) => profile.kind !== 'weighted');
  if (stranger !== undefined)
    return notPlanned(
      `${key.name} ${key.type} holds a ${stranger.profile.kind} set${stranger.qualifier === null ? '' : ` (${stranger.qualifier})`}; sets of one name and type are chosen by one rule. Take that one away first: steer dns record delete.`,
    );
  // Members of one name live as long as each other; Route 53 insists on it.
  const ttlSeconds = wish.ttlSeconds ?? siblings[0]?.ttlSeconds ?? USUAL_TTL_SECONDS;
  const set: RecordSet = {
    ...key,
    ttlSeconds: wish.alias === null ? ttlSeconds : null,
    values: [...new Set(wish.values)].sort(),
    alias: wish.alias,
    profile: { kind: 'weighted', weight: wish.weight },
    kept: null,
  };
  return plannedChanges([{ expects: null, leaves: set }]);
};

/** Who would answer: a set without a weight above nothing answers with all of them, or with none. */
const allDrained = (key: RecordKey, weight: number | null, siblings: readonly RecordSet[]): readonly string[] => {
  const others = siblings.some(({ profile }) => profile.kind === 'weighted' && (profile.weight ?? 0) > 0);
  return (weight ?? 0) > 0 || others
    ? []
    : [`No set of ${key.name} ${key.type} would have a weight. Give another one a weight first.`];
};

/** Gives one weighted set its weight, or makes the set. Never the last serving one none. */
export const setWeight = (key: RecordKey, wish: WeightWish, held: readonly RecordSet[]): Planned => {
  const set = held.find((candidate) => isKey(candidate, key)) ?? null;
  const siblings = held.filter(
    (other) => other.name === key.name && other.type === key.type && other.qualifier !== key.qualifier,
  );
  if (set !== null && set.profile.kind !== 'weighted')
    return notPlanned(`${recordKeyText(key)} is no weighted set but a ${set.profile.kind} one.`);
  const drained = allDrained(key, wish.weight, siblings);
  if (drained.length > 0) return notPlanned(...drained);
  if (set === null) return made(key, wish, siblings);
  const values = wish.values.length > 0 ? [...new Set(wish.values)].sort() : wish.alias === null ? set.values : [];
  const alias = wish.alias ?? (wish.values.length > 0 ? null : set.alias);
  const ttlSeconds = alias === null ? (wish.ttlSeconds ?? set.ttlSeconds) : null;
  const profile = { kind: 'weighted', weight: wish.weight } as const;
  return plannedChanges([{ expects: set, leaves: { ...set, values, alias, ttlSeconds, profile } }]);
};
