import type { VendorAbout } from '../vendor.ts';
import { capabilitiesOf, RECORDS_CAPABILITIES } from './capabilities.ts';
import { readSettings, settingsSchema } from './settings.ts';

/** A primary of one's own that takes signed updates: BIND, Knot, PowerDNS, Windows and others. */
export const about: VendorAbout = {
  vendor: 'rfc2136',
  title: 'DNS UPDATE (RFC 2136)',
  endpoint: null,
  settings: settingsSchema,
  secrets: [{ name: 'tsigSecret', description: 'the secret of the TSIG key, in Base64' }],
  steering: capabilitiesOf(null),
  steeringWith: (settings) => capabilitiesOf(readSettings(settings)),
  records: RECORDS_CAPABILITIES,
};
