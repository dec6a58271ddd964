import type { ProviderConfig } from '../../src/domain/config.ts';
import type { RateLimits } from '../rate-limit.ts';

/**
 * Requests per account: 5 a second until 29 July 2026, a bucket of 50 that refills with 10 a second since 30 July 2026
 * (Developer Guide "throttling-api-requests"; older pages still say 5). `old` is the safe choice until the account is known
 * to be on the new scheme. GetHealthCheckStatus has 1 a second and a burst of 4 of its own. The second new bucket, for
 * record changes, has no published size: throttling tells, and the limiter slows down.
 */
export const requestLimits = (scheme: ProviderConfig['requestScheme']): RateLimits => ({
  account: scheme === 'new' ? { perSecond: 10, burst: 50 } : { perSecond: 5, burst: 5 },
  actions: { GetHealthCheckStatus: { perSecond: 1, burst: 4 } },
});
