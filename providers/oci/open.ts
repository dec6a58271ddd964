import type { ProviderConfig } from '../../src/domain/config.ts';
import { createHttpAccount } from '../http-account.ts';
import { createRateLimiter, type RateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { ProviderDeps } from '../vendor.ts';
import { about } from './about.ts';
import type { OciClient } from './api.ts';
import { failureOf } from './failures.ts';
import { REQUEST_LIMITS } from './limits.ts';
import { settingsOf } from './settings.ts';
import { signed } from './sign.ts';

/** The version of the API, which is a part of every path. */
const VERSION = '20180115';

/** The calls of one account, and its request budget. Nothing is called yet; the key is read anew for every request. */
export const openClient = (
  config: ProviderConfig,
  deps: ProviderDeps,
): { readonly client: OciClient; readonly limiter: RateLimiter } => {
  const settings = settingsOf(config);
  const { clock, observe, policy, http: transport } = deps;
  const limiter = createRateLimiter(REQUEST_LIMITS, clock);
  const secret = secretReader(config, deps);
  const account = createHttpAccount({
    vendor: 'oci',
    transport,
    limiter,
    policy,
    clock,
    observe,
    authorised: async (request) => signed(request, settings, await secret('privateKey'), clock.now()),
    failureOf,
    // A key that is refused once is refused again.
    renews: false,
  });
  const endpoint = config.endpoint ?? (about.endpoint ?? '').replace('{region}', settings.region);
  const base = `${endpoint.replace(/\/$/, '')}/${VERSION}`;
  const parallel = () => limiter.parallel();
  return { client: { account, base, compartmentId: settings.compartmentId, parallel }, limiter };
};
