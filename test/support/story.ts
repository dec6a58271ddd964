import type { Steering, SteeringWrite } from '../../providers/steering.ts';
import type { RunId } from '../../src/domain/ids.ts';
import { entriesOf } from '../../src/domain/records.ts';
import type { ExecutorDeps, ExecutorOptions } from '../../src/executor/deps.ts';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import type { Append, Appended, Journal, StoredEvent } from '../../src/ports/journal.ts';
import type { Lease } from '../../src/ports/lease.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { isEnded, type Run } from '../../src/run/state.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { APPROVER, OPERATOR } from './fleet-config.ts';
import { MONDAY_MORNING } from './manual-clock.ts';
import { buildModel, type Model, type ModelOptions } from './model.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** What happens around the calls of one process; whoever does not resolve has stopped it there. */
export interface Hooks {
  readonly beforeAppend?: (append: Append) => Promise<void>;
  readonly afterAppend?: (append: Append, appended: Appended) => Promise<void>;
  readonly beforeWrite?: (write: SteeringWrite) => Promise<void>;
  readonly afterWrite?: (write: SteeringWrite) => Promise<void>;
}

/** A promise that nobody ever settles: a process that stops here has crashed. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

const hookedJournal = (inner: Journal, hooks: Hooks): Journal => ({
  store: inner.store,
  read: (stream, after) => inner.read(stream, after),
  readAll: (after, limit) => inner.readAll(after, limit),
  wait: (after, ms, signal) => inner.wait(after, ms, signal),
  append: async (append) => {
    await hooks.beforeAppend?.(append);
    const appended = await inner.append(append);
    await hooks.afterAppend?.(append, appended);
    return appended;
  },
});

const hookedSteering = (inner: Steering, hooks: Hooks): Steering => ({
  capabilities: inner.capabilities,
  read: (refs, signal) => inner.read(refs, signal),
  propagation: (changes, signal) => inner.propagation(changes, signal),
  replace: async (write, signal) => {
    await hooks.beforeWrite?.(write);
    const landed = await inner.replace(write, signal);
    await hooks.afterWrite?.(write);
    return landed;
  },
});

/** A process that stands still in one call stands still as a whole: it renews no lease meanwhile. */
const stalling = (hooks: Hooks): { readonly stalls: () => Promise<void>; readonly wrapped: Hooks } => {
  let stalled: Promise<unknown> = Promise.resolve();
  const around =
    <A extends readonly unknown[]>(hook: ((...args: A) => Promise<void>) | undefined) =>
    (...args: A): Promise<void> => {
      const done = hook?.(...args) ?? Promise.resolve();
      stalled = done.catch(() => {});
      return done;
    };
  return {
    stalls: async () => void (await stalled),
    wrapped: {
      beforeAppend: around(hooks.beforeAppend),
      afterAppend: around(hooks.afterAppend),
      beforeWrite: around(hooks.beforeWrite),
      afterWrite: around(hooks.afterWrite),
    },
  };
};

const stallingLease = (inner: Lease, stalls: () => Promise<void>): Lease => ({
  acquire: (holder, ms) => inner.acquire(holder, ms),
  renew: async (held, ms) => {
    await stalls();
    return inner.renew(held, ms);
  },
  release: (held) => inner.release(held),
  holder: () => inner.holder(),
});

/** One story in one model: what people and nature do around executors, in virtual time. */
export class Story {
  readonly clock: VirtualClock;
  readonly end = new AbortController();
  readonly model: Model;
  readonly #tail: FleetTail;
  #processes = 0;

  constructor(clock: VirtualClock, model: Model) {
    this.clock = clock;
    this.model = model;
    this.#tail = new FleetTail(model.store.journal);
  }

  /** Starts another process. It runs until the story ends, or until nothing is left to do. */
  process(hooks: Hooks = {}, options: Partial<ExecutorOptions> = {}, deps: Partial<ExecutorDeps> = {}): Promise<void> {
    this.#processes += 1;
    const { journal, lease } = this.model.deps();
    const { stalls, wrapped } = stalling(hooks);
    const hooked = new Map([...this.model.steerings].map(([id, steering]) => [id, hookedSteering(steering, wrapped)]));
    const executor = this.model.executor(
      { untilIdle: false, ...options },
      {
        journal: hookedJournal(journal, wrapped),
        lease: stallingLease(lease, stalls),
        steering: (provider) => hooked.get(provider),
        holder: `process-${this.#processes}`,
        ...deps,
      },
    );
    return executor.run(this.end.signal);
  }

  sleep(ms: number): Promise<void> {
    return this.clock.sleep(ms, this.end.signal);
  }

  /** Waits until the run is as asked; fails when it is not within `withinMs`, saying how it is instead. */
  async until(id: RunId, isSo: (run: Run) => boolean, withinMs: number = 2 * HOUR): Promise<Run> {
    const latest = this.clock.now() + withinMs;
    for (;;) {
      await this.#tail.catchUp();
      const run = this.#tail.run(id);
      if (isSo(run)) return run;
      const { position } = this.#tail.view;
      if (await this.model.store.journal.wait(position, latest - this.clock.now(), this.end.signal)) continue;
      const hold = JSON.stringify(run.engineHold ?? run.personHold ?? run.ended);
      throw new Error(`${id} is ${phaseOf(run).words} at step ${run.steps.length} after all that time: ${hold}`);
    }
  }

  ended(id: RunId, withinMs: number = 4 * HOUR): Promise<Run> {
    return this.until(id, isEnded, withinMs);
  }

  async phase(id: RunId): Promise<string> {
    return phaseOf(await this.model.run(id)).words;
  }

  ask(id: RunId, type: 'hold.asked' | 'resume.asked' | 'stop.asked' | 'rollback.asked'): Promise<void> {
    const data = { by: OPERATOR, door: 'test', because: 'the story wants it' };
    const event: RunEvent = type === 'resume.asked' ? { type, data } : { type, data };
    return this.model.ask(id, event);
  }

  approve(id: RunId, digest: string): Promise<void> {
    return this.model.ask(id, { type: 'approval.given', data: { by: APPROVER, door: 'test', digest, solo: false } });
  }

  /** Events of a run, oldest first. */
  async events(id: RunId): Promise<readonly (StoredEvent & RunEvent)[]> {
    const stored = await this.model.store.journal.read(`run/${id}`, 0);
    return stored.map((event) => event as StoredEvent & RunEvent);
  }

  /** Weights at the vendor, by set and member. */
  weights(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const sets = this.model.config.services.flatMap((service) => service.sets);
    return Object.fromEntries(
      sets.map(({ ref, members }) => {
        const { records } = this.model.vendor.zone(ref.zone);
        const own = entriesOf<never, string>(members).map(([, member]) => {
          const key = `${ref.name} ${ref.type} ${member}`;
          return [member, records.get(key)?.weight ?? -1] as const;
        });
        return [ref.set, Object.fromEntries(own)] as const;
      }),
    );
  }
}

/** Tells a story in a fresh model, in virtual time of at most a day and a half. */
export const tell = async <T>(options: ModelOptions, story: (story: Story) => Promise<T>): Promise<T> => {
  const clock = new VirtualClock(MONDAY_MORNING);
  const told = async (): Promise<T> => {
    const one = new Story(clock, await buildModel(clock, options));
    try {
      return await story(one);
    } finally {
      one.end.abort();
    }
  };
  return clock.run(told(), MONDAY_MORNING + 36 * HOUR);
};
