import type { ProviderConfig } from '../../src/domain/config.ts';
import { createHttpAccount, type HttpAccount } from '../http-account.ts';
import { createRateLimiter, type RateLimiter } from '../rate-limit.ts';
import { barePolicy } from '../resilience.ts';
import { secretReader } from '../secrets.ts';
import type { ProviderDeps } from '../vendor.ts';
import { armFailure, loginFailure } from './failures.ts';
import { LOGIN_LIMITS } from './limits.ts';
import type { AzureSettings } from './settings.ts';
import { createTokenSource } from './token.ts';

/** Calls to Resource Manager, each with a bearer token; after a 401 a new token is fetched once. */
export const openAccount = (
  config: ProviderConfig,
  settings: AzureSettings,
  limiter: RateLimiter,
  { clock, observe, policy, http, ...deps }: ProviderDeps,
): HttpAccount => {
  const read = secretReader(config, deps);
  const common = { vendor: 'azure', transport: http, clock, observe };
  const login = createHttpAccount({
    ...common,
    limiter: createRateLimiter(LOGIN_LIMITS, clock),
    // Inside a call that has its own: a second one around it would wait for a place that the first one holds.
    policy: barePolicy,
    authorised: async (request) => request,
    failureOf: loginFailure,
    renews: false,
  });
  const bearer = createTokenSource({ settings, secret: () => read('clientSecret'), login, clock });
  return createHttpAccount({
    ...common,
    limiter,
    policy,
    authorised: async (request, again, signal) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await bearer(again, signal)}` },
    }),
    failureOf: armFailure,
    renews: true,
  });
};
