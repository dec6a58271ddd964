import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../../src/domain/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { sleepOn, Timers } from '../../src/system/timers.ts';

/** 2026-01-05T10:00:00Z, a Monday morning: no test depends on the day on which it runs. */
export const MONDAY_MORNING: Instant = Date.UTC(2026, 0, 5, 10);

/** Turns of the event loop that let everything happen which a sleeper's waking sets off. */
const SETTLING_TURNS = 3;

/** Lets everything happen that needs no time. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < SETTLING_TURNS; turn += 1) await nextTurn();
};

/** A clock that stands until the test moves it. */
export class ManualClock implements Clock {
  readonly #timers = new Timers();
  #elapsed: Instant;
  #skewMs = 0;

  constructor(start: Instant = MONDAY_MORNING) {
    this.#elapsed = start;
  }

  now(): Instant {
    return this.#elapsed + this.#skewMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await sleepOn(this.#timers, this.#elapsed + Math.max(0, ms), signal);
  }

  /** How many sleep now. */
  get sleepers(): number {
    return this.#timers.size;
  }

  /** Moves time, waking sleepers one by one at their own instants, those too that fall asleep on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (let due = this.#timers.nextDue(); due !== null && due <= end; due = this.#timers.nextDue()) {
      this.#elapsed = Math.max(this.#elapsed, due);
      this.#timers.fireNext();
      await settle();
    }
    this.#elapsed = end;
  }

  /** Sets the wall clock forward or back without letting time pass, as an administrator or NTP does. */
  skew(ms: number): void {
    this.#skewMs += ms;
  }

  /** Lets the code run until at least `count` sleep; fails loudly instead of hanging. */
  async untilSleeping(count = 1): Promise<void> {
    for (let turn = 0; turn < 1000; turn += 1) {
      if (this.sleepers >= count) return;
      await nextTurn();
    }
    throw new Error(`expected ${count} sleepers, found ${this.sleepers}`);
  }
}
