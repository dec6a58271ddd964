import type { RateLimits } from '../rate-limit.ts';

/** steer's own measure: Oracle publishes no number for its DNS API. The pace halves itself when it is throttled. */
export const REQUEST_LIMITS: RateLimits = { account: { perSecond: 10, burst: 20 }, actions: {} };
