import type { Instant } from '../src/domain/units.ts';
import type { Clock } from '../src/ports/clock.ts';
import { ProviderError } from './errors.ts';
import { type Bucket, type BucketLimits, fullBucket, givenBack, slowed, taken, waitMsOf } from './token-bucket.ts';

/**
 * Longest wait that the limiter takes upon itself. Anything longer is a decision of the run and stands in the journal, so
 * the caller is told instead.
 */
const LONGEST_HIDDEN_WAIT_MS = 1000;

/** Thrown when a token is further away than one second. Nothing was sent. `waitMs` says when to ask again. */
export class RateLimited extends ProviderError {
  readonly waitMs: number;

  constructor(action: string, waitMs: number) {
    super(
      'throttled',
      `${action} has to wait ${Math.ceil(waitMs)} ms for this account's request budget; ask again then`,
    );
    this.waitMs = waitMs;
  }
}

export interface RateLimits {
  /** Shared by every action of the account. */
  readonly account: BucketLimits;
  /** Actions with a bucket of their own, which they drain beside the account's. */
  readonly actions: Readonly<Record<string, BucketLimits>>;
}

export interface RateLimiter {
  /**
   * Takes one token for `action`, waiting at most one second for it, first come first served. Throws `RateLimited` when it
   * is further away and the signal's reason when aborted; then no token is used up.
   *
   * A step with many batches needs no longer wait than this: no more writes are under way at once than `parallel` says (200
   * zones at 5 a second are 200 waits of 200 ms for one after the other).
   */
  take(action: string, signal: AbortSignal): Promise<void>;
  /**
   * The vendor throttled although a token was there: somebody else spends the same budget, or a limit is hit that nobody
   * has published. Halves the pace of the action's own bucket where it has one, else of the whole account.
   */
  throttled(action: string): void;
  /** How many callers may ask at the same time without the last one waiting longer than one second; at least 1. */
  parallel(): number;
}

/** One limiter per account, in front of everything that calls it. */
export const createRateLimiter = (limits: RateLimits, clock: Clock): RateLimiter => {
  const started = clock.now();
  let account: Bucket = fullBucket(limits.account, started);
  const own = new Map(Object.entries(limits.actions).map(([action, its]) => [action, fullBucket(its, started)]));

  const waitMsFor = (action: string, now: Instant): number => {
    const bucket = own.get(action);
    return Math.max(waitMsOf(account, now), bucket === undefined ? 0 : waitMsOf(bucket, now));
  };

  const change = (action: string, how: (bucket: Bucket) => Bucket): void => {
    account = how(account);
    const bucket = own.get(action);
    if (bucket !== undefined) own.set(action, how(bucket));
  };

  return {
    async take(action, signal) {
      signal.throwIfAborted();
      const now = clock.now();
      const waitMs = waitMsFor(action, now);
      if (waitMs > LONGEST_HIDDEN_WAIT_MS) throw new RateLimited(action, waitMs);
      change(action, (bucket) => taken(bucket, now));
      if (waitMs === 0) return;
      try {
        await clock.sleep(waitMs, signal);
      } catch (cause) {
        change(action, givenBack);
        throw cause;
      }
    },
    throttled(action) {
      const bucket = own.get(action);
      if (bucket === undefined) account = slowed(account, clock.now());
      else own.set(action, slowed(bucket, clock.now()));
    },
    parallel() {
      return Math.max(1, Math.floor(account.perSecond * (LONGEST_HIDDEN_WAIT_MS / 1000)));
    },
  };
};
