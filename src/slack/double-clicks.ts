import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';

/** Longer than a double click, shorter than a second thought. */
const APART_MS = 1500;
const MOST_KEPT = 1000;

/** Two clicks of one finger are one: Slack delivers each with ids of its own. */
export class DoubleClicks {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #last = new Map<string, Instant>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  isSecond(click: string): boolean {
    const now = this.#clock.now();
    const before = this.#last.get(click);
    this.#last.delete(click);
    this.#last.set(click, now);
    for (const [oldest] of this.#last) {
      if (this.#last.size <= MOST_KEPT) break;
      this.#last.delete(oldest);
    }
    return before !== undefined && now - before < APART_MS;
  }
}
