import type { MemoryVendor } from '../../providers/memory/vendor.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Instant } from '../../src/domain/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** How a fleet of caches follows the answers: within one TTL after a change every cache has asked again. */
export class Caches {
  readonly #vendor: MemoryVendor;
  readonly #clock: Clock;
  #askedAt: Instant | null = null;
  readonly #history: { at: Instant; answers: Readonly<Record<string, number>> }[] = [];

  constructor(vendor: MemoryVendor, clock: Clock) {
    this.#vendor = vendor;
    this.#clock = clock;
  }

  share(ref: { zone: string; name: string; type: string }, member: string, ttlMs: number): number {
    const now = this.#clock.now();
    if (now !== this.#askedAt) {
      const answers = this.#vendor.answers(ref);
      const last = this.#history.at(-1);
      if (last === undefined || (last.answers !== answers && canonicalText(last.answers) !== canonicalText(answers)))
        this.#history.push({ at: now, answers });
      this.#askedAt = now;
    }
    let left = 1;
    let share = 0;
    for (const { at, answers: past } of this.#history.toReversed()) {
      const refreshed = Math.min(left, (now - at) / ttlMs);
      share += refreshed * (past[member] ?? 0);
      left -= refreshed;
    }
    return share + left * (this.#history[0]?.answers[member] ?? 0);
  }
}
