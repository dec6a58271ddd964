import type { VendorAbout } from '../vendor.ts';
import { RECORDS_CAPABILITIES, STEERING_CAPABILITIES } from './capabilities.ts';
import { SETTINGS } from './settings.ts';

export const about: VendorAbout = {
  vendor: 'google',
  title: 'Google Cloud DNS',
  endpoint: 'https://dns.googleapis.com',
  settings: SETTINGS,
  secrets: [
    {
      name: 'serviceAccountKey',
      description: 'the JSON key file of a service account with the role roles/dns.admin on the project',
    },
  ],
  steering: STEERING_CAPABILITIES,
  records: RECORDS_CAPABILITIES,
};
