import type { SteeringCapabilities } from '../../src/domain/steering.ts';

/** A weight of 1 is 0.01 at the vendor, whose weights are parts of one. */
export const UNITS_IN_ONE = 100;

export const STEERING: SteeringCapabilities = {
  weight: { minimum: 1, maximum: UNITS_IN_ONE },
  granularity: 'weight',
  // What a pool weight of 0 does is written down nowhere, and a pool's own switch stops it for every balancer that uses it.
  drain: ['remove'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  batch: { elements: 1000, characters: 100_000, fenceElements: 0, sets: 1 },
  geo: false,
  propagation: 'none',
  typicalPropagationMs: 10_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: false },
};
