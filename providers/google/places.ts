import type { GeoRegions } from '../../src/domain/record-sets.ts';

/**
 * Google Cloud regions by the part of the world in their name: <https://cloud.google.com/compute/docs/regions-zones>, 2026-11.
 * Cloud DNS has no list of its own and may know newer ones; a location that is missing here can still be named.
 */
const LOCATIONS = [
  'africa-south1',
  'asia-east1',
  'asia-east2',
  'asia-northeast1',
  'asia-northeast2',
  'asia-northeast3',
  'asia-south1',
  'asia-south2',
  'asia-southeast1',
  'asia-southeast2',
  'australia-southeast1',
  'australia-southeast2',
  'europe-central2',
  'europe-north1',
  'europe-north2',
  'europe-southwest1',
  'europe-west1',
  'europe-west2',
  'europe-west3',
  'europe-west4',
  'europe-west6',
  'europe-west8',
  'europe-west9',
  'europe-west10',
  'europe-west12',
  'me-central1',
  'me-central2',
  'me-west1',
  'northamerica-northeast1',
  'northamerica-northeast2',
  'northamerica-south1',
  'southamerica-east1',
  'southamerica-west1',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
  'us-west2',
  'us-west3',
  'us-west4',
];

const LOCATION = /^([a-z]+)-[a-z]+\d+$/;

/** The part of the world that a location's name begins with. */
const partOf = (location: string): string => LOCATION.exec(location)?.[1] ?? location;

export const regionsOf = (location: string): GeoRegions => ({ [partOf(location)]: [location] });

/** The one location of these places; null when they are not one that Cloud DNS could know. */
export const locationOf = (regions: GeoRegions): string | null => {
  const pairs = Object.entries(regions).flatMap(([part, locations]) => locations.map((one) => [part, one] as const));
  const [[part, location] = ['', ''], ...more] = pairs;
  return more.length === 0 && LOCATION.test(location) && partOf(location) === part ? location : null;
};

export const GEO_REGIONS: GeoRegions = Object.fromEntries(Map.groupBy(LOCATIONS, partOf));
