import { createRateLimiter } from '../rate-limit.ts';
import type { OpenVendor } from '../vendor.ts';
import { about } from './about.ts';
import { openAccount } from './account.ts';
import { createRecordsApi } from './api.ts';
import { NS1_LIMITS } from './limits.ts';
import { ns1Records } from './records.ts';
import { ns1Steering } from './steering.ts';
import { createZonesApi } from './zones-api.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const limiter = createRateLimiter(NS1_LIMITS, deps.clock);
  const account = openAccount(config, limiter, deps);
  const endpoint = config.endpoint ?? about.endpoint ?? '';
  const [records, zones] = [createRecordsApi(account, endpoint), createZonesApi(account, endpoint)];
  return {
    steering: ns1Steering({ records, zones, limiter }),
    records: ns1Records({ records, zones, limiter }),
    limiter,
    check: null,
  };
};
