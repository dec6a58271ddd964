import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';

/** Weights 1 to 1000, no zero; at most 200 endpoints a profile. Sources in the README. */
export const AZURE_STEERING: SteeringCapabilities = {
  weight: { minimum: 1, maximum: 1000 },
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  // Resource Manager takes bodies of megabytes; 200 endpoints stay far below.
  batch: { elements: 200, characters: 1_000_000, fenceElements: 0, sets: 1 },
  geo: false,
  propagation: 'none',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: true },
};

const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

/** Azure DNS: a record set for each name and type, each with an ETag of its own. */
export const AZURE_RECORDS: RecordsCapabilities = {
  types: TYPES,
  weighted: null,
  geo: null,
  failover: null,
  alias: true,
  // TTL and email of a zone stand in its SOA record set and are changed there.
  zones: { create: true, delete: true, update: [], duplicateNames: false },
  conditionalWrite: 'native',
  atomic: 'name-and-type',
  batch: 1,
};
