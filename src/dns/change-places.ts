import { recordKeyText } from '../domain/record-order.ts';
import type { GeoRegions, RecordChange, RecordKey, RecordSet } from '../domain/record-sets.ts';
import { USUAL_TTL_SECONDS, type ValuesWish } from './change-values.ts';
import { notPlanned, type Planned, plannedChanges } from './planned.ts';
import { isKey } from './sets.ts';

/** Names that the vendor does not know, a sentence each. */
export const unknownPlaces = (regions: GeoRegions, known: GeoRegions): readonly string[] =>
  Object.entries(regions).flatMap(([region, territories]) => {
    const there = known[region];
    if (there === undefined) return [`There is no region "${region}". Those there are: steer dns geo regions`];
    return territories
      .filter((territory) => !there.includes(territory))
      .map((territory) => `Region "${region}" has no "${territory}". It has: ${there.join(' ')}`);
  });

const union = (a: GeoRegions, b: GeoRegions): GeoRegions =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .sort()
      .map((region) => [region, [...new Set([...(a[region] ?? []), ...(b[region] ?? [])])].sort()]),
  );

const without = (a: GeoRegions, gone: GeoRegions): GeoRegions =>
  Object.fromEntries(
    Object.entries(a)
      .map(([region, places]) => [region, places.filter((place) => gone[region]?.includes(place) !== true)] as const)
      // A region may stand without territories of its own; then it goes when it is named.
      .filter(([region, places]) => places.length > 0 || (a[region]?.length === 0 && gone[region] === undefined)),
  );

const takenFrom = (other: RecordSet, regions: GeoRegions): RecordChange | null => {
  if (other.profile.kind !== 'geo') return null;
  const left = without(other.profile.regions, regions);
  return { expects: other, leaves: { ...other, profile: { kind: 'geo', regions: left } } };
};

const isEmptied = ({ leaves }: RecordChange): boolean =>
  leaves?.profile.kind === 'geo' && Object.keys(leaves.profile.regions).length === 0;

/**
 * Adds places to a geo group, or makes the group. A place that another group has moves over, in the same diff: no client is
 * in two groups. A group that would be left without places is not emptied silently.
 */
export const addPlaces = (
  key: RecordKey,
  regions: GeoRegions,
  wish: ValuesWish,
  held: readonly RecordSet[],
): Planned => {
  const set = held.find((candidate) => isKey(candidate, key)) ?? null;
  const siblings = held.filter(
    (other) => other.name === key.name && other.type === key.type && other.qualifier !== key.qualifier,
  );
  if (set !== null && set.profile.kind !== 'geo')
    return notPlanned(`${recordKeyText(key)} is no geo group but a ${set.profile.kind} set.`);
  if (set === null && wish.values.length === 0 && wish.alias === null)
    return notPlanned(`There is no geo group ${recordKeyText(key)}. To make it say what it answers with -d.`);
  const stranger = siblings.find(({ profile }) => profile.kind !== 'geo');
  if (stranger !== undefined)
    return notPlanned(
      `${key.name} ${key.type} holds a ${stranger.profile.kind} set; sets of one name and type are chosen by one rule. Take that one away first: steer dns record delete.`,
    );
  const moved = siblings
    .map((other) => takenFrom(other, regions))
    .filter((change) => change !== null)
    .filter(({ expects, leaves }) => JSON.stringify(expects) !== JSON.stringify(leaves));
  const emptied = moved.filter(isEmptied).map(({ expects }) => expects?.qualifier ?? '');
  if (emptied.length > 0)
    return notPlanned(
      ...emptied.map(
        (group) => `Group ${group} would be left without places. Delete it first: steer dns record delete -q ${group}`,
      ),
    );
  const before = set?.profile.kind === 'geo' ? set.profile.regions : {};
  const profile = { kind: 'geo', regions: union(before, regions) } as const;
  const leaves: RecordSet =
    set === null
      ? {
          ...key,
          ttlSeconds: wish.alias === null ? (wish.ttlSeconds ?? siblings[0]?.ttlSeconds ?? USUAL_TTL_SECONDS) : null,
          values: [...new Set(wish.values)].sort(),
          alias: wish.alias,
          profile,
          kept: null,
        }
      : { ...set, profile, ttlSeconds: set.alias === null ? (wish.ttlSeconds ?? set.ttlSeconds) : null };
  return plannedChanges(
    [...moved, { expects: set, leaves }],
    moved.map(({ expects }) => `Places move over from group ${expects?.qualifier ?? ''}.`),
  );
};
