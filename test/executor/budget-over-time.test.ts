import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../src/run/phase.ts';
import { servedIn } from '../simulate/capacity.ts';
import { EAST } from '../support/fleet-config.ts';
import { HOUR, type Hooks, MINUTE, type Story, tell } from '../support/story.ts';

/** What is in service before and after every write, a part of K, and when. */
const recorder = (story: Story) => {
  const [service] = story.model.config.services;
  if (service === undefined) throw new Error('the model has a service');
  const seen = [{ at: story.clock.now(), served: 1 }];
  const look = (): void => {
    const served = servedIn(service, (zone) => story.model.vendor.zone(zone), new Set());
    const at = story.clock.now();
    seen.push({ at, served: seen.at(-1)?.served ?? 1 }, { at, served });
  };
  return { seen, look };
};

/** The most that left within any 60 minutes, by the records alone. */
const mostWithinAnHour = (seen: readonly { readonly at: number; readonly served: number }[]): number =>
  Math.max(
    ...seen.flatMap((from, i) =>
      seen.slice(i).flatMap((to) => (to.at - from.at < HOUR ? [from.served - to.served] : [])),
    ),
  );

const LIMITS = { drill: { capacityRemovedPerHour: 2000, firstStep: 1500 } };

describe('the budget of an hour', () => {
  it('rule 9: is waited for, and what leaves within any 60 minutes stays within it', async () => {
    const { most, words } = await tell({ limits: LIMITS }, async (story) => {
      const { seen, look } = recorder(story);
      const id = await story.model.start({ region: EAST });
      void story.process({ afterWrite: async () => look() });
      return { words: phaseOf(await story.ended(id, 6 * HOUR)).words, most: mostWithinAnHour(seen) };
    });

    expect(words).toBe('DONE');
    expect(most).toBeGreaterThan(0.1);
    expect(most).toBeLessThanOrEqual(0.2);
  });

  it('rule 9: counts a step that was held for an hour after its intent from when it lands', async () => {
    const { most, words } = await tell({ limits: LIMITS }, async (story) => {
      const { seen, look } = recorder(story);
      const id = await story.model.start({ region: EAST });
      let isFirst = true;
      const hooks: Hooks = {
        afterWrite: async () => look(),
        afterAppend: async ({ events: [first] }) => {
          if (first?.type !== 'step.intended' || !isFirst) return;
          isFirst = false;
          await story.ask(id, 'hold.asked');
        },
      };
      void story.process(hooks);
      await story.sleep(61 * MINUTE);
      await story.ask(id, 'resume.asked');
      return { words: phaseOf(await story.ended(id, 6 * HOUR)).words, most: mostWithinAnHour(seen) };
    });

    expect(words).toBe('DONE');
    expect(most).toBeLessThanOrEqual(0.2);
  });
});

describe('a run whose journal cannot be replayed', () => {
  it('rule 14: is left alone, and the others go on', async () => {
    const { broken, words, writes } = await tell({ services: ['checkout', 'search'] }, async (story) => {
      const [first, second] = story.model.config.services.map(({ service }) => service);
      if (first === undefined || second === undefined) throw new Error('the model has two services');
      const lost = await story.model.start({ region: EAST, services: [first] });
      const { version } = await story.model.run(lost);
      await story.model.store.journal.append({
        stream: `run/${lost}`,
        expectedVersion: version,
        events: [{ type: 'written.by-a-newer-steer', data: {} }],
      });
      const told: string[] = [];
      const id = await story.model.start({ region: EAST, services: [second] });
      void story.process({}, {}, { watcher: { tell: ({ what, run }) => void told.push(`${what} ${run}`) } });
      const end = await story.ended(id);
      const events = await story.model.store.journal.read(`run/${lost}`, version);
      return { broken: events.length, words: phaseOf(end).words, writes: story.weights()['checkout/0'] };
    });

    expect(broken).toBe(1);
    expect(words).toBe('DONE');
    expect(writes?.[`m-${EAST}`]).toBe(100);
  });

  it('rule 14: breaks while its own writes are under way, and nobody runs in circles', async () => {
    const { words, appended } = await tell({ services: ['checkout', 'search'] }, async (story) => {
      const [first, second] = story.model.config.services.map(({ service }) => service);
      if (first === undefined || second === undefined) throw new Error('the model has two services');
      const lost = await story.model.start({ region: EAST, services: [first] });
      let isBroken = false;
      void story.process({
        afterWrite: async ({ changes }) => {
          if (isBroken || changes.length === 0) return;
          isBroken = true;
          const { version } = await story.model.run(lost);
          const events = [{ type: 'written.by-a-newer-steer', data: {} }];
          await story.model.store.journal.append({ stream: `run/${lost}`, expectedVersion: version, events });
        },
      });
      await story.sleep(10 * MINUTE);
      const appended = (await story.model.store.journal.read(`run/${lost}`, 0)).at(-1)?.type;
      const id = await story.model.start({ region: EAST, services: [second], mode: 'emergency' }).catch(() => null);
      const words = id === null ? 'refused' : phaseOf(await story.ended(id)).words;
      return { words, appended };
    });

    expect(appended).toBe('written.by-a-newer-steer');
    expect(words).toMatch(/^(DONE|refused)/);
  });
});
