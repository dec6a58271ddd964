import { describe, expect, it } from 'vitest';
import type { Steering } from '../../providers/steering.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST, MODEL } from '../support/fleet-config.ts';
import { MINUTE, SECOND, type Story, tell } from '../support/story.ts';

/** A vendor whose lists take their time, as thousands of records at five requests a second do. */
const slowly = (story: Story, inner: Steering, ms: number): Steering => ({
  capabilities: inner.capabilities,
  read: async (refs, signal) => {
    await story.sleep(ms);
    return inner.read(refs, signal);
  },
  replace: (write, signal) => inner.replace(write, signal),
  propagation: (changes, signal) => inner.propagation(changes, signal),
});

const startSlow = (story: Story, ms: number): Promise<void> => {
  const steering = slowly(story, story.model.steering, ms);
  const gatherDeps = {
    probe: story.model.probe,
    steerings: new Map([[MODEL, steering]]),
    now: () => story.clock.now(),
  };
  return story.process(
    {},
    { requestMs: 60 * SECOND },
    { steering: () => steering, gather: (question, signal) => gatherFacts(question, gatherDeps, signal) },
  );
};

describe('a world that is slower than the lease is long', () => {
  it('rule 14: keeps its lease while it reads, and the run gets through although another stands by', async () => {
    const { words, tookOver } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void startSlow(story, 18 * SECOND);
      void startSlow(story, 18 * SECOND);
      const words = phaseOf(await story.ended(id)).words;
      const fleet = await story.model.store.journal.read('fleet', 0);
      return { words, tookOver: fleet.filter(({ type }) => type === 'executor.took-over').length };
    });

    expect(words).toBe('DONE');
    expect(tookOver).toBe(1);
  });

  it('rule 3: a process that hangs for good in something loses its lease all the same', async () => {
    const words = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process({}, {}, { gather: () => new Promise(() => {}) });
      await story.sleep(MINUTE);
      void story.process();
      return phaseOf(await story.ended(id)).words;
    });

    expect(words).toBe('DONE');
  });
});
