import { recordsContract } from './contract.ts';
import { arrangePowerDnsRecords, powerDnsRecordsTraits } from './powerdns-world.ts';

recordsContract(powerDnsRecordsTraits('described'), () => arrangePowerDnsRecords());
