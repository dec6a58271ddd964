import type { VendorAbout } from '../vendor.ts';
import { AZURE_RECORDS, AZURE_STEERING } from './capabilities.ts';
import { AZURE_SETTINGS } from './settings.ts';

export const about: VendorAbout = {
  vendor: 'azure',
  title: 'Azure Traffic Manager and Azure DNS',
  endpoint: 'https://management.azure.com',
  settings: AZURE_SETTINGS,
  secrets: [{ name: 'clientSecret', description: 'Client secret of the service principal' }],
  steering: AZURE_STEERING,
  records: AZURE_RECORDS,
};
