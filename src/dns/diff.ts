import type { Json } from '../domain/canonical.ts';
import type { RecordChange, RecordKey, RecordSet, RoutingProfile } from '../domain/record-sets.ts';
import { keyOf } from './sets.ts';

export interface DiffLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

/** One record set before and after, as a unified diff of its lines. */
export interface SetDiff {
  readonly key: RecordKey;
  readonly what: 'new' | 'changed' | 'gone';
  readonly lines: readonly DiffLine[];
  /** What the vendor holds beside all that and gets back as it is; empty where there is nothing. */
  readonly kept: readonly string[];
}

export const profileLines = (profile: RoutingProfile): readonly string[] => {
  switch (profile.kind) {
    case 'basic':
      return [];
    case 'weighted':
      return [profile.weight === null ? 'drained' : `weight ${profile.weight}`];
    case 'geo':
      return Object.entries(profile.regions)
        .map(([region, places]) => `place ${region}${places.length === 0 ? '' : `: ${places.join(' ')}`}`)
        .sort();
    case 'failover':
      return [`failover ${profile.role}`];
    case 'other':
      return [`routed by ${profile.what}`];
  }
};

/** Routing, TTL, alias, values: each group of lines is compared by itself. */
const groupsOf = (set: RecordSet | null): readonly (readonly string[])[] => {
  if (set === null) return [[], [], [], []];
  const { profile, ttlSeconds, alias, values } = set;
  return [
    profileLines(profile),
    ttlSeconds === null ? [] : [`ttl ${ttlSeconds}`],
    alias === null ? [] : [`alias ${alias.target}${alias.zone === null ? '' : ` in zone ${alias.zone}`}`],
    values,
  ];
};

const linesBetween = (before: readonly string[], after: readonly string[]): readonly DiffLine[] => [
  ...before.map((text): DiffLine => ({ mark: after.includes(text) ? ' ' : '-', text })),
  ...after.filter((text) => !before.includes(text)).map((text): DiffLine => ({ mark: '+', text })),
];

const isNothing = (value: Json): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every((member: Json) => isNothing(member)));

/** The vendor's own fields that say something, `HealthCheckId "h-1"` each. */
export const keptFields = (kept: Json): readonly string[] => {
  if (isNothing(kept)) return [];
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return [JSON.stringify(kept)];
  return Object.entries(kept)
    .filter(([, value]) => !isNothing(value))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .sort();
};

export const diffBetween = (before: RecordSet | null, after: RecordSet | null): SetDiff => {
  const some = before ?? after;
  const [old, next] = [groupsOf(before), groupsOf(after)];
  return {
    key: some === null ? { name: '', type: '', qualifier: null } : keyOf(some),
    what: before === null ? 'new' : after === null ? 'gone' : 'changed',
    lines: old.flatMap((lines, group) => linesBetween(lines, next[group] ?? [])),
    kept: before === null ? [] : keptFields(before.kept),
  };
};

export const diffOf = (changes: readonly RecordChange[]): readonly SetDiff[] =>
  changes.map(({ expects, leaves }) => diffBetween(expects, leaves));
