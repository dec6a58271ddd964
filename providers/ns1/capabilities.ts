import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';

/**
 * NS1 takes any number above zero as a weight; whole numbers to 1000 are fine enough for a tenth of a percent and go through
 * every client unrounded. What a weight of zero does has not been shown, so that none is ever written.
 */
const WEIGHT = { minimum: 1, maximum: 1000 };

export const NS1_STEERING: SteeringCapabilities = {
  weight: WEIGHT,
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  batch: { elements: 100, characters: 1_000_000, fenceElements: 0, sets: 1 },
  geo: false,
  propagation: 'none',
  typicalPropagationMs: 60_000,
  // In the only chain that steer writes, nothing looks at health: `up` is what a person or steer has written.
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: true },
};

const WEIGHTED_TYPES = ['A', 'AAAA', 'CNAME'] as const;
const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NAPTR', 'NS', 'PTR', 'SRV', 'TXT'] as const;

export const NS1_RECORDS: RecordsCapabilities = {
  types: TYPES,
  weighted: { drained: true, types: WEIGHTED_TYPES, ...WEIGHT },
  geo: null,
  failover: null,
  alias: false,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
  conditionalWrite: 'emulated',
  atomic: 'name-and-type',
  batch: 1,
};
