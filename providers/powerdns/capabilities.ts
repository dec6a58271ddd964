import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { MARKER_BYTES } from '../dns-wire/marker.ts';
import { RECORD_TYPES } from '../dns-wire/record-types.ts';
import type { Settings } from './settings.ts';

/** Weights of `pickwrandom` are whole numbers that the server adds up in 32 bits; this is finer than any share. */
export const WEIGHT_RANGE = { minimum: 1, maximum: 10_000 } as const;

/** Room for the SOA as a condition. */
const SOA_BYTES = 3 * 255 + 40;

/** Over HTTP nothing is compared by the server; by DNS update everything is, and the marker travels along. */
export const capabilitiesOf = (settings: Pick<Settings, 'update'> | null): SteeringCapabilities => {
  const isConditional = settings?.update !== undefined;
  return {
    weight: WEIGHT_RANGE,
    granularity: 'weight',
    drain: ['zero'],
    conditionalWrite: isConditional ? 'native' : 'emulated',
    fence: isConditional ? 'native' : 'waited',
    // One message of 65,535 bytes; one PATCH has no limit that is published, and is kept as small.
    batch: { elements: 10_000, characters: 64_500 - SOA_BYTES - MARKER_BYTES, fenceElements: 3, sets: null },
    geo: false,
    propagation: 'reported',
    // Query and packet caches live 20 s and 60 s by default (`query-cache-ttl`, `cache-ttl`), beyond what secondaries take.
    typicalPropagationMs: 60_000,
    failOpen: { allDrained: 'nothing', drainedIsLastResort: false, noneHealthyServesAll: false },
  };
};

export const STEERED_TYPES = ['A', 'AAAA', 'CNAME'] as const;

export const RECORDS_CAPABILITIES: RecordsCapabilities = {
  types: RECORD_TYPES,
  weighted: { drained: true, types: [...STEERED_TYPES], ...WEIGHT_RANGE },
  geo: null,
  failover: null,
  alias: false,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
  conditionalWrite: 'emulated',
  atomic: 'call',
  batch: 500,
};
