import { steeringContract } from './contract.ts';
import { arrangeNs1, ns1Traits } from './ns1-world.ts';

steeringContract(ns1Traits, async () => (await arrangeNs1()).world);
