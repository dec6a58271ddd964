import type { Instant } from '../domain/units.ts';

/**
 * How many calls may go out now against a small quota, by instants that the caller gives: nothing here waits, because a
 * wait above a second is the run's decision. A clock that goes back earns nothing.
 */
export class PollBudget {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: Instant | null = null;

  constructor(limits: { readonly perSecond: number; readonly burst: number }) {
    this.#perSecond = limits.perSecond;
    this.#burst = limits.burst;
    this.#tokens = limits.burst;
  }

  /** Takes up to `wanted` and says how many were granted. */
  take(wanted: number, now: Instant): number {
    const elapsedMs = this.#at === null ? 0 : Math.max(0, now - this.#at);
    this.#at = Math.max(now, this.#at ?? now);
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSecond) / 1000);
    const granted = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= granted;
    return granted;
  }
}
