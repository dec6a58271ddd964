import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { memoryCapabilities } from './steering.ts';

/** A vendor in memory: the reference of both contracts, for tests. */
export const about: VendorAbout = {
  vendor: 'memory',
  title: 'memory',
  endpoint: null,
  settings: z.strictObject({}),
  secrets: [],
  steering: memoryCapabilities({ conditionalWrite: 'native', fence: 'native' }, 30_000),
  records: null,
};
