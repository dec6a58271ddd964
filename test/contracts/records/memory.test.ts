import { recordsContract } from './contract.ts';
import { arrangeMemoryRecords, memoryRecordsTraits } from './memory-world.ts';

const WHOLE = { conditionalWrite: 'native', atomic: 'call', batch: 100 } as const;
const PIECES = { conditionalWrite: 'emulated', atomic: 'name-and-type', batch: 1 } as const;

recordsContract(memoryRecordsTraits(WHOLE), () => arrangeMemoryRecords(WHOLE));
recordsContract(memoryRecordsTraits(PIECES, 'without conditional writes and one set at a time'), () =>
  arrangeMemoryRecords(PIECES),
);
