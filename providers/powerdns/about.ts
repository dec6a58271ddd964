import type { VendorAbout } from '../vendor.ts';
import { capabilitiesOf, RECORDS_CAPABILITIES } from './capabilities.ts';
import { readSettings, settingsSchema } from './settings.ts';

/** PowerDNS Authoritative Server with Lua records. */
export const about: VendorAbout = {
  vendor: 'powerdns',
  title: 'PowerDNS',
  endpoint: null,
  settings: settingsSchema,
  secrets: [
    { name: 'apiKey', description: 'the key of its HTTP API, `api-key` in its configuration' },
    { name: 'tsigSecret', description: 'the secret of the TSIG key for DNS updates, in Base64', isOptional: true },
  ],
  steering: capabilitiesOf(null),
  steeringWith: (settings) => capabilitiesOf(readSettings(settings)),
  records: RECORDS_CAPABILITIES,
};
