import { describe } from 'vitest';
import { conditionsContract } from './conditions.ts';
import { faultsContract } from './faults.ts';
import { markerContract } from './marker.ts';
import { readsContract } from './reads.ts';
import { refusalsContract } from './refusals.ts';
import type { ArrangeSteering, SteeringTraits } from './world.ts';

/** What the table of contracts reads back: vendor, variant, port and ground, in this order. */
const titleOf = ({ vendor, variant, ground }: SteeringTraits): string =>
  `${vendor}${variant === undefined ? '' : `, ${variant},`} as Steering (${ground})`;

/**
 * Every promise of `providers/steering.ts`, each as one sentence. A vendor passes all of them or is not one. Cases about what
 * its capabilities say it has not are not there.
 */
export const steeringContract = (traits: SteeringTraits, arrange: ArrangeSteering): void => {
  describe(titleOf(traits), () => {
    readsContract(arrange, traits);
    conditionsContract(arrange, traits);
    if (traits.marker) markerContract(arrange, traits);
    refusalsContract(arrange, traits);
    faultsContract(arrange, traits);
  });
};
