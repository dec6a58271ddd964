import { recordsContract } from './contract.ts';
import { arrangeOciRecords, ociRecordsTraits } from './oci-world.ts';

recordsContract(ociRecordsTraits, () => arrangeOciRecords());
