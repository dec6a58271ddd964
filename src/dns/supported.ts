import { recordKeyText } from '../domain/record-order.ts';
import type { GeoRegions, RecordSet, RecordsCapabilities } from '../domain/record-sets.ts';
import { sum } from '../domain/records.ts';

const listed = (types: readonly string[]): string => types.join(' ');

const noType = (set: RecordSet, kind: string, types: readonly string[]): readonly string[] =>
  types.includes(set.type) ? [] : [`no ${kind} sets of type ${set.type}; there are ${listed(types)}`];

const weightProblems = (
  weight: number | null,
  { minimum, maximum, drained }: NonNullable<RecordsCapabilities['weighted']>,
): readonly string[] => {
  if (weight === null)
    return drained ? [] : ['no drained sets whose meaning is established; take it away, or give it a weight'];
  return Number.isInteger(weight) && weight >= minimum && weight <= maximum
    ? []
    : [`no weight ${weight}; weights there are ${minimum} to ${maximum}${drained ? ', or drained' : ''}`];
};

const placesProblems = (regions: GeoRegions, places: 'one' | 'many'): readonly string[] => {
  const count = sum(Object.values(regions).map((territories) => Math.max(1, territories.length)));
  return places === 'many' || count === 1
    ? []
    : [`one place for each geo set, and this one would have ${count}: give each place a set of its own`];
};

const profileProblems = (set: RecordSet, can: RecordsCapabilities): readonly string[] => {
  const { profile } = set;
  switch (profile.kind) {
    case 'basic':
      return noType(set, 'basic', can.types);
    case 'weighted':
      if (can.weighted === null) return ['no weighted sets'];
      return [...noType(set, 'weighted', can.weighted.types), ...weightProblems(profile.weight, can.weighted)];
    case 'geo':
      if (can.geo === null) return ['no geo sets'];
      if (can.geo.access === 'read-only') return ['geo sets only to be read'];
      return [...noType(set, 'geo', can.geo.types), ...placesProblems(profile.regions, can.geo.places)];
    case 'failover':
      return can.failover === null ? ['no failover sets'] : noType(set, 'failover', can.failover);
    case 'other':
      return [`no sets routed by ${profile.what} that steer could write`];
  }
};

/** Why an account cannot hold this set, as ends of "there are …"; empty when it can. */
export const lacksFor = (set: RecordSet, can: RecordsCapabilities): readonly string[] => [
  ...profileProblems(set, can),
  ...(set.alias !== null && !can.alias ? ['no aliases'] : []),
];

/** The same as whole sentences about one account. */
export const unsupported = (set: RecordSet, can: RecordsCapabilities, account: string): readonly string[] =>
  lacksFor(set, can).map((lack) => `${recordKeyText(set)} cannot be at ${account}: it has ${lack}.`);
