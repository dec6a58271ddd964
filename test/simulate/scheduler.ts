import type { Instant } from '../../src/domain/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { Timers } from '../../src/system/timers.ts';
import type { Dice } from './dice.ts';

/** Somebody who can be stopped in the middle of anything: a process, a person, the network. */
export interface Actor {
  readonly name: string;
  /** A crash: whatever it waits for never comes back. */
  isGone: boolean;
  /** A stall: nothing of it goes on before this instant, its timers and its answers neither. */
  stalledUntil: Instant;
}

export const actor = (name: string): Actor => ({ name, isGone: false, stalledUntil: Number.NEGATIVE_INFINITY });

/** Turns without time moving after which somebody must be running in circles. */
const MOST_TURNS_AT_ONE_INSTANT = 20_000;

/**
 * Decides who runs next, at every single call to a port. Everything that waits, waits on one heap of virtual time: who is
 * due first runs, and dice break ties. One thing runs at a time, so the same seed takes the same course every time.
 */
export class Scheduler implements Clock {
  readonly dice: Dice;
  readonly #timers = new Timers();
  #now: Instant;
  #turnsAtNow = 0;

  constructor(start: Instant, dice: Dice) {
    this.#now = start;
    this.dice = dice;
  }

  now(): Instant {
    return this.#now;
  }

  /** Calls `fire` after `ms`, or later when the actor is stalled then, or never when it is gone. Gives back how to cancel it. */
  after(who: Actor, ms: number, fire: () => void): () => void {
    let cancel = (): void => {};
    const set = (due: Instant): void => {
      // A fraction of a millisecond orders what is due at the same instant by chance.
      cancel = this.#timers.set(due + this.dice.next() / 2, () => {
        if (who.isGone) return;
        if (who.stalledUntil > this.#now) set(who.stalledUntil);
        else fire();
      });
    };
    if (ms !== Number.POSITIVE_INFINITY) set(this.#now + Math.max(0, ms));
    return () => cancel();
  }

  /** A point at which somebody else may run first. */
  pause(who: Actor, ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(who, ms, resolve);
    });
  }

  /** The clock as one actor sees it: its sleeps end late when it is stalled and never when it is gone. */
  clockOf(who: Actor): Clock {
    return {
      now: () => this.#now,
      sleep: (ms, signal) => this.#sleep(who, ms, signal),
    };
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#sleep(EVERYBODY, ms, signal);
  }

  /** Runs until `isOver`, or nothing is left to run, or virtual time passes `latest`; says which. */
  async run(isOver: () => boolean, latest: Instant): Promise<'over' | 'nothing-left' | 'too-late' | 'in-circles'> {
    for (;;) {
      await nextTurn();
      if (isOver()) return 'over';
      const due = this.#timers.nextDue();
      if (due === null) return 'nothing-left';
      if (Math.floor(due) > latest) return 'too-late';
      const now = Math.max(this.#now, Math.floor(due));
      this.#turnsAtNow = now > this.#now ? 0 : this.#turnsAtNow + 1;
      if (this.#turnsAtNow > MOST_TURNS_AT_ONE_INSTANT) return 'in-circles';
      this.#now = now;
      this.#timers.fireNext();
    }
  }

  async #sleep(who: Actor, ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (Number.isNaN(ms)) throw new RangeError('cannot sleep for NaN ms');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const cancel = this.after(who, ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      cancel();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    return promise;
  }
}

const EVERYBODY = actor('everybody');

/** Drains everything that needs no time. `setImmediate` from node:timers/promises costs three times as much. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
