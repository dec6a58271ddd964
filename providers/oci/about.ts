import type { VendorAbout } from '../vendor.ts';
import { RECORDS_CAPABILITIES, STEERING_CAPABILITIES } from './capabilities.ts';
import { SETTINGS } from './settings.ts';

export const about: VendorAbout = {
  vendor: 'oci',
  title: 'Oracle Cloud (OCI DNS)',
  // As many as there are regions; `settings.region` chooses one.
  endpoint: 'https://dns.{region}.oci.oraclecloud.com',
  settings: SETTINGS,
  secrets: [
    { name: 'privateKey', description: 'PEM of the RSA private key (without a passphrase) of the API key of `user`' },
  ],
  steering: STEERING_CAPABILITIES,
  records: RECORDS_CAPABILITIES,
};
