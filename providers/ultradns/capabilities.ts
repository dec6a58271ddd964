import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { WEIGHT_RANGE } from './translate.ts';

export const STEERING: SteeringCapabilities = {
  weight: WEIGHT_RANGE,
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  // One PUT carries a pool of any size; no limit on its length is published.
  batch: { elements: 1000, characters: 100_000, fenceElements: 0, sets: 1 },
  geo: true,
  propagation: 'none',
  // Chosen: no figure is published, and Denominator waited up to ten minutes for directional groups over the old API.
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: false },
};

/** Types that directional pools may have: REST API guide, "Directional Pools API", 2025-03, without those that steer cannot read. */
const GEO_TYPES = ['A', 'AAAA', 'MX', 'NAPTR', 'PTR', 'SRV', 'TXT'];

export const RECORDS: RecordsCapabilities = {
  types: [
    'A',
    'AAAA',
    'CAA',
    'CNAME',
    'DS',
    'HTTPS',
    'MX',
    'NAPTR',
    'NS',
    'PTR',
    'SRV',
    'SSHFP',
    'SVCB',
    'TLSA',
    'TXT',
  ],
  weighted: { drained: true, types: ['A', 'AAAA'], minimum: 2, maximum: 100 },
  geo: { types: GEO_TYPES, access: 'read-write', places: 'many' },
  failover: null,
  alias: false,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
  conditionalWrite: 'emulated',
  atomic: 'name-and-type',
  batch: 1,
};
