import { arrangeAzure, azureTraits } from './azure-world.ts';
import { steeringContract } from './contract.ts';

steeringContract(azureTraits, async () => (await arrangeAzure()).world);
