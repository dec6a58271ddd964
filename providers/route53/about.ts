import { z } from 'zod';
import { NOTHING_PROVEN } from '../proven.ts';
import type { VendorAbout } from '../vendor.ts';
import { capabilitiesOf, recordsCapabilitiesOf } from './capabilities.ts';

export const about: VendorAbout = {
  vendor: 'route53',
  title: 'Amazon Route 53',
  endpoint: 'https://route53.amazonaws.com',
  settings: z.strictObject({}),
  secrets: [],
  steering: capabilitiesOf(NOTHING_PROVEN),
  records: recordsCapabilitiesOf(NOTHING_PROVEN),
};
