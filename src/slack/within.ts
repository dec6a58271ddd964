import type { Clock } from '../ports/clock.ts';

/** What a promise gives within so many milliseconds; null when it takes longer or fails. */
export const within = async <T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | null> => {
  const done = new AbortController();
  const late = clock.sleep(ms, done.signal).then(
    () => null,
    () => null,
  );
  try {
    return await Promise.race([promise.catch(() => null), late]);
  } finally {
    done.abort();
  }
};
