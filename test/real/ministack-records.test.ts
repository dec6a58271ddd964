import { afterAll, beforeAll } from 'vitest';
import { recordsContract } from '../contracts/records/contract.ts';
import { startMinistack } from './support/ministack.ts';
import { arrangeMinistackRecords, MINISTACK_RECORDS } from './support/ministack-records.ts';
import type { StartedServer } from './support/server.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startMinistack();
}, 180_000);
afterAll(async () => server.stop());

recordsContract(MINISTACK_RECORDS, () => arrangeMinistackRecords(server.url));
