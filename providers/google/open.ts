import type { ProviderConfig } from '../../src/domain/config.ts';
import { createHttpAccount } from '../http-account.ts';
import { createRateLimiter, type RateLimiter } from '../rate-limit.ts';
import { barePolicy } from '../resilience.ts';
import { secretReader } from '../secrets.ts';
import type { ProviderDeps } from '../vendor.ts';
import { about } from './about.ts';
import { createApi, type GoogleApi } from './api.ts';
import { failureOf, tokenFailureOf } from './failures.ts';
import { REQUEST_LIMITS } from './limits.ts';
import type { Settings } from './settings.ts';
import { createTokenSource } from './token.ts';

/** The calls of one account, and its request budget. Nothing is called yet. */
export const openApi = (
  config: ProviderConfig,
  settings: Settings,
  deps: ProviderDeps,
): { readonly api: GoogleApi; readonly limiter: RateLimiter } => {
  const { clock, observe, policy, http: transport } = deps;
  const limiter = createRateLimiter(REQUEST_LIMITS, clock);
  const tokens = createTokenSource({
    identity: settings.identity ?? 'service-account-key',
    endpoint: settings.tokenEndpoint ?? null,
    secret: secretReader(config, deps),
    now: () => clock.now(),
    account: createHttpAccount({
      vendor: 'google',
      transport,
      limiter,
      // Inside the policy of the call that needs the token.
      policy: barePolicy,
      clock,
      observe,
      authorised: async (request) => request,
      failureOf: tokenFailureOf,
      renews: false,
    }),
  });
  const account = createHttpAccount({
    vendor: 'google',
    transport,
    limiter,
    policy,
    clock,
    observe,
    async authorised(request, again, signal) {
      const token = await tokens(again, signal);
      return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
    },
    failureOf,
    renews: true,
  });
  const endpoint = config.endpoint ?? about.endpoint ?? '';
  return {
    api: createApi(account, { endpoint, project: settings.project, parallel: () => limiter.parallel() }),
    limiter,
  };
};
