import type { RateLimits } from '../rate-limit.ts';

/**
 * A pace of our own: no number is published for `config-gtm` (the 60 updates a minute and domain that are belong to another
 * API, `gtm-load-data`). The vendor says 429 when it is too much, and the limiter halves its pace then.
 */
export const RATE_LIMITS: RateLimits = { account: { perSecond: 5, burst: 50 }, actions: {} };
