import type { Instant } from '../src/domain/units.ts';

/** `perSecond` tokens come back every second, at most `burst` are kept. */
export interface BucketLimits {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket at one instant. `tokens` below zero means that callers are waiting for tokens already promised to them. */
export interface Bucket {
  readonly limits: BucketLimits;
  readonly tokens: number;
  readonly at: Instant;
  /** The pace now: the published one, or less after throttling. */
  readonly perSecond: number;
  readonly slowedAt: Instant | null;
}

/** Slower than this would make a wait for one token longer than a second, which the limiter may not hide. */
const SLOWEST_PER_SECOND = 1;

/** One burst of refusals is one piece of news: halving once for each of 50 parallel calls would stop everything. */
const ONE_NEWS_MS = 1000;

/** A pace that was halved is back after about this long without throttling. */
const RECOVERY_MS = 60_000;

export const fullBucket = (limits: BucketLimits, at: Instant): Bucket => ({
  limits,
  tokens: limits.burst,
  at,
  perSecond: limits.perSecond,
  slowedAt: null,
});

/** The same bucket at a later instant. A clock that went back fills nothing. */
export const refilled = (bucket: Bucket, now: Instant): Bucket => {
  const elapsedMs = Math.max(0, now - bucket.at);
  return {
    ...bucket,
    at: Math.max(bucket.at, now),
    tokens: Math.min(bucket.limits.burst, bucket.tokens + (elapsedMs / 1000) * bucket.perSecond),
    // Additive increase: half of the published pace comes back in RECOVERY_MS.
    perSecond: Math.min(
      bucket.limits.perSecond,
      bucket.perSecond + (bucket.limits.perSecond / 2) * (elapsedMs / RECOVERY_MS),
    ),
  };
};

/** How long the next caller waits for its token, behind everybody who waits already. */
export const waitMsOf = (bucket: Bucket, now: Instant): number => {
  const { tokens, perSecond } = refilled(bucket, now);
  // Whole milliseconds, rounded up: a timer that fires a fraction early would find no token.
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
};

export const taken = (bucket: Bucket, now: Instant): Bucket => {
  const full = refilled(bucket, now);
  return { ...full, tokens: full.tokens - 1 };
};

export const givenBack = (bucket: Bucket): Bucket => ({
  ...bucket,
  tokens: Math.min(bucket.limits.burst, bucket.tokens + 1),
});

/** Multiplicative decrease, at most once a second; what was saved up is gone, because the vendor just said so. */
export const slowed = (bucket: Bucket, now: Instant): Bucket => {
  const full = refilled(bucket, now);
  if (full.slowedAt !== null && now - full.slowedAt < ONE_NEWS_MS) return full;
  return {
    ...full,
    tokens: Math.min(full.tokens, 0),
    perSecond: Math.max(Math.min(SLOWEST_PER_SECOND, full.limits.perSecond), full.perSecond / 2),
    slowedAt: now,
  };
};
