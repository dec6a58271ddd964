import type { GeoRegions } from '../../src/domain/record-sets.ts';
import type { RecordSet } from './record.ts';

export type GeoLocation = NonNullable<RecordSet['GeoLocation']>;

/** Everywhere that no other set of the name is for. */
const DEFAULT = '*';

/** One place as a region with one territory: Route 53 knows three kinds of places and everywhere else. */
export const regionsOf = ({ ContinentCode, CountryCode, SubdivisionCode }: GeoLocation): GeoRegions => {
  if (ContinentCode !== undefined) return { continent: [ContinentCode] };
  if (CountryCode === DEFAULT) return { default: [DEFAULT] };
  if (SubdivisionCode !== undefined) return { subdivision: [`${CountryCode ?? ''}-${SubdivisionCode}`] };
  return { country: CountryCode === undefined ? [] : [CountryCode] };
};

/** The place of a geo set; null when these regions are not exactly one place in Route 53's words. */
export const locationOf = (regions: GeoRegions): GeoLocation | null => {
  const places = Object.entries(regions).flatMap(([region, territories]) =>
    territories.map((territory) => [region, territory] as const),
  );
  const [[region, territory] = ['', ''], ...more] = places;
  if (more.length > 0) return null;
  if (region === 'continent' && /^[A-Z]{2}$/.test(territory)) return { ContinentCode: territory };
  if (region === 'country' && /^[A-Z]{2}$/.test(territory)) return { CountryCode: territory };
  if (region === 'default' && territory === DEFAULT) return { CountryCode: DEFAULT };
  const [, CountryCode, SubdivisionCode] = /^([A-Z]{2})-([A-Z0-9]{1,3})$/.exec(territory) ?? [];
  if (region !== 'subdivision' || CountryCode === undefined || SubdivisionCode === undefined) return null;
  return { CountryCode, SubdivisionCode };
};

/** All places of a list under their kinds. */
export const placesOf = (locations: readonly GeoLocation[]): GeoRegions => {
  const places: Record<string, string[]> = {};
  for (const location of locations) {
    for (const [region, territories] of Object.entries(regionsOf(location))) {
      places[region] = [...(places[region] ?? []), ...territories];
    }
  }
  return places;
};
