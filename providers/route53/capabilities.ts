import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import type { ProvenOnAccount } from '../proven.ts';
import { BATCH_LIMITS, WEIGHT_RANGE } from './batch.ts';
import { MARKER_CHARACTERS } from './marker.ts';

/** What a steering of this vendor can do, given what an account was seen to do. */
export const capabilitiesOf = (proven: ProvenOnAccount): SteeringCapabilities => ({
  weight: WEIGHT_RANGE,
  granularity: 'weight',
  drain: ['zero', 'remove'],
  conditionalWrite: proven.conditionalWrite ? 'native' : 'emulated',
  fence: proven.fence,
  batch: {
    elements: BATCH_LIMITS.elements,
    characters: BATCH_LIMITS.characters - MARKER_CHARACTERS,
    fenceElements: 2,
    sets: null,
  },
  geo: true,
  propagation: 'reported',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
});
