import type { OpenVendor } from '../vendor.ts';
import { SETTINGS } from './about.ts';
import { countedHost } from './calls.ts';
import { localHost } from './local-host.ts';
import { gdnsdSteering } from './steering.ts';

export const openVendor: OpenVendor = async (config, _, { clock, policy, observe, dns }) => {
  const settings = SETTINGS.parse(config.settings);
  return {
    steering: gdnsdSteering({
      host: countedHost(localHost(settings), clock, observe),
      settings,
      clock,
      policy,
      dns,
      nameServers: config.nameServers,
    }),
    records: null,
    limiter: null,
    check: null,
  };
};
