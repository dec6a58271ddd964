import type { OpenVendor } from '../vendor.ts';
import { openApi } from './open.ts';
import { googleRecords } from './records.ts';
import { settingsOf } from './settings.ts';
import { googleSteering } from './steering.ts';
import { createZoneDirectory } from './zones.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = settingsOf(config);
  const { api, limiter } = openApi(config, settings, deps);
  const zones = createZoneDirectory(api);
  const names = settings.memberNames ?? {};
  return {
    steering: googleSteering({ api, zones, names }),
    records: googleRecords(api, names),
    limiter,
    check: null,
  };
};
