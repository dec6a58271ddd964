import type { SteeringCapabilities } from '../../src/domain/steering.ts';

/**
 * The description names no largest weight and says that the sum can be any number
 * (https://github.com/akamai/akamai-apis, config-gtm v1, `trafficTargets[].weight`, 2025-06); a tenth of a percent is fine
 * enough.
 */
const LARGEST_WEIGHT = 1000;

export const STEERING: SteeringCapabilities = {
  weight: { minimum: 1, maximum: LARGEST_WEIGHT },
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  batch: { elements: 1000, characters: 100_000, fenceElements: 0, sets: 1 },
  geo: false,
  propagation: 'reported',
  typicalPropagationMs: 180_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: false },
};
