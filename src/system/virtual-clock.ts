import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';
import { sleepOn, Timers } from './timers.ts';

/** Why virtual time cannot go on. */
export type StandstillKind =
  /** No timer, no call in flight, and still not finished: something waits for what nobody will do. */
  | 'deadlock'
  /** A call in flight has not moved for `stuckAfterMs` of real time. */
  | 'stuck'
  /** Virtual time would pass the latest instant that the caller allowed. */
  | 'too-late';

export class Standstill extends Error {
  override readonly name = 'Standstill';
  readonly kind: StandstillKind;

  constructor(kind: StandstillKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A call that virtual time waits for. While it sleeps on this clock itself, time may go on, or it would wait for itself. */
interface Call {
  readonly what: string;
  readonly outer: Call | undefined;
  sleepers: number;
}

export interface VirtualClockOptions {
  /** Real milliseconds after which a call in flight counts as stuck; 10,000 where left out. */
  readonly stuckAfterMs?: number;
}

/**
 * Turns of the event loop before time may jump. One drains promises and ticks; streams and lazily opened things hop a few
 * times more. Work that needs longer belongs in `busy`.
 */
const SETTLING_TURNS = 4;

/**
 * A clock whose time jumps to the next timer as soon as nothing else can happen: hours pass in milliseconds, and the same
 * program takes the same course every time. Time stands still while a call given to `busy` is in flight.
 */
export class VirtualClock implements Clock {
  readonly #timers = new Timers();
  readonly #calls = new Set<Call>();
  readonly #current = new AsyncLocalStorage<Call>();
  readonly #stuckAfterMs: number;
  #now: Instant;
  #tellChange: () => void = () => {};

  constructor(start: Instant, { stuckAfterMs = 10_000 }: VirtualClockOptions = {}) {
    this.#now = start;
    this.#stuckAfterMs = stuckAfterMs;
  }

  now(): Instant {
    return this.#now;
  }

  /** Calls that hold time still; those that sleep on this clock do not. */
  get inFlight(): number {
    return this.#awake().length;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const asleep: Call[] = [];
    for (let call = this.#current.getStore(); call !== undefined; call = call.outer) asleep.push(call);
    for (const call of asleep) call.sleepers += 1;
    this.#tellChange();
    try {
      await sleepOn(this.#timers, this.#now + Math.max(0, ms), signal);
    } finally {
      for (const call of asleep) call.sleepers -= 1;
    }
  }

  /** Holds time still until `work` has settled: for everything that really takes time, such as a socket, a file or an import. */
  async busy<T>(what: string, work: () => Promise<T>): Promise<T> {
    const call: Call = { what, outer: this.#current.getStore(), sleepers: 0 };
    this.#calls.add(call);
    try {
      return await this.#current.run(call, work);
    } finally {
      this.#calls.delete(call);
      this.#tellChange();
    }
  }

  /**
   * Moves time until `main` has settled, and settles the same way. Throws a Standstill when that cannot happen, or would happen
   * after `latest` only. Timers that are left over then never fire.
   */
  async run<T>(main: Promise<T>, latest: Instant = Number.POSITIVE_INFINITY): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
      this.#tellChange();
    };
    main.then(settle, settle);
    for (;;) {
      await this.#quiet(() => isSettled);
      if (isSettled) return main;
      this.#jump(latest);
    }
  }

  /** Returns once nothing can happen without time going on, or `isOver`. */
  async #quiet(isOver: () => boolean): Promise<void> {
    for (let quietTurns = 0; quietTurns < SETTLING_TURNS && !isOver(); quietTurns += 1) {
      await nextTurn();
      while (this.inFlight > 0 && !isOver()) {
        quietTurns = 0;
        await this.#change();
      }
    }
  }

  /** Waits in real time for a call in flight to end or to fall asleep. */
  #change(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const names = this.#awake().map(({ what }) => what);
        reject(
          this.#standstill('stuck', `no change for ${this.#stuckAfterMs} ms while in flight: ${names.join(', ')}`),
        );
      }, this.#stuckAfterMs);
      this.#tellChange = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  #jump(latest: Instant): void {
    const due = this.#timers.nextDue();
    if (due === null)
      throw this.#standstill('deadlock', 'no timer is set, nothing is in flight, and the work is not done');
    if (due > latest) throw this.#standstill('too-late', 'the next timer is due after the latest instant allowed');
    this.#now = Math.max(this.#now, due);
    this.#timers.fireNext();
  }

  #awake(): Call[] {
    return [...this.#calls].filter(({ sleepers }) => sleepers === 0);
  }

  #standstill(kind: StandstillKind, why: string): Standstill {
    return new Standstill(kind, `virtual time stands at ${this.#now} (milliseconds since 1970): ${why}`);
  }
}
