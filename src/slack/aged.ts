import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';

interface Kept<T> {
  readonly value: T;
  readonly at: Instant;
}

const MOST_KEPT = 5000;

/**
 * Answers that may be so old and no older. A young one is given as it is; later it is asked for anew, once for all who want
 * it, and the old one counts only while no newer one can be had.
 */
export class Aged<T> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ask: (key: string) => Promise<T>;
  readonly #freshMs: number;
  readonly #kept = new Map<string, Kept<T>>();
  readonly #asking = new Map<string, Promise<T>>();

  constructor(clock: Pick<Clock, 'now'>, freshMs: number, ask: (key: string) => Promise<T>) {
    this.#clock = clock;
    this.#freshMs = freshMs;
    this.#ask = ask;
  }

  /** Null when nobody could say and nothing young enough is known. Never throws. */
  async get(key: string, maximumAgeMs: number): Promise<T | null> {
    const fresh = this.known(key, Math.min(this.#freshMs, maximumAgeMs));
    if (fresh !== null) return fresh;
    const asking = this.#asking.get(key) ?? this.#fetch(key);
    try {
      return await asking;
    } catch {
      return this.known(key, maximumAgeMs);
    }
  }

  /** What is known without asking; null when it is too old. */
  known(key: string, maximumAgeMs: number): T | null {
    const kept = this.#kept.get(key);
    return kept !== undefined && this.#clock.now() - kept.at < maximumAgeMs ? kept.value : null;
  }

  /** What was told has changed. */
  forget(key: string): void {
    this.#kept.delete(key);
    this.#asking.delete(key);
  }

  #fetch(key: string): Promise<T> {
    const askedAt = this.#clock.now();
    const asking = this.#ask(key).then(
      (value) => {
        // An answer to a question from before a change is not the newest word.
        if (this.#asking.get(key) === asking) this.#keep(key, { value, at: askedAt });
        return value;
      },
      (error: unknown) => {
        if (this.#asking.get(key) === asking) this.#asking.delete(key);
        throw error;
      },
    );
    this.#asking.set(key, asking);
    return asking;
  }

  #keep(key: string, kept: Kept<T>): void {
    this.#asking.delete(key);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}
