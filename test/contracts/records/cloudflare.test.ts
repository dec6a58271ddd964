import { arrangeCloudflareRecords, cloudflareRecordsTraits } from './cloudflare-world.ts';
import { recordsContract } from './contract.ts';

recordsContract(cloudflareRecordsTraits, arrangeCloudflareRecords);
