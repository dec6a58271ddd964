import type { RateLimits } from '../rate-limit.ts';

/**
 * steer's own measure. The vendor's limit is a quota per project and minute, which each project sees on its quota page and
 * nobody publishes for all; the pace halves itself when it is throttled.
 */
export const REQUEST_LIMITS: RateLimits = { account: { perSecond: 10, burst: 20 }, actions: {} };
