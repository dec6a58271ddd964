import type { ProviderConfig } from '../../src/domain/config.ts';
import { createHttpAccount, type HttpAccount } from '../http-account.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { ProviderDeps } from '../vendor.ts';
import { ns1Failure } from './failures.ts';
import { slowDown } from './limits.ts';

/** Calls to NS1, each with the key as it is now; the pace follows what NS1 says of its buckets. */
export const openAccount = (
  config: ProviderConfig,
  limiter: RateLimiter,
  { clock, observe, policy, http, ...deps }: ProviderDeps,
): HttpAccount => {
  const read = secretReader(config, deps);
  const account = createHttpAccount({
    vendor: 'ns1',
    transport: http,
    limiter,
    policy,
    clock,
    observe,
    authorised: async (request) => ({
      ...request,
      headers: { ...request.headers, 'x-nsone-key': await read('apiKey') },
    }),
    failureOf: ns1Failure,
    // A key that was refused stays refused.
    renews: false,
  });
  const exchange: HttpAccount['exchange'] = async (call, signal) => {
    const told = await account.exchange(call, signal);
    slowDown(limiter, call.action, told.response);
    return told;
  };
  return { exchange, call: async (call, signal) => (await exchange(call, signal)).body };
};
