import { z } from 'zod';
import type { VendorAbout } from '../vendor.ts';
import { STEERING } from './capabilities.ts';

export const about: VendorAbout = {
  vendor: 'akamai',
  title: 'Akamai Global Traffic Management',
  // Every API client has a host of its own.
  endpoint: null,
  settings: z.strictObject({}),
  secrets: [
    { name: 'clientToken', description: '`client_token` of an API client with read and write access to GTM.' },
    { name: 'clientSecret', description: '`client_secret` of that client; it signs and is never sent.' },
    { name: 'accessToken', description: '`access_token` of that client.' },
  ],
  steering: STEERING,
  // A property is a balancer with answers inside, not a record set; the DNS that points at it is another product.
  records: null,
};
