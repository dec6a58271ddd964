import { describe, expect, it } from 'vitest';
import type { MemoryPromises } from '../../providers/memory/steering.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST } from '../support/fleet-config.ts';
import { HOUR, type Hooks, MINUTE, never, SECOND, tell } from '../support/story.ts';

/** A process that stops at its first write, and goes on with it when it is woken, long after anybody waits for it. */
const stallAtFirstWrite = () => {
  const stalled = Promise.withResolvers<void>();
  const woken = Promise.withResolvers<void>();
  let isFirst = true;
  const hooks: Hooks = {
    beforeWrite: async ({ changes }) => {
      if (!isFirst || changes.length === 0) return;
      isFirst = false;
      stalled.resolve();
      await woken.promise;
    },
  };
  return { hooks, stalled: stalled.promise, wake: () => woken.resolve() };
};

const landed = (events: readonly { readonly type: string; readonly data: unknown }[]): number =>
  events.filter(({ type }) => type === 'batch.landed').length;

describe('a process that stalls between intent and call', () => {
  it('rule 3: wakes up after another took over and was held: the zone does not change', async () => {
    const { before, after, words, marker } = await tell({}, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST });
      const { hooks, stalled, wake } = stallAtFirstWrite();
      void story.process(hooks);
      await stalled;
      await story.ask(id, 'hold.asked');
      void story.process();
      await story.sleep(5 * MINUTE);

      wake();
      await story.sleep(MINUTE);

      const marker = story.model.vendor.zone('zone-0').fence;
      return { before, after: story.weights(), words: await story.phase(id), marker };
    });

    expect(after).toEqual(before);
    expect(words).toBe('HOLDING out (person)');
    expect(marker?.epoch).toBeGreaterThan(1);
  });

  it('rule 4: wakes up after another has finished the step: it lands once', async () => {
    const { words, steps, landings } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      const { hooks, stalled, wake } = stallAtFirstWrite();
      void story.process(hooks);
      await stalled;
      void story.process();
      await story.until(id, ({ step }) => step?.batches.some(({ state }) => state === 'landed') === true);

      wake();

      const end = await story.ended(id);
      const events = await story.events(id);
      return {
        words: phaseOf(end).words,
        steps: events.filter(({ type }) => type === 'step.intended').length,
        landings: landed(events),
      };
    });

    expect(words).toBe('DONE');
    expect(landings).toBe(steps);
  });

  it('rule 3: without a fence the harness sees what a fence prevents', async () => {
    const promises: MemoryPromises = { conditionalWrite: 'native', fence: 'blind' };
    const { before, after } = await tell({ promises }, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST });
      const { hooks, stalled, wake } = stallAtFirstWrite();
      void story.process(hooks);
      await stalled;
      await story.ask(id, 'hold.asked');
      void story.process();
      await story.sleep(5 * MINUTE);

      wake();
      await story.sleep(MINUTE);

      return { before, after: story.weights() };
    });

    expect(after).not.toEqual(before);
  });

  it('rule 3: a vendor without a marker is waited for: nobody says before notAfter that a batch did not land', async () => {
    const promises: MemoryPromises = { conditionalWrite: 'native', fence: 'waited' };
    const { settledAt, notAfter, words } = await tell({ promises }, async (story) => {
      const id = await story.model.start({ region: EAST });
      const { hooks, stalled } = stallAtFirstWrite();
      void story.process(hooks);
      await stalled;
      void story.process();
      const words = phaseOf(await story.ended(id)).words;
      const events = await story.events(id);
      const intent = events.find((event) => event.type === 'batch.intended');
      const settled = events.find(({ type }) => type === 'batch.refused' || type === 'batch.landed');
      const notAfter = intent?.type === 'batch.intended' ? intent.data.notAfter : Number.NaN;
      return { settledAt: settled?.at ?? 0, notAfter, words };
    });

    expect(settledAt).toBeGreaterThan(notAfter);
    expect(words).toBe('DONE');
  });

  it('rule 3: its appends are refused once another holds the lease, and it stands by', async () => {
    const { words, tookOver } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      const { hooks, stalled, wake } = stallAtFirstWrite();
      void story.process(hooks);
      await stalled;
      void story.process();
      await story.sleep(MINUTE);
      wake();
      const words = phaseOf(await story.ended(id)).words;
      const fleet = await story.model.store.journal.read('fleet', 0);
      return { words, tookOver: fleet.filter(({ type }) => type === 'executor.took-over').length };
    });

    expect(words).toBe('DONE');
    expect(tookOver).toBe(2);
  });
});

describe('a request that nobody got an answer to', () => {
  it('rule 4: landed, is found and not repeated', async () => {
    const { words, found, landings, steps } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      story.model.vendor.failNext({ on: 'write', when: 'after', kind: 'unknown-outcome' });
      void story.process();
      const words = phaseOf(await story.ended(id)).words;
      const events = await story.events(id);
      return {
        words,
        found: events.filter((event) => event.type === 'batch.landed' && event.data.found).length,
        landings: landed(events),
        steps: events.filter(({ type }) => type === 'step.intended').length,
      };
    });

    expect(words).toBe('DONE');
    expect(found).toBe(1);
    expect(landings).toBe(steps);
  });

  it('rule 4: landed, is found although somebody took the marker away', async () => {
    const { words, found } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      story.model.vendor.failNext({ on: 'write', when: 'after', kind: 'unknown-outcome' });
      void story.process({
        beforeAppend: async ({ events: [first] }) => {
          if (first?.type === 'batch.unknown') story.model.vendor.editFence('zone-0', null);
        },
      });
      const words = phaseOf(await story.ended(id)).words;
      const events = await story.events(id);
      return { words, found: events.filter((event) => event.type === 'batch.landed' && event.data.found).length };
    });

    expect(words).toBe('DONE');
    expect(found).toBe(1);
  });

  it('rule 10: still on its way, cannot land after a hold once the journal says that it did not', async () => {
    const { before, after, words } = await tell({}, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST });
      const late = Promise.withResolvers<void>();
      let isFirst = true;
      const { steering } = story.model;
      const slow = {
        ...steering,
        replace: (write: Parameters<typeof steering.replace>[0], signal: AbortSignal) => {
          if (!isFirst || write.changes.length === 0) return steering.replace(write, signal);
          isFirst = false;
          const arrives = late.promise.then(() => steering.replace(write, new AbortController().signal));
          arrives.catch(() => {});
          return new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('nobody waits any longer')), { once: true });
          });
        },
      };
      void story.process({}, {}, { steering: () => slow });
      await story.until(id, ({ step }) => step?.batches.some(({ state }) => state === 'unknown') === true);
      await story.ask(id, 'hold.asked');
      await story.sleep(5 * MINUTE);

      late.resolve();
      await story.sleep(MINUTE);

      return { before, after: story.weights(), words: await story.phase(id) };
    });

    expect(after).toEqual(before);
    expect(words).toBe('HOLDING out (person)');
  });
});

describe('a crash with nobody to take over', () => {
  it('rule 4: hours later a new process finishes what the journal says', async () => {
    const { words, before, after } = await tell({}, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST, stayMs: MINUTE });
      const dead = Promise.withResolvers<void>();
      void story.process({
        afterWrite: () => {
          dead.resolve();
          return never();
        },
      });
      await dead.promise;
      await story.sleep(3 * HOUR + 7 * SECOND);
      void story.process();
      const words = phaseOf(await story.ended(id)).words;
      return { words, before, after: story.weights() };
    });

    expect(words).toBe('DONE');
    expect(after).toEqual(before);
  });
});
