import { canonicalText } from './canonical.ts';
import type { GeoRegions, RecordKey, RecordSet } from './record-sets.ts';

/** A key as one text, for maps and sentences. */
export const recordKeyText = ({ name, type, qualifier }: RecordKey): string =>
  qualifier === null ? `${name} ${type}` : `${name} ${type} "${qualifier}"`;

/** What vendors write together: all sets of one name and type. */
export const groupKeyText = ({ name, type }: Pick<RecordKey, 'name' | 'type'>): string => `${name} ${type}`;

const compared = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** By name, type and qualifier, a basic set first. */
export const compareRecordKeys = (a: RecordKey, b: RecordKey): number =>
  compared(a.name, b.name) || compared(a.type, b.type) || compared(a.qualifier ?? '', b.qualifier ?? '');

const sorted = (regions: GeoRegions): GeoRegions =>
  Object.fromEntries(Object.entries(regions).map(([region, territories]) => [region, territories.toSorted()]));

/** What two sets are compared by: every field but `kept`, values and territories in order. */
const modelled = ({ kept: _, ...set }: RecordSet): string =>
  canonicalText({
    ...set,
    values: set.values.toSorted(),
    profile: set.profile.kind === 'geo' ? { ...set.profile, regions: sorted(set.profile.regions) } : set.profile,
  });

/** Whether two sets are the same in everything that steer models. */
export const isSameModelled = (a: RecordSet, b: RecordSet): boolean => modelled(a) === modelled(b);

/** Whether two sets are the same, the vendor's own fields included. */
export const isSameRecordSet = (a: RecordSet, b: RecordSet): boolean =>
  isSameModelled(a, b) && canonicalText(a.kept) === canonicalText(b.kept);
