import type { Clock } from '../ports/clock.ts';

/** Tells waits in the same process about an append at once. */
export class Bell {
  readonly #listeners = new Set<() => void>();

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ring(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

export interface Tail {
  readonly bell: Bell;
  readonly clock: Clock;
  /** Whether the event that is waited for exists. */
  readonly moved: () => boolean;
  /** How often to look for appends of other processes; null where every process shares this bell. */
  readonly pollMs: number | null;
}

/**
 * True as soon as `moved`, false after `ms`. Rejects with the signal's reason when aborted. The whole wait is one timer beside
 * the polling, so that late polls never stretch it.
 */
export const waitOnTail = async (tail: Tail, ms: number, signal: AbortSignal): Promise<boolean> => {
  signal.throwIfAborted();
  if (tail.moved()) return true;
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const rung = Promise.withResolvers<boolean>();
  const deaf = tail.bell.listen(() => {
    try {
      if (tail.moved()) rung.resolve(true);
    } catch (failure) {
      rung.reject(failure);
    }
  });
  const poll = async (everyMs: number): Promise<boolean> => {
    for (;;) {
      await tail.clock.sleep(everyMs, either);
      if (tail.moved()) return true;
    }
  };
  const late = tail.clock.sleep(ms, either).then(() => tail.moved());
  try {
    return await Promise.race([rung.promise, late, ...(tail.pollMs === null ? [] : [poll(tail.pollMs)])]);
  } finally {
    deaf();
    over.abort();
  }
};
