import { arrangeAzureRecords, azureRecordsTraits } from './azure-world.ts';
import { recordsContract } from './contract.ts';

recordsContract(azureRecordsTraits, async () => (await arrangeAzureRecords()).world);
