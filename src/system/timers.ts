import type { Instant } from '../domain/units.ts';

interface Timer {
  readonly due: Instant;
  /** Breaks ties: timers of one instant fire in the order in which they were set. */
  readonly serial: number;
  readonly fire: () => void;
  isCancelled: boolean;
}

const isSooner = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.serial < b.serial);

/** Timers of a clock that somebody else moves: a binary heap, since a fleet's simulation holds tens of thousands. */
export class Timers {
  readonly #heap: Timer[] = [];
  #serial = 0;
  #live = 0;

  /** Timers that are set and not cancelled. */
  get size(): number {
    return this.#live;
  }

  /** Gives back how to cancel it. */
  set(due: Instant, fire: () => void): () => void {
    const timer: Timer = { due, serial: this.#serial, fire, isCancelled: false };
    this.#serial += 1;
    this.#live += 1;
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return () => {
      if (timer.isCancelled) return;
      timer.isCancelled = true;
      this.#live -= 1;
      this.#sweep();
    };
  }

  /** When the next timer is due; null when none is set. */
  nextDue(): Instant | null {
    return this.#top()?.due ?? null;
  }

  /** Takes the next timer out and fires it. */
  fireNext(): void {
    const timer = this.#top();
    if (timer === undefined) return;
    this.#removeTop();
    timer.isCancelled = true;
    this.#live -= 1;
    timer.fire();
  }

  #top(): Timer | undefined {
    while (this.#heap[0]?.isCancelled === true) this.#removeTop();
    return this.#heap[0];
  }

  /** Cancelled timers leave when they reach the top; where they are most of the heap, at once, or long waits would pile up. */
  #sweep(): void {
    if (this.#heap.length < 64 || this.#live * 2 > this.#heap.length) return;
    const alive = this.#heap.filter(({ isCancelled }) => !isCancelled).sort((a, b) => (isSooner(a, b) ? -1 : 1));
    this.#heap.splice(0, this.#heap.length, ...alive);
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfSooner(at, parent)) return;
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
      if (left === undefined) return;
      const child = right !== undefined && isSooner(right, left) ? 2 * at + 2 : 2 * at + 1;
      if (!this.#swapIfSooner(child, at)) return;
      at = child;
    }
  }

  #swapIfSooner(child: number, parent: number): boolean {
    const [low, high] = [this.#heap[child], this.#heap[parent]];
    if (low === undefined || high === undefined || !isSooner(low, high)) return false;
    this.#heap[child] = high;
    this.#heap[parent] = low;
    return true;
  }
}

/** A sleep on such timers, as the Clock port promises it. A sleep without end sets no timer, so that nothing waits for it. */
export const sleepOn = (timers: Timers, due: Instant, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  if (Number.isNaN(due)) throw new RangeError('cannot sleep for NaN ms');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => {
    cancel();
    reject(signal.reason);
  };
  const wake = (): void => {
    signal.removeEventListener('abort', abort);
    resolve();
  };
  const cancel = due === Number.POSITIVE_INFINITY ? () => {} : timers.set(due, wake);
  signal.addEventListener('abort', abort, { once: true });
  return promise;
};
