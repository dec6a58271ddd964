import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { NS1_RECORDS, NS1_STEERING } from './capabilities.ts';

export const about: VendorAbout = {
  vendor: 'ns1',
  title: 'IBM NS1 Connect',
  endpoint: 'https://api.nsone.net/v1',
  settings: z.strictObject({}),
  secrets: [{ name: 'apiKey', description: 'API key with the right to view and change zones and records' }],
  steering: NS1_STEERING,
  records: NS1_RECORDS,
};
