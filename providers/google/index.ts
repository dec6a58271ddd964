import { nothingToCheck } from '../nothing-to-check.ts';
import type { OpenVendor } from '../vendor.ts';
import { openApi } from './open.ts';
import { settingsOf } from './settings.ts';
import { googleSteering } from './steering.ts';
import { createZoneDirectory } from './zones.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = settingsOf(config);
  const { api, limiter } = openApi(config, settings, deps);
  const zones = createZoneDirectory(api);
  return {
    steering: googleSteering({ api, zones, names: settings.memberNames ?? {} }),
    records: null,
    limiter,
    check: nothingToCheck('Google Cloud DNS'),
  };
};
