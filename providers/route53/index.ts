import { NOTHING_PROVEN } from '../proven.ts';
import type { OpenVendor } from '../vendor.ts';
import { createAccountLimiter, openApi } from './open.ts';
import { route53Records } from './records.ts';
import { route53Steering } from './steering.ts';
import { createZoneDirectory } from './zones.ts';

export const openVendor: OpenVendor = async (config, proven, deps) => {
  const limiter = createAccountLimiter(config, deps.clock);
  const api = openApi(config, limiter, deps);
  const zones = createZoneDirectory(api);
  const known = proven ?? NOTHING_PROVEN;
  return {
    steering: route53Steering({ api, zones, proven: known }),
    records: route53Records({ api, zones, proven: known, clock: deps.clock }),
    limiter,
    async check(options, signal) {
      const { checkAccount } = await import('./check.ts');
      return checkAccount({ api, clock: deps.clock }, options, signal);
    },
  };
};
