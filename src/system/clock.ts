import { setTimeout as timeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** Node fires a longer timer after 1 ms instead (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args, 2026-11). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock on the wall. Sleeping runs on the monotonic clock, so that a corrected wall clock never stretches a wait. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal.throwIfAborted();
    if (Number.isNaN(ms)) throw new RangeError('cannot sleep for NaN ms');
    let leftMs = ms;
    do {
      try {
        await timeout(Math.max(0, Math.min(leftMs, LONGEST_TIMER_MS)), undefined, { signal });
      } catch (failure) {
        // Node wraps the reason in an AbortError; the port promises the reason itself.
        throw signal.aborted ? signal.reason : failure;
      }
      leftMs -= LONGEST_TIMER_MS;
    } while (leftMs > 0);
  },
};
