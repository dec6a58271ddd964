import type { ProviderConfig } from '../../src/domain/config.ts';
import type { RateLimits } from '../rate-limit.ts';

const STATUS = { GetHealthCheckStatus: { perSecond: 1, burst: 4 } };

/**
 * Requests per account: 5 a second until 29 July 2026; since 30 July 2026 a bucket of 50 that refills with 10 a second, and
 * one of that size for each action (Developer Guide "throttling-api-requests"; older pages still say 5). `old` is the safe
 * choice until the account is known to be on the new scheme. GetHealthCheckStatus has 1 a second and a burst of 4.
 *
 * The new bucket for record changes has no published size. A write that meets it is throttled and slows writes down, not
 * the reads that judge the world meanwhile: that is why writes have a bucket of their own here.
 */
export const requestLimits = (scheme: ProviderConfig['requestScheme']): RateLimits =>
  scheme === 'old'
    ? { account: { perSecond: 5, burst: 5 }, actions: STATUS }
    : {
        account: { perSecond: 10, burst: 50 },
        actions: { ...STATUS, ChangeResourceRecordSets: { perSecond: 10, burst: 50 } },
      };
