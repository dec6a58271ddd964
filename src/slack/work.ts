import type { Clock } from '../ports/clock.ts';

/** What the bot has begun and not finished, so that stopping can wait for it. */
export class Work {
  readonly #under = new Set<Promise<unknown>>();
  #isDraining = false;

  /** From now on only holds are taken. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  get size(): number {
    return this.#under.size;
  }

  async track<T>(task: () => Promise<T>): Promise<T> {
    const running = task();
    const quiet = running.catch(() => {});
    this.#under.add(quiet);
    try {
      return await running;
    } finally {
      this.#under.delete(quiet);
    }
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
