import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { ProviderError, type ProviderFailure } from './errors.ts';
import { RateLimited } from './rate-limit.ts';

export type Attempt<T> = (signal: AbortSignal) => Promise<T>;

/** How calls to one account are carried out. Made once per account and passed in; nothing else repeats a call. */
export interface CallPolicy {
  /** For calls without an effect: repeated on `throttled`, `busy` and `unavailable`. */
  read<T>(attempt: Attempt<T>, signal: AbortSignal): Promise<T>;
  /**
   * For calls with an effect: repeated only on `throttled` and `busy`, where the vendor has said that nothing happened.
   * A time-out is `unknown-outcome`.
   */
  write<T>(attempt: Attempt<T>, signal: AbortSignal): Promise<T>;
}

export interface PolicyOptions {
  /** One attempt, the wait for a token included. */
  readonly timeoutMs: number;
  /** Calls in flight per account; twice as many may queue. */
  readonly parallel: number;
  /** Repeats beyond the first attempt, and the longest waits before them, with jitter. */
  readonly repeats: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Failures in a row that open the circuit, and how long it stays open before one call tries again. */
  readonly breakAfter: number;
  readonly breakMs: number;
}

/**
 * 8 s hold the connection (2 s), the answer (5 s) and the wait for a token (1 s). The two repeats wait less than the one
 * second that may be hidden: a longer wait is a decision of the run and stands in the journal.
 */
export const USUAL_POLICY: PolicyOptions = {
  timeoutMs: 8000,
  parallel: 8,
  repeats: 2,
  firstWaitMs: 100,
  longestWaitMs: 400,
  breakAfter: 5,
  breakMs: 10_000,
};

const READ_AGAIN: ReadonlySet<ProviderFailure> = new Set(['busy', 'throttled', 'unavailable']);
const WRITE_AGAIN: ReadonlySet<ProviderFailure> = new Set(['busy', 'throttled']);
/** What says something about the vendor as a whole. A conflict or a refusal is an answer, and answers prove it alive. */
const VENDOR_IS_ILL: ReadonlySet<ProviderFailure> = new Set(['unavailable', 'unknown-outcome', 'unreadable']);

/** Ours to wait for, not the library's: the limiter has already said how long. */
const isOwnLimit = (error: unknown): boolean => error instanceof RateLimited;

const isOneOf = (kinds: ReadonlySet<ProviderFailure>) => (error: unknown) =>
  error instanceof ProviderError && !isOwnLimit(error) && kinds.has(error.kind);

const secondsText = (ms: number): string => `${ms / 1000} s`;

/** The library's own errors in our words. The circuit and the bulkhead refuse before anything is sent. */
const translated = (error: unknown, afterTimeout: ProviderFailure, options: PolicyOptions): unknown => {
  if (isTaskCancelledError(error)) {
    return new ProviderError(afterTimeout, `no answer within ${secondsText(options.timeoutMs)}`, { cause: error });
  }
  if (isBrokenCircuitError(error)) {
    const message = `not asked: ${options.breakAfter} calls in a row failed, and it is tried again every ${secondsText(options.breakMs)}`;
    return new ProviderError('unavailable', message, { cause: error });
  }
  if (isBulkheadRejectedError(error)) {
    return new ProviderError('busy', `not asked: ${options.parallel} calls to this account are in flight`, {
      cause: error,
    });
  }
  return error;
};

const repeating = (kinds: ReadonlySet<ProviderFailure>, { repeats, firstWaitMs, longestWaitMs }: PolicyOptions) =>
  retry(handleWhen(isOneOf(kinds)), {
    maxAttempts: repeats,
    backoff: new ExponentialBackoff({ initialDelay: firstWaitMs, maxDelay: longestWaitMs }),
  });

/** Time-out inside bulkhead inside circuit breaker inside retry, over the real clock: for the live mount only. */
export const guardedPolicy = (options: PolicyOptions = USUAL_POLICY): CallPolicy => {
  const breaker = circuitBreaker(
    handleWhen((error) => isTaskCancelledError(error) || isOneOf(VENDOR_IS_ILL)(error)),
    { halfOpenAfter: options.breakMs, breaker: new ConsecutiveBreaker(options.breakAfter) },
  );
  const room = bulkhead(options.parallel, options.parallel * 2);
  const once = wrap(breaker, room, timeout(options.timeoutMs, TimeoutStrategy.Aggressive));
  const run = <T>(
    kinds: ReadonlySet<ProviderFailure>,
    afterTimeout: ProviderFailure,
    attempt: Attempt<T>,
    signal: AbortSignal,
  ) =>
    repeating(kinds, options).execute(async (again) => {
      try {
        return await once.execute((inner) => attempt(inner.signal), again.signal);
      } catch (error) {
        throw translated(error, afterTimeout, options);
      }
    }, signal);
  return {
    read: (attempt, signal) => run(READ_AGAIN, 'unavailable', attempt, signal),
    write: (attempt, signal) => run(WRITE_AGAIN, 'unknown-outcome', attempt, signal),
  };
};

/** One attempt and nothing around it: the model and virtual mounts have no real clock to wait by. */
export const barePolicy: CallPolicy = {
  read: (attempt, signal) => attempt(signal),
  write: (attempt, signal) => attempt(signal),
};
