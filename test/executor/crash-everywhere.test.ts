import { describe, expect, it } from 'vitest';
import type { MemoryVendor, MemoryVendorOptions } from '../../providers/memory/vendor.ts';
import type { Steering } from '../../providers/steering.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { Lease } from '../../src/ports/lease.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { WatchedVendor } from '../simulate/judge.ts';
import { EAST, MODEL } from '../support/fleet-config.ts';
import type { ModelOptions } from '../support/model.ts';
import { never, SECOND, type Story, tell } from '../support/story.ts';

/** A drill that is short in steps and writes two batches in each: two zones, big steps, few samplings. */
const SHORT: ModelOptions = {
  names: 2,
  zones: 2,
  sampleEveryMs: 60 * SECOND,
  limits: { drill: { firstStep: 2000, largestStep: 4000, passesToProceed: 1, capacityRemovedPerHour: 4000 } },
};

interface Crash {
  readonly on: 'append' | 'vendor';
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** Ports that count, and stop for ever at one call; then nothing of that process goes on. */
class Doomed {
  readonly calls = { append: 0, vendor: 0 };
  readonly crashed: Promise<void>;
  readonly #crash: Crash | null;
  readonly #die: () => void;
  #isDead = false;

  constructor(crash: Crash | null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#crash = crash;
    this.crashed = promise;
    this.#die = resolve;
  }

  async #around<T>(on: Crash['on'] | null, call: () => Promise<T>): Promise<T> {
    if (this.#isDead) return never();
    if (on !== null) this.calls[on] += 1;
    const isHere = on !== null && on === this.#crash?.on && this.calls[on] === this.#crash.nth;
    if (isHere && this.#crash?.when === 'before') return this.#dieHere();
    const result = await call();
    if (isHere || this.#isDead) return this.#dieHere();
    return result;
  }

  #dieHere<T>(): Promise<T> {
    this.#isDead = true;
    this.#die();
    return never();
  }

  journal(inner: Journal): Journal {
    return {
      store: inner.store,
      append: (append) => this.#around('append', () => inner.append(append)),
      read: (stream, after) => this.#around(null, () => inner.read(stream, after)),
      readAll: (after, limit) => this.#around(null, () => inner.readAll(after, limit)),
      wait: (after, ms, signal) => this.#around(null, () => inner.wait(after, ms, signal)),
    };
  }

  lease(inner: Lease): Lease {
    return {
      acquire: (holder, ms) => this.#around(null, () => inner.acquire(holder, ms)),
      renew: (held, ms) => this.#around(null, () => inner.renew(held, ms)),
      release: (held) => this.#around(null, () => inner.release(held)),
      holder: () => this.#around(null, () => inner.holder()),
    };
  }

  steering(inner: Steering): Steering {
    return {
      capabilities: inner.capabilities,
      read: (refs, signal) => this.#around('vendor', () => inner.read(refs, signal)),
      replace: (write, signal) => this.#around('vendor', () => inner.replace(write, signal)),
      propagation: (changes, signal) => this.#around('vendor', () => inner.propagation(changes, signal)),
    };
  }
}

const drill = (crash: Crash | null) => {
  let moved = 0;
  const makeVendor = (options: MemoryVendorOptions): MemoryVendor => {
    const vendor = new WatchedVendor(options);
    vendor.watch = (_, before, after) => {
      if (canonicalText([...before.records.values()]) !== canonicalText([...after.records.values()])) moved += 1;
    };
    return vendor;
  };
  return tell({ ...SHORT, makeVendor }, async (story: Story) => {
    const { model } = story;
    const before = story.weights();
    const id = await model.start({ region: EAST, stayMs: 60 * SECOND });
    const doomed = new Doomed(crash);
    const deps = model.deps();
    const steering = doomed.steering(model.steering);
    const gatherDeps = { probe: model.probe, steerings: new Map([[MODEL, steering]]), now: () => model.clock.now() };
    const first = story.process(
      {},
      { untilIdle: true },
      {
        journal: doomed.journal(deps.journal),
        lease: doomed.lease(deps.lease),
        steering: (provider) => (provider === MODEL ? steering : undefined),
        gather: (question, signal) => gatherFacts(question, gatherDeps, signal),
      },
    );
    await Promise.race([first, doomed.crashed]);
    if (crash !== null) await story.process({}, { untilIdle: true });
    const run = await model.run(id);
    const events = await story.events(id);
    const { charges } = await readCharges(events);
    return { calls: doomed.calls, words: phaseOf(run).words, before, after: story.weights(), events, charges, moved };
  });
};

/** Removals that the journal holds, summed: all within one hour here. */
const readCharges = async (events: readonly RunEvent[]) => {
  const intended = events.filter((event) => event.type === 'step.intended');
  const removals = intended.flatMap(({ data }) => data.charges.map((c) => Math.max(0, c.servedBefore - c.servedAfter)));
  return { charges: removals.reduce((sum, one) => sum + one, 0) };
};

/** How often the journal says of each batch that it landed, less what the vendor took back: nothing here. */
const landings = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'batch.landed' ? [`step ${event.data.step} batch ${event.data.batch}`] : [],
  );

const calm = await drill(null);
const crashesOf = (on: Crash['on']): readonly Crash[] =>
  Array.from({ length: calm.calls[on] }, (_, i) => i + 1).flatMap((nth) => [
    { on, nth, when: 'before' as const },
    { on, nth, when: 'after' as const },
  ]);

const check = async (crash: Crash): Promise<void> => {
  const where = `${crash.when} ${crash.on} ${crash.nth}`;
  const after = await drill(crash);
  expect(after.words, where).toBe('DONE');
  expect(after.after, where).toEqual(calm.before);
  expect(landings(after.events).toSorted(), where).toEqual(landings(calm.events).toSorted());
  expect(after.moved, where).toBe(calm.moved);
  expect(after.charges, where).toBeLessThanOrEqual(0.4);
};

describe('a crash anywhere in a drill', () => {
  it('needs several steps, and two batches in each, to be worth crashing', () => {
    const { words, after, before, events, calls } = calm;

    const steps = events.filter(({ type }) => type === 'step.intended').length;

    expect(words).toBe('DONE');
    expect(after).toEqual(before);
    expect(landings(events)).toHaveLength(2 * steps);
    expect(steps).toBeGreaterThanOrEqual(4);
    expect(calls.append).toBeGreaterThan(40);
    expect(calls.vendor).toBeGreaterThan(16);
  });

  it('rule 4: right before and right after every journal write, another process finishes it, every batch exactly once', async () => {
    const crashes = crashesOf('append');

    for (const crash of crashes) await check(crash);

    expect(crashes.length).toBe(2 * calm.calls.append);
  }, 60_000);

  it('rule 4: right before and right after every call to the vendor, another process finishes it, every batch exactly once', async () => {
    const crashes = crashesOf('vendor');

    for (const crash of crashes) await check(crash);

    expect(crashes.length).toBe(2 * calm.calls.vendor);
  }, 60_000);
});
