import { recordsContract } from './contract.ts';
import { arrangeRfc2136Records, rfc2136RecordsTraits } from './rfc2136-world.ts';

recordsContract(rfc2136RecordsTraits('fake'), arrangeRfc2136Records);
