import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { RECORDS, STEERING } from './capabilities.ts';

const PREFIX = z.string().regex(/^(\/[a-z0-9.]+)*$/, 'a path such as /v3, or nothing');

export const SETTINGS = z.strictObject({
  account: z
    .string()
    .min(1)
    .optional()
    .describe('Account name at UltraDNS that new zones belong to; without it no zone can be made'),
  prefix: PREFIX.default('').describe('Path in front of record sets, tasks and the login; UltraDNS needs none today'),
  zonesPrefix: PREFIX.default('/v3').describe('Path in front of the list of zones, which is paged by cursor in v3'),
  states: z
    .enum(['active', 'force'])
    .default('active')
    .describe(
      'Words for a pool record that is turned on or off, where no record of the pool shows them yet: ACTIVE and INACTIVE, or FORCE_ACTIVE and FORCE_FAIL',
    ),
});

export const about: VendorAbout = {
  vendor: 'ultradns',
  title: 'UltraDNS',
  endpoint: 'https://api.ultradns.com',
  settings: SETTINGS,
  secrets: [
    { name: 'username', description: 'User with API access, best one that cannot log into the portal' },
    { name: 'password', description: 'Password of that user' },
  ],
  steering: STEERING,
  records: RECORDS,
};
