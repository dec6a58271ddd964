/** What a method costs: a tier of so many calls a minute and workspace, or nothing. */
export type Tier = 1 | 2 | 3 | 4 | 'special';

/**
 * Calls a minute and workspace (https://docs.slack.dev/apis/web-api/rate-limits, November 2026). Slack says "50+" and
 * is lenient with bursts; here the figure is the limit. `special` stands for several hundred.
 */
const PER_MINUTE: Readonly<Record<Tier, number>> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 };
/** `chat.postMessage` is limited by channel, and by the whole workspace at "several hundred" a minute. */
const POSTS_PER_MINUTE = 300;
const MINUTE_MS = 60_000;

interface Bucket {
  tokens: number;
  refilledAt: number;
}

export interface RateLimitOptions {
  /** `chat.postMessage` in one channel: so many may come at once; then one a second. */
  readonly postBurst: number;
}

export interface RateLimits {
  /** Null when the call may go on; otherwise the whole seconds after which it may come again. */
  take(method: string, tier: Tier): number | null;
  takePost(channel: string): number | null;
}

export const createRateLimits = (now: () => number, options: RateLimitOptions): RateLimits => {
  const buckets = new Map<string, Bucket>();

  const take = (key: string, capacity: number, perMinute: number): number | null => {
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: capacity, refilledAt: at };
    buckets.set(key, bucket);
    const earned = (Math.max(0, at - bucket.refilledAt) * perMinute) / MINUTE_MS;
    bucket.tokens = Math.min(capacity, bucket.tokens + earned);
    bucket.refilledAt = at;
    // Tokens are earned in fractions, and a caller who waited exactly as long as he was told must not be sent back.
    if (bucket.tokens < 1 - 1e-9) return Math.max(1, Math.ceil(((1 - bucket.tokens) * MINUTE_MS) / perMinute / 1000));
    bucket.tokens -= 1;
    return null;
  };

  return {
    take: (method, tier) => take(method, PER_MINUTE[tier], PER_MINUTE[tier]),
    takePost: (channel) =>
      take(`post ${channel}`, options.postBurst, 60) ?? take('post', POSTS_PER_MINUTE, POSTS_PER_MINUTE),
  };
};
