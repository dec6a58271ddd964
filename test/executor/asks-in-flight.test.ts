import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST, WEST } from '../support/fleet-config.ts';
import { type Hooks, MINUTE, SECOND, type Story, tell } from '../support/story.ts';

/** Two zones: every step has two batches, sent one after the other. */
const TWO_ZONES = { names: 2, zones: 2 } as const;
const ONE_BY_ONE = { parallel: 1 } as const;

/** Something that happens once, right after the n-th write has landed. */
const afterWrite = (nth: number, happen: () => Promise<void>): Hooks => {
  let writes = 0;
  return {
    afterWrite: async ({ changes }) => {
      if (changes.length > 0) writes += 1;
      if (writes === nth && changes.length > 0) await happen();
    },
  };
};

const landedSteps = async (story: Story, id: Awaited<ReturnType<Story['model']['start']>>) =>
  (await story.events(id)).flatMap((event) =>
    event.type === 'batch.landed' ? [`${event.data.step}/${event.data.batch}`] : [],
  );

describe('asks while writes are under way', () => {
  it('rule 10: a hold between the batches of a step keeps the second batch back, and a resume sends it', async () => {
    const { held, heldPhase, landed, end } = await tell(TWO_ZONES, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process(
        afterWrite(1, () => story.ask(id, 'hold.asked')),
        ONE_BY_ONE,
      );
      await story.sleep(20 * MINUTE);
      const held = { landed: await landedSteps(story, id), weights: story.weights() };
      const heldPhase = await story.phase(id);
      await story.ask(id, 'resume.asked');
      const end = await story.ended(id);
      return { held, heldPhase, landed: await landedSteps(story, id), end };
    });

    expect(heldPhase).toBe('HOLDING out (person)');
    expect(held.landed).toEqual(['1/1']);
    expect(held.weights['checkout/1']).toEqual({ 'm-us-east-1': 100, 'm-us-west-2': 100, 'm-eu-west-1': 100 });
    expect(landed.slice(0, 2)).toEqual(['1/1', '1/2']);
    expect(phaseOf(end).words).toBe('DONE');
  });

  it('rule 10: a hold that comes between the decision and its intent makes the intent fail, and is found', async () => {
    const { writes, events } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      let isAsked = false;
      void story.process({
        beforeAppend: async ({ events: [first] }) => {
          if (first?.type !== 'batch.intended' || isAsked) return;
          isAsked = true;
          await story.ask(id, 'hold.asked');
        },
      });
      await story.sleep(20 * MINUTE);
      return { writes: story.model.vendor.landedWrites, events: await story.events(id) };
    });

    expect(writes).toBe(0);
    expect(events.some(({ type }) => type === 'hold.asked')).toBe(true);
    expect(events.some(({ type }) => type === 'batch.intended')).toBe(false);
  });

  it('rule 10: a hold while traffic goes back stops it where it is, and a resume brings it home', async () => {
    const { before, middle, later, after, words } = await tell({}, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST, stayMs: MINUTE });
      void story.process();
      await story.until(id, ({ direction, steps }) => direction === 'back' && steps.at(-1)?.direction === 'back');
      await story.ask(id, 'hold.asked');
      await story.sleep(30 * SECOND);
      const middle = story.weights();
      await story.sleep(60 * MINUTE);
      const later = story.weights();
      await story.ask(id, 'resume.asked');
      const end = await story.ended(id);
      return { before, middle, later, after: story.weights(), words: phaseOf(end).words };
    });

    expect(middle).not.toEqual(before);
    expect(later).toEqual(middle);
    expect(after).toEqual(before);
    expect(words).toBe('DONE');
  });

  it('rule 10: an approval, a resume and a second hold beside a hold change nothing about it', async () => {
    const { words, writes, notes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      await story.ask(id, 'hold.asked');
      await story.ask(id, 'hold.asked');
      await story.approve(id, (await story.model.run(id)).digest);
      void story.process();
      await story.sleep(10 * MINUTE);
      const run = await story.model.run(id);
      return { words: phaseOf(run).words, writes: story.model.vendor.landedWrites, notes: run.notes.length };
    });

    expect(words).toBe('HOLDING (person)');
    expect(writes).toBe(0);
    expect(notes).toBe(2);
  });
});

describe('stop', () => {
  it('rule 10: ends the run and its timers where it stands, and the region still counts as out', async () => {
    const { stopped, later, words, out, sleptUntil } = await tell(
      { limits: { drill: { largestStep: 4000, firstStep: 4000 } } },
      async (story) => {
        const id = await story.model.start({ region: EAST, stayMs: MINUTE });
        void story.process();
        await story.until(id, ({ stage }) => stage === 'staying');
        await story.ask(id, 'stop.asked');
        const stopped = story.weights();
        const events = (await story.events(id)).length;
        await story.sleep(3 * 60 * MINUTE);
        const proposal = await story.model.plan({ region: EAST, verb: 'restore', mode: 'planned' });
        return {
          stopped,
          later: story.weights(),
          words: await story.phase(id),
          out: proposal.envelope?.request.verb,
          sleptUntil: (await story.events(id)).length - events,
        };
      },
    );

    expect(words).toBe('STOPPED (person)');
    expect(stopped['checkout/0']?.['m-us-east-1']).toBe(0);
    expect(later).toEqual(stopped);
    expect(sleptUntil).toBe(0);
    expect(out).toBe('restore');
  });

  it('rule 4: a write that was under way when the run was stopped is still found, and the region counts as out', async () => {
    const { landed, words, outNow } = await tell(
      { limits: { drill: { largestStep: 4000, firstStep: 4000 } } },
      async (story) => {
        const id = await story.model.start({ region: EAST });
        void story.process(afterWrite(1, () => story.ask(id, 'stop.asked')));
        await story.sleep(5 * MINUTE);
        const { objections } = await story.model.plan({ region: WEST });
        return {
          landed: await landedSteps(story, id),
          words: await story.phase(id),
          outNow: objections.filter(({ code }) => code === 'two-regions-out').length,
        };
      },
    );

    expect(words).toBe('STOPPED (person)');
    expect(landed).toEqual(['1/1']);
    expect(outNow).toBe(1);
  });
});

describe('roll back', () => {
  it('rule 4: of a half-landed step over two zones undoes only what landed', async () => {
    const { half, after, before, stepsBack, words } = await tell(TWO_ZONES, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST });
      let half = before;
      void story.process(
        afterWrite(1, async () => {
          half = story.weights();
          await story.ask(id, 'rollback.asked');
        }),
        ONE_BY_ONE,
      );
      const end = await story.ended(id);
      const back = (await story.events(id)).filter(
        (event) => event.type === 'step.intended' && event.data.direction === 'back',
      );
      const stepsBack = back.flatMap((event) =>
        event.type === 'step.intended' ? event.data.batches.flatMap(({ sets }) => sets) : [],
      );
      return { half, after: story.weights(), before, stepsBack, words: phaseOf(end).words };
    });

    expect(half['checkout/0']).not.toEqual(before['checkout/0']);
    expect(half['checkout/1']).toEqual(before['checkout/1']);
    expect(after).toEqual(before);
    expect([...new Set(stepsBack)]).toEqual(['checkout/0']);
    expect(words).toBe('STOPPED (rolled-back)');
  });

  it('rule 11: leaves out a region whose gates fail, and says so', async () => {
    const { after, words, leftOut } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST, stayMs: 60 * MINUTE });
      void story.process();
      await story.until(id, ({ stage }) => stage === 'staying');
      story.model.world.failing.add(EAST);
      await story.sleep(MINUTE);
      await story.ask(id, 'rollback.asked');
      const end = await story.ended(id);
      return { after: story.weights(), words: phaseOf(end).words, leftOut: end.leftOut };
    });

    expect(words).toBe('STOPPED (rolled-back)');
    expect(leftOut).toEqual([EAST]);
    expect(after['checkout/0']?.['m-us-east-1']).toBe(0);
  });
});
