import { canonicalText } from '../domain/canonical.ts';
import type { GeoRegions, RecordSet, RecordsCapabilities, Zone } from '../domain/record-sets.ts';
import { unknownPlaces } from './change-places.ts';
import { keptFields } from './diff.ts';
import { lacksFor } from './supported.ts';

/** One account as `dns copy` sees it. */
export interface CopyEnd {
  readonly account: string;
  readonly vendor: string;
  readonly zone: Zone;
  readonly sets: readonly RecordSet[];
}

export interface CopyTarget extends CopyEnd {
  readonly can: RecordsCapabilities;
  readonly places: GeoRegions;
}

/** How one set gets over: as `leaves`, or not at all (`null`), and everything that is lost on the way. */
export interface Carried {
  readonly from: RecordSet;
  readonly leaves: RecordSet | null;
  /** Each the end of a sentence that begins with the set. */
  readonly lost: readonly string[];
}

const placesLost = (set: RecordSet, from: CopyEnd, to: CopyTarget): readonly string[] => {
  if (set.profile.kind !== 'geo' || to.can.geo === null) return [];
  // A name of a place means what its vendor says: NA is a continent to one and a country to another.
  if (from.vendor !== to.vendor)
    return [
      `its places are ${from.vendor}'s own names, and ${to.vendor} has others: make the group with steer dns geo add`,
    ];
  return unknownPlaces(set.profile.regions, to.places);
};

const aliasAt = (set: RecordSet, from: CopyEnd, to: CopyTarget): RecordSet['alias'] | 'lost' => {
  if (set.alias === null) return null;
  if (from.vendor !== to.vendor) return 'lost';
  return set.alias.zone === from.zone.id ? { ...set.alias, zone: to.zone.id } : set.alias;
};

/** What the vendor holds beside all that belongs to its account (a health check) or to its own ways. */
const keptLost = (set: RecordSet, there: RecordSet | null): readonly string[] =>
  there !== null && canonicalText(there.kept) === canonicalText(set.kept)
    ? []
    : keptFields(set.kept).map((field) => `loses ${field}, which is known at its own account only`);

/** What becomes of one set of the first account at the second. `there` is what the second holds under the same key. */
export const carry = (set: RecordSet, there: RecordSet | null, from: CopyEnd, to: CopyTarget): Carried => {
  const alias = aliasAt(set, from, to);
  const whole = [
    ...lacksFor(set, to.can).map((lack) => `${to.account} has ${lack}`),
    ...placesLost(set, from, to),
    ...(alias === 'lost' && set.alias !== null && to.can.alias
      ? [`it is an alias of ${set.alias.target}, a name inside ${from.vendor}`]
      : []),
    ...(there?.profile.kind === 'other'
      ? [`${to.account} routes it by ${there.profile.what}, which steer does not change`]
      : []),
  ];
  if (whole.length > 0 || alias === 'lost') return { from: set, leaves: null, lost: whole };
  return {
    from: set,
    leaves: { ...set, alias, kept: there?.kept ?? null },
    lost: keptLost(set, there),
  };
};
