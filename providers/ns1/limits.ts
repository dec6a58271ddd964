import type { HttpResponse } from '../http.ts';
import type { RateLimiter, RateLimits } from '../rate-limit.ts';

/** 300 changes in 300 seconds. */
const CHANGES = { perSecond: 1, burst: 300 };

/**
 * NS1 counts each kind of request in a bucket of its own and says so in X-RateLimit-Limit, -Remaining and -Period: 900 reads
 * in 300 seconds, about 300 changes (ns1.com/api, "Rate limiting"). The headers of each answer are the truth: `slowDown`.
 */
export const NS1_LIMITS: RateLimits = {
  account: { perSecond: 3, burst: 900 },
  actions: {
    UpdateRecord: CHANGES,
    CreateRecord: CHANGES,
    DeleteRecord: CHANGES,
    CreateZone: CHANGES,
    UpdateZone: CHANGES,
    DeleteZone: CHANGES,
  },
};

/** Below this part of a bucket, others spend it too, or a limit is lower than the published one. */
const NEARLY_EMPTY = 0.1;

const numberIn = ({ headers }: HttpResponse, name: string): number | null => {
  const text = headers[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
};

/** Goes slower before NS1 says 429: halves the pace of an action whose bucket is nearly empty. */
export const slowDown = (limiter: Pick<RateLimiter, 'throttled'>, action: string, response: HttpResponse): void => {
  const limit = numberIn(response, 'x-ratelimit-limit');
  const remaining = numberIn(response, 'x-ratelimit-remaining');
  if (limit === null || remaining === null || remaining >= limit * NEARLY_EMPTY) return;
  limiter.throttled(action);
};
