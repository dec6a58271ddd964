import { describe } from 'vitest';
import { changesContract } from './changes.ts';
import { connectionContract } from './connection.ts';
import { faultsContract } from './faults.ts';
import { profilesContract } from './profiles.ts';
import { readsContract } from './reads.ts';
import { refusalsContract } from './refusals.ts';
import { typesContract } from './types.ts';
import { type ArrangeRecords, type RecordsTraits, titleOf } from './world.ts';
import { zonesContract } from './zones.ts';

/**
 * Every promise of `providers/records.ts`, each as one sentence. What a vendor declares it is tested for; what it says it has
 * not must be refused as a value. A vendor passes all of them or is not one.
 */
export const recordsContract = (traits: RecordsTraits, arrange: ArrangeRecords): void => {
  describe(titleOf(traits), () => {
    connectionContract(arrange, traits);
    zonesContract(arrange, traits);
    readsContract(arrange, traits);
    typesContract(arrange, traits);
    changesContract(arrange, traits);
    profilesContract(arrange, traits);
    refusalsContract(arrange, traits);
    faultsContract(arrange, traits);
  });
};
