import { recordsContract } from './contract.ts';
import { arrangeNs1Records, ns1RecordsTraits } from './ns1-world.ts';

recordsContract(ns1RecordsTraits, async () => (await arrangeNs1Records()).world);
