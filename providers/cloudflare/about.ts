import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { STEERING } from './capabilities.ts';
import { RECORDS } from './records-capabilities.ts';

export const SETTINGS = z.strictObject({
  accountId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'an account id is 32 hexadecimal digits; the dashboard shows it beside the zone')
    .describe('Account that the pools of the load balancers belong to, 32 hexadecimal digits.'),
  sessionAffinity: z
    .enum(['refuse', 'accept'])
    .optional()
    .describe(
      'Whether a load balancer that keeps sessions on their pool may be steered without a drain duration; `refuse` when left out.',
    ),
});

export const about: VendorAbout = {
  vendor: 'cloudflare',
  title: 'Cloudflare Load Balancing',
  endpoint: 'https://api.cloudflare.com/client/v4',
  settings: SETTINGS,
  secrets: [
    {
      name: 'apiToken',
      description:
        'API token with Load Balancers edit, Load Balancing monitors and pools read, DNS edit and Zone read.',
    },
  ],
  steering: STEERING,
  records: RECORDS,
};
