import { NAMESPACE, type Operation, pageSizeOf } from './call.ts';
import { CONTINENTS, COUNTRIES, SUBDIVISIONS } from './places.ts';
import type { GeoLocation } from './records.ts';
import { invalidInput } from './refusal.ts';
import { branch, leaf, rootBranch } from './xml.ts';

const MAX_PLACES_A_PAGE = 100;

/**
 * The default first, then countries, each with its subdivisions after it, continents last (API reference, ListGeoLocations,
 * seen 2026-11; where the default stands is not said there).
 */
const PLACES: readonly GeoLocation[] = [
  { countryCode: '*' },
  ...COUNTRIES.flatMap((countryCode) => [
    { countryCode },
    ...(SUBDIVISIONS[countryCode] ?? []).map((subdivisionCode) => ({ countryCode, subdivisionCode })),
  ]),
  ...CONTINENTS.map((continentCode) => ({ continentCode })),
];

const keyOf = (place: { readonly [K in keyof GeoLocation]?: string | undefined }): string =>
  [place.continentCode, place.countryCode, place.subdivisionCode].map((code) => code ?? '').join('|');

const writePlace = ({ continentCode, countryCode, subdivisionCode }: GeoLocation): string =>
  branch(
    'GeoLocationDetails',
    leaf('ContinentCode', continentCode),
    leaf('ContinentName', continentCode),
    leaf('CountryCode', countryCode),
    leaf('CountryName', countryCode === '*' ? 'Default' : countryCode),
    leaf('SubdivisionCode', subdivisionCode),
    leaf('SubdivisionName', subdivisionCode),
  );

export const listGeoLocations: Operation = (call) => {
  const size = pageSizeOf(call, MAX_PLACES_A_PAGE, MAX_PLACES_A_PAGE);
  const { startcontinentcode, startcountrycode, startsubdivisioncode } = call.query;
  if (startsubdivisioncode !== undefined && startcountrycode === undefined)
    throw invalidInput('The input is not valid: a subdivision was given without its country');
  const start = keyOf({
    continentCode: startcontinentcode,
    countryCode: startcountrycode,
    subdivisionCode: startsubdivisioncode,
  });
  const from = start === '||' ? 0 : PLACES.findIndex((place) => keyOf(place) === start);
  if (from < 0) throw invalidInput('The input is not valid: the list has no such location');
  const next = PLACES[from + size];
  return {
    status: 200,
    body: rootBranch(
      'ListGeoLocationsResponse',
      NAMESPACE,
      branch('GeoLocationDetailsList', ...PLACES.slice(from, from + size).map(writePlace)),
      leaf('IsTruncated', next !== undefined),
      leaf('NextContinentCode', next?.continentCode),
      leaf('NextCountryCode', next?.countryCode),
      leaf('NextSubdivisionCode', next?.subdivisionCode),
      leaf('MaxItems', size),
    ),
  };
};
