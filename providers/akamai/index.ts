import { randomUUID } from 'node:crypto';
import { ProviderError } from '../errors.ts';
import { createHttpAccount } from '../http-account.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { OpenVendor } from '../vendor.ts';
import { about } from './about.ts';
import { failureOf, gtmApi } from './api.ts';
import { edgeGridHeader } from './edgegrid.ts';
import { RATE_LIMITS } from './limits.ts';
import { akamaiSteering } from './steering.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  if (config.endpoint === null) {
    throw new ProviderError(
      'rejected',
      `provider ${config.provider}: every Akamai API client has its own host; give it as \`endpoint\`, e.g. https://akab-….luna.akamaiapis.net`,
    );
  }
  const limiter = createRateLimiter(RATE_LIMITS, deps.clock);
  const secret = secretReader(config, deps);
  const account = createHttpAccount({
    vendor: about.vendor,
    transport: deps.http,
    limiter,
    policy: deps.policy,
    clock: deps.clock,
    observe: deps.observe,
    async authorised(request) {
      const credentials = {
        clientToken: await secret('clientToken'),
        clientSecret: await secret('clientSecret'),
        accessToken: await secret('accessToken'),
      };
      const authorization = edgeGridHeader(request, credentials, { nowMs: deps.clock.now(), nonce: randomUUID() });
      return { ...request, headers: { ...request.headers, authorization } };
    },
    failureOf,
    // A signature that was refused is refused the second time too.
    renews: false,
  });
  return {
    steering: akamaiSteering(gtmApi(account, config.endpoint)),
    records: null,
    limiter,
    check: null,
  };
};
