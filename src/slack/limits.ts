import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';

const WINDOW_MS = 60_000;
const MOST_NAMES = 10_000;

/** How often within a minute. */
export interface RateLimits {
  /** Plans by one person: each reads the vendors and monitoring. */
  readonly plansByUser: number;
  readonly plansByChannel: number;
  /** Other questions by one person. */
  readonly looksByUser: number;
}

export const RATE_LIMITS: RateLimits = { plansByUser: 12, plansByChannel: 60, looksByUser: 60 };

/** Counts what people ask for within the last minute. A hold is never counted and never refused (design rule 10). */
export class Limiter {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #limits: RateLimits;
  readonly #times = new Map<string, readonly Instant[]>();

  constructor(clock: Pick<Clock, 'now'>, limits: RateLimits = RATE_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Null when it may go on; otherwise how long to wait, milliseconds. */
  plan(user: string, channel: string | null): number | null {
    const { plansByUser, plansByChannel } = this.#limits;
    const own = this.#wait(`plan ${user}`, plansByUser);
    const all = channel === null ? null : this.#wait(`channel ${channel}`, plansByChannel);
    if (own !== null || all !== null) return Math.max(own ?? 0, all ?? 0);
    this.#count(`plan ${user}`);
    if (channel !== null) this.#count(`channel ${channel}`);
    return null;
  }

  look(user: string): number | null {
    const wait = this.#wait(`look ${user}`, this.#limits.looksByUser);
    if (wait === null) this.#count(`look ${user}`);
    return wait;
  }

  #recent(name: string): readonly Instant[] {
    const after = this.#clock.now() - WINDOW_MS;
    return (this.#times.get(name) ?? []).filter((at) => at > after);
  }

  #wait(name: string, most: number): number | null {
    const recent = this.#recent(name);
    const oldest = recent.at(-most);
    return recent.length < most || oldest === undefined ? null : Math.max(1, oldest + WINDOW_MS - this.#clock.now());
  }

  #count(name: string): void {
    const times = [...this.#recent(name), this.#clock.now()];
    this.#times.delete(name);
    this.#times.set(name, times);
    for (const [oldest] of this.#times) {
      if (this.#times.size <= MOST_NAMES) return;
      this.#times.delete(oldest);
    }
  }
}
