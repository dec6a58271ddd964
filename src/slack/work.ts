import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';

/** What the bot has begun and not finished, so that stopping can wait for it. */
export class Work {
  readonly #under = new Set<Promise<unknown>>();
  #lastTurn: Promise<void> = Promise.resolve();
  #isDraining = false;

  /** From now on only holds are taken. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  get size(): number {
    return this.#under.size;
  }

  /**
   * Begins one task in each turn of the loop: whatever arrives while many wait is acknowledged before the next of them begins.
   * What is urgent (a hold, a form whose trigger lives three seconds) begins at once.
   */
  async track<T>(task: () => Promise<T>, { isUrgent = false } = {}): Promise<T> {
    const running = isUrgent ? task() : this.#inTurn(task);
    const quiet = running.catch(() => {});
    this.#under.add(quiet);
    try {
      return await running;
    } finally {
      this.#under.delete(quiet);
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    this.#lastTurn = this.#lastTurn.then(() => nextTurn());
    return this.#lastTurn.then(task);
  }

  /** Takes nothing new, and waits for what has begun, at most so long. */
  async drain(clock: Clock, ms: number): Promise<void> {
    this.#isDraining = true;
    const done = new AbortController();
    const all = Promise.all(this.#under).then(() => done.abort());
    await Promise.race([all, clock.sleep(ms, done.signal).catch(() => {})]);
    done.abort();
  }
}
