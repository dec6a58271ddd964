import { ProviderError, type ProviderFailure } from '../../providers/errors.ts';
import type { Landed, Steering } from '../../providers/steering.ts';
import type { SetId } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { Lease } from '../../src/ports/lease.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { type Actor, actor, type Scheduler } from './scheduler.ts';

/** How likely things go wrong now; probabilities of one call. */
export interface Weather {
  /** The process dies right here. */
  crash: number;
  /** The process stalls here, for as long as a garbage collection, a suspended machine or a debugger takes. */
  stall: number;
  throttled: number;
  unavailable: number;
  /** The answer is lost: before the effect, or after it. */
  lost: number;
  /** No answer ever comes; the effect happens or not. */
  hang: number;
  /** The request stays on the wire for longer than anybody waits. */
  late: number;
}

export const CALM: Weather = {
  crash: 0,
  stall: 0,
  throttled: 0,
  unavailable: 0,
  lost: 0,
  hang: 0,
  late: 0,
};

/** Lengths of a stall: a breath, longer than a lease, longer than a commit window, longer than a bake. */
const STALLS_MS = [500, 4_000, 16_000, 30_000, 120_000, 600_000] as const;

const LATE_MS = [8_000, 15_000, 60_000, 400_000] as const;

/** Told of every write as it leaves its process. */
export type SendWatch = (sets: readonly SetId[], epoch: number) => void;

/** The ports of one process, each call of which is a point where somebody else may run, and where this one may die. */
export class SeededPorts {
  readonly #scheduler: Scheduler;
  readonly #process: Actor;
  readonly #weather: () => Weather;
  readonly #sent: SendWatch;

  constructor(scheduler: Scheduler, process: Actor, weather: () => Weather, sent: SendWatch) {
    this.#sent = sent;
    this.#scheduler = scheduler;
    this.#process = process;
    this.#weather = weather;
  }

  get clock(): Clock {
    return this.#scheduler.clockOf(this.#process);
  }

  /** One point of the process: it may be overtaken, stall or die here. */
  async point(): Promise<void> {
    const { dice } = this.#scheduler;
    const weather = this.#weather();
    if (dice.chance(weather.crash)) this.#process.isGone = true;
    else if (dice.chance(weather.stall)) {
      this.#process.stalledUntil = this.#scheduler.now() + dice.pick(STALLS_MS);
    }
    await this.#scheduler.pause(this.#process, dice.chance(0.9) ? 0 : dice.between(1, 300));
  }

  async #around<T>(call: () => Promise<T>): Promise<T> {
    await this.point();
    try {
      return await call();
    } finally {
      await this.point();
    }
  }

  journal(inner: Journal): Journal {
    return {
      store: inner.store,
      append: (append) => this.#around(() => inner.append(append)),
      read: (stream, after) => this.#around(() => inner.read(stream, after)),
      readAll: (after, limit) => this.#around(() => inner.readAll(after, limit)),
      wait: (after, ms, signal) => this.#around(() => inner.wait(after, ms, signal)),
    };
  }

  lease(inner: Lease): Lease {
    return {
      acquire: (holder, ms) => this.#around(() => inner.acquire(holder, ms)),
      renew: (held, ms) => this.#around(() => inner.renew(held, ms)),
      release: (held) => this.#around(() => inner.release(held)),
      holder: () => this.#around(() => inner.holder()),
    };
  }

  probe(inner: Probe): Probe {
    return { read: (signals, now, signal) => this.#around(() => inner.read(signals, now, signal)) };
  }

  steering(inner: Steering): Steering {
    return {
      capabilities: inner.capabilities,
      read: (refs, signal) => this.#call('read', () => inner.read(refs, signal), signal),
      replace: (write, signal): Promise<Landed> => {
        this.#sent(
          write.changes.map(({ ref }) => ref.set),
          write.fence.leaves.epoch,
        );
        return this.#call('write', () => inner.replace(write, new AbortController().signal), signal);
      },
      propagation: (changes, signal) => this.#call('read', () => inner.propagation(changes, signal), signal),
    };
  }

  /**
   * A request and its answer. Once it has left, what becomes of it is the network's: it arrives though the process stalls
   * or dies, and when the caller gives up it may arrive all the same.
   */
  async #call<T>(kind: 'read' | 'write', effect: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { dice } = this.#scheduler;
    const weather = this.#weather();
    await this.point();
    const wire = actor(`request of ${this.#process.name}`);
    const sent = async (): Promise<T> => {
      const late = dice.chance(weather.late);
      await this.#scheduler.pause(wire, late ? dice.pick(LATE_MS) : dice.between(5, 250));
      if (dice.chance(weather.throttled)) throw refusal('throttled');
      if (dice.chance(weather.unavailable)) throw refusal('unavailable');
      const unknown = kind === 'write' ? 'unknown-outcome' : 'unavailable';
      const isLost = dice.chance(weather.lost);
      const hangs = dice.chance(weather.hang);
      const without = (isLost || hangs) && dice.chance(0.5);
      const result = without ? null : await effect();
      if (hangs) return new Promise<T>(() => {});
      await this.#scheduler.pause(wire, dice.between(1, 100));
      if (isLost || result === null) throw refusal(unknown);
      return result;
    };
    try {
      return await untilAborted(sent(), signal, kind);
    } finally {
      await this.point();
    }
  }
}

const refusal = (kind: ProviderFailure): ProviderError => new ProviderError(kind, `the weather made it ${kind}`);

/** What a client does at its deadline: it stops waiting. Whether the request arrives is none of its business. */
const untilAborted = <T>(answer: Promise<T>, signal: AbortSignal, kind: 'read' | 'write'): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(refusal(kind === 'write' ? 'unknown-outcome' : 'unavailable'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
