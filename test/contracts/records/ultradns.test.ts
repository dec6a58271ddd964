import { recordsContract } from './contract.ts';
import { arrangeUltradnsRecords, ultradnsRecordsTraits } from './ultradns-world.ts';

recordsContract(ultradnsRecordsTraits(), () => arrangeUltradnsRecords());
