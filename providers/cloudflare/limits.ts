import type { RateLimits } from '../rate-limit.ts';

/**
 * 1200 requests in 5 minutes for each user or token; whoever goes beyond is blocked for the next 5 minutes
 * (https://developers.cloudflare.com/fundamentals/api/reference/limits/, 2026-04). The burst and five minutes of the pace
 * together stay below that in whatever five minutes one looks at.
 */
export const RATE_LIMITS: RateLimits = { account: { perSecond: 3.5, burst: 100 }, actions: {} };
