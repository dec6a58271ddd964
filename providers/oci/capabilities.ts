import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { TYPES } from './record-types.ts';

export const STEERING_CAPABILITIES: SteeringCapabilities = {
  // The WEIGHTED rule takes 0 to 255; what 0 means there is not established, so that it is never written.
  weight: { minimum: 1, maximum: 255 },
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'native',
  // A policy is not in a zone, and nothing in the zone changes with it: there is no place for a marker.
  fence: 'waited',
  batch: { elements: 1000, characters: 1_000_000, fenceElements: 0, sets: 1 },
  geo: false,
  // `lifecycleState` is of the control plane and has no word for a policy on its way to the servers.
  propagation: 'none',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: true },
};

export const RECORDS_CAPABILITIES: RecordsCapabilities = {
  types: TYPES,
  weighted: null,
  geo: null,
  failover: null,
  alias: false,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
  conditionalWrite: 'native',
  atomic: 'name-and-type',
  batch: 1,
};
