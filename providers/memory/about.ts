import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { memoryRecordsCapabilities } from './records.ts';
import { memoryCapabilities } from './steering.ts';

/** A vendor in memory: the reference of both contracts, for tests. */
export const about: VendorAbout = {
  vendor: 'memory',
  title: 'memory',
  endpoint: null,
  settings: z.strictObject({}),
  secrets: [],
  steering: memoryCapabilities({ conditionalWrite: 'native', fence: 'native' }, 30_000),
  records: memoryRecordsCapabilities({ conditionalWrite: 'native', atomic: 'call', batch: 100 }),
};
