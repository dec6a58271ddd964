import { describe } from 'vitest';
import { conditionsContract } from './conditions.ts';
import { faultsContract } from './faults.ts';
import { readsContract } from './reads.ts';
import { refusalsContract } from './refusals.ts';
import type { ArrangeSteering } from './world.ts';

/** Every promise of `providers/steering.ts`, each as one sentence. A vendor passes all of them or is not one. */
export const steeringContract = (vendor: string, arrange: ArrangeSteering): void => {
  describe(`${vendor} as Steering`, () => {
    readsContract(arrange);
    conditionsContract(arrange);
    refusalsContract(arrange);
    faultsContract(arrange);
  });
};
