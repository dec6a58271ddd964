import type { ProviderConfig } from '../../src/domain/config.ts';
import { createHttpAccount } from '../http-account.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { OpenVendor, ProviderDeps } from '../vendor.ts';
import { about, SETTINGS } from './about.ts';
import { createUltraApi } from './api.ts';
import { failureOf, normalised } from './failures.ts';
import { REQUEST_LIMITS } from './limits.ts';
import { ultraRecords } from './records.ts';
import { FORCE_WORDS, GUIDE_WORDS } from './states.ts';
import { ultraSteering } from './steering.ts';
import { createTokens } from './token.ts';

const opened = (config: ProviderConfig, deps: ProviderDeps) => {
  const { clock, policy, observe, http } = deps;
  const { account: accountName, prefix, zonesPrefix, states } = SETTINGS.parse(config.settings ?? {});
  const endpoint = (config.endpoint ?? about.endpoint ?? '').replace(/\/$/, '');
  const limiter = createRateLimiter(REQUEST_LIMITS, clock);
  const tokens = createTokens({
    url: `${endpoint}${prefix}/authorization/token`,
    secret: secretReader(config, deps),
    transport: http,
    limiter,
    clock,
    observe,
  });
  const account = createHttpAccount({
    vendor: about.vendor,
    transport: async (request, signal) => normalised(await http(request, signal)),
    limiter,
    policy,
    clock,
    observe,
    authorised: async (request, again, signal) => {
      const token = await tokens.bearer(again, signal);
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
    },
    failureOf,
    renews: true,
  });
  const api = createUltraApi({ account, clock, endpoint, prefix, zonesPrefix });
  return { api, limiter, accountName: accountName ?? null, words: states === 'force' ? FORCE_WORDS : GUIDE_WORDS };
};

export const openVendor: OpenVendor = async (config, _, deps) => {
  const { api, limiter, accountName, words } = opened(config, deps);
  return {
    steering: ultraSteering({ api, words }),
    records: ultraRecords({ api, accountName, words }),
    limiter,
    check: null,
  };
};
