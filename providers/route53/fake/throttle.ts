import { Refusal } from './refusal.ts';

export type BucketSize = { readonly burst: number; readonly perSecond: number };

/** Token buckets of one account. A size left out is not limited. */
export type ThrottleScheme = {
  readonly account?: BucketSize;
  /** Every action has a bucket of its own of this size, unless `actions` names another. */
  readonly eachAction?: BucketSize;
  readonly actions?: Readonly<Record<string, BucketSize>>;
  /** Record changes a second over all batches; one `Change` costs one. */
  readonly changes?: BucketSize;
};

/** GetHealthCheckStatus and its sibling have had small buckets in both schemes. */
const STATUS_ACTIONS: Readonly<Record<string, BucketSize>> = {
  GetHealthCheckStatus: { burst: 4, perSecond: 1 },
  GetHealthCheckLastFailureReason: { burst: 4, perSecond: 1 },
};

/** Until 29 July 2026: five requests a second for the account (Developer Guide, "DNSLimitations"). */
export const OLD_THROTTLING: ThrottleScheme = { account: { burst: 5, perSecond: 5 }, actions: STATUS_ACTIONS };

/**
 * Since 30 July 2026 (Developer Guide, "throttling-api-requests"). The vendor has not published the size of the bucket for
 * record changes: 1,000 lets one full batch pass, and the refill is our guess.
 */
export const NEW_THROTTLING: ThrottleScheme = {
  account: { burst: 50, perSecond: 10 },
  eachAction: { burst: 50, perSecond: 10 },
  actions: {
    ...STATUS_ACTIONS,
    CreateHealthCheck: { burst: 50, perSecond: 0.5 },
    DeleteHealthCheck: { burst: 15, perSecond: 3 },
    CreateHostedZone: { burst: 40, perSecond: 2 },
  },
  changes: { burst: 1000, perSecond: 100 },
};

/** The same scheme where a second of the health checkers lasts `secondMs`: their status may be asked as often as they report. */
export const withStatusPace = (scheme: ThrottleScheme, secondMs: number): ThrottleScheme => {
  const paced = Object.entries(scheme.actions ?? {}).map(([action, size]) => {
    const isOfCheckers = Object.hasOwn(STATUS_ACTIONS, action);
    return [action, isOfCheckers ? { ...size, perSecond: (size.perSecond * 1000) / secondMs } : size] as const;
  });
  return { ...scheme, actions: Object.fromEntries(paced) };
};

type Bucket = { tokens: number; at: number };

/** Takes tokens, or refuses with the vendor's `Throttling`, which is HTTP 400 and not 429. */
export type Throttle = {
  readonly request: (account: string, action: string) => void;
  readonly changes: (account: string, count: number) => void;
};

export const createThrottle = (scheme: ThrottleScheme, now: () => number): Throttle => {
  const buckets = new Map<string, Bucket>();

  const filled = (key: string, size: BucketSize): Bucket => {
    const at = now();
    const old = buckets.get(key) ?? { tokens: size.burst, at };
    const gained = (Math.max(0, at - old.at) / 1000) * size.perSecond;
    const bucket = { tokens: Math.min(size.burst, old.tokens + gained), at };
    buckets.set(key, bucket);
    return bucket;
  };

  const take = (wanted: readonly (readonly [string, BucketSize | undefined, number])[]): void => {
    const taken = wanted.flatMap(([key, size, count]) =>
      size === undefined ? [] : [{ bucket: filled(key, size), count }],
    );
    // A refill in fractions may leave 0.9999999 of a token.
    if (taken.some(({ bucket, count }) => bucket.tokens + 1e-9 < count))
      throw new Refusal('Throttling', 400, 'Rate exceeded');
    for (const { bucket, count } of taken) bucket.tokens -= count;
  };

  return {
    request: (account, action) =>
      take([
        [account, scheme.account, 1],
        [`${account}|${action}`, scheme.actions?.[action] ?? scheme.eachAction, 1],
      ]),
    changes: (account, count) => take([[`${account}|changes`, scheme.changes, count]]),
  };
};
