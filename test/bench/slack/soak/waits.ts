import { AsyncResource } from 'node:async_hooks';
import type { Clock } from '../../../../src/ports/clock.ts';

/** A clock that counts who sleeps on it: in virtual time these are what timers and open calls are in real time. */
export class CountingClock implements Clock {
  sleepers = 0;
  readonly #clock: Clock;
  /** Sleeps begin outside of whatever call is in flight, so that time stands still until that call has ended. */
  readonly #outside = new AsyncResource('sleep');

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleepers += 1;
    try {
      await this.#outside.runInAsyncScope(() => this.#clock.sleep(ms, signal));
    } finally {
      this.sleepers -= 1;
    }
  }
}
