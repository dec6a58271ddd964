import { ProviderError } from '../errors.ts';
import { createHttpAccount } from '../http-account.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { OpenVendor } from '../vendor.ts';
import { about, SETTINGS } from './about.ts';
import { balancerApi, cloudflareCalls, failureOf } from './api.ts';
import { RATE_LIMITS } from './limits.ts';
import { cloudflareRecords } from './records.ts';
import { cloudflareSteering } from './steering.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = SETTINGS.safeParse(config.settings ?? {});
  if (!settings.success) {
    const [issue] = settings.error.issues;
    const where = `provider ${config.provider}: settings.${issue?.path.join('.') ?? ''}`;
    throw new ProviderError('rejected', `${where}: ${issue?.message ?? 'is not as described'}`);
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
    authorised: async (request) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await secret('apiToken')}` },
    }),
    failureOf,
    // A refused token is refused the second time too.
    renews: false,
  });
  const calls = cloudflareCalls(account, config.endpoint ?? about.endpoint ?? '');
  const { accountId, sessionAffinity } = settings.data;
  const balancers = balancerApi(calls, accountId);
  return {
    steering: cloudflareSteering(balancers, { sessionAffinity: sessionAffinity ?? 'refuse' }),
    records: cloudflareRecords({ calls, balancers, accountId }),
    limiter,
    check: null,
  };
};
