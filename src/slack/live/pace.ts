import type { Instant } from '../../domain/units.ts';

/** So many edits at once, and then one whenever another is earned: never more than 40 in any minute. */
const BURST = 10;
const EARNED_MS = 2000;
/** Kept for changes of state: edits that only keep a message true never use the last ones. */
const RESERVED = 4;

/** How often `chat.update` may be called in all, over all runs. Slack's own limit is 50 a minute and workspace. */
export class EditBudget {
  #left = BURST;
  #at: Instant = Number.NEGATIVE_INFINITY;

  /** When the next edit may be made. */
  readyAt(now: Instant, why: 'state' | 'figures'): Instant {
    this.#earn(now);
    const needed = why === 'state' ? 1 : 1 + RESERVED;
    const missing = needed - this.#left;
    return missing <= 0 ? now : this.#at + Math.ceil(missing * EARNED_MS);
  }

  /** Counted when the call has ended: Slack counts it no later. */
  spend(now: Instant): void {
    this.#earn(now);
    this.#left = Math.max(0, this.#left - 1);
  }

  #earn(now: Instant): void {
    const earned = this.#at === Number.NEGATIVE_INFINITY ? 0 : (now - this.#at) / EARNED_MS;
    this.#left = Math.min(BURST, this.#left + Math.max(0, earned));
    this.#at = now;
  }
}

/** Waits that grow from failure to failure, and differ from process to process, so that not all come back at once. */
export class Backoff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;
  #failures = 0;
  until: Instant = Number.NEGATIVE_INFINITY;

  constructor(firstMs: number, mostMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  failed(now: Instant): void {
    const waitMs = Math.min(this.#mostMs, this.#firstMs * 2 ** Math.min(20, this.#failures));
    this.#failures += 1;
    this.until = now + waitMs * (0.5 + this.#random() / 2);
  }

  worked(): void {
    this.#failures = 0;
    this.until = Number.NEGATIVE_INFINITY;
  }
}
