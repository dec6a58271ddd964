import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { MARKER_BYTES } from '../dns-wire/marker.ts';
import { RECORD_TYPES } from '../dns-wire/record-types.ts';
import type { Settings } from './settings.ts';

/** Room for the SOA as a condition: its owner, two names and seven numbers. */
const SOA_BYTES = 3 * 255 + 40;

/** A message holds 65,535 bytes (RFC 1035, 4.2.2); the account keeps room for the signature. */
const BATCH_BYTES = 64_500 - SOA_BYTES - MARKER_BYTES;

const WEIGHTLESS: SteeringCapabilities = {
  weight: { minimum: 1, maximum: 1 },
  granularity: 'whole',
  drain: ['remove'],
  conditionalWrite: 'native',
  fence: 'native',
  // A section counts its records in 16 bits; the bytes run out first.
  batch: { elements: 60_000, characters: BATCH_BYTES, fenceElements: 3, sets: null },
  geo: false,
  propagation: 'reported',
  // A secondary is notified at once (RFC 1996) and transfers within seconds; one that missed it waits for its refresh.
  typicalPropagationMs: 30_000,
  failOpen: { allDrained: 'nothing', drainedIsLastResort: false, noneHealthyServesAll: false },
};

/** Without settings: one member or another. With them: as many addresses as the smallest pool of any set has. */
export const capabilitiesOf = (settings: Settings | null): SteeringCapabilities => {
  const sizes = [...(settings?.pools.values() ?? [])].flatMap(({ pools }) => pools.map(({ values }) => values.length));
  if (settings?.granularity !== 'record-count' || sizes.length === 0) return WEIGHTLESS;
  return { ...WEIGHTLESS, weight: { minimum: 1, maximum: Math.min(...sizes) }, granularity: 'record-count' };
};

export const RECORDS_CAPABILITIES: RecordsCapabilities = {
  types: RECORD_TYPES,
  weighted: null,
  geo: null,
  failover: null,
  alias: false,
  zones: { create: false, delete: false, update: [], duplicateNames: false },
  conditionalWrite: 'native',
  atomic: 'call',
  batch: 500,
};
