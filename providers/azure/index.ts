import { createRateLimiter } from '../rate-limit.ts';
import type { OpenVendor } from '../vendor.ts';
import { about } from './about.ts';
import { openAccount } from './account.ts';
import { armPath } from './arm.ts';
import { createDnsApi } from './dns-api.ts';
import { AZURE_LIMITS } from './limits.ts';
import { createProfilesApi } from './profiles-api.ts';
import { azureRecords } from './records.ts';
import { azureSettings } from './settings.ts';
import { azureSteering } from './steering.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = azureSettings(config);
  const limiter = createRateLimiter(AZURE_LIMITS, deps.clock);
  const account = openAccount(config, settings, limiter, deps);
  const path = armPath(config.endpoint ?? about.endpoint ?? '', settings.subscriptionId);
  return {
    steering: azureSteering({ api: createProfilesApi(account, path), settings, limiter }),
    records: azureRecords({ api: createDnsApi(account, path, settings.resourceGroup), limiter }),
    limiter,
    check: null,
  };
};
