import type { RateLimits } from '../rate-limit.ts';

/**
 * UltraDNS throttles with 429 and publishes no number (its own Go SDK waits a second and tries three times more). Chosen, not
 * known: 5 a second with a burst of 10, and half of that for a while after every 429.
 */
export const REQUEST_LIMITS: RateLimits = { account: { perSecond: 5, burst: 10 }, actions: {} };

/** "Invalid Page Limit" (error 22000) above it: REST API guide, "SiteBacker and Traffic Controller Pools API". */
export const LARGEST_PAGE = 1000;
