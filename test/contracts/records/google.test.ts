import { recordsContract } from './contract.ts';
import { arrangeGoogleRecords, googleRecordsTraits } from './google-world.ts';

recordsContract(googleRecordsTraits, () => arrangeGoogleRecords());
