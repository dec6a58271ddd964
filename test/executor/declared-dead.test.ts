import { describe, expect, it } from 'vitest';
import type { RunId } from '../../src/domain/ids.ts';
import { phaseOf } from '../../src/run/phase.ts';
import type { Run } from '../../src/run/state.ts';
import { EAST, OPERATOR, WEST } from '../support/fleet-config.ts';
import { HOUR, MINUTE, type Story, tell } from '../support/story.ts';

/** A third of the fleet leaves; the budget lets less than that go in an hour. */
const TIGHT = { limits: { emergency: { capacityRemovedPerHour: 2000 } } };

const EVACUATION = { region: EAST, mode: 'emergency' } as const;
const DECLARED = { ...EVACUATION, declaresDead: true } as const;

/** The region's own monitoring has gone silent, and the probe from outside fails: one measured FAIL. */
const oneFails = ({ model }: Story): void => {
  model.world.unheard.add(EAST);
  model.world.failing.add(EAST);
};

const removedBy = async (story: Story, id: RunId): Promise<number> => {
  const charges = (await story.events(id)).flatMap((event) =>
    event.type === 'step.intended' ? event.data.charges : [],
  );
  return charges.reduce((sum, { servedBefore, servedAfter }) => sum + Math.max(0, servedBefore - servedAfter), 0);
};

const minutesOf = (run: Run): number => ((run.endedAt ?? 0) - (run.startedAt ?? 0)) / MINUTE;

const alone = async (story: Story, id: RunId): Promise<void> => {
  const { digest } = await story.model.run(id);
  const data = { by: OPERATOR, door: 'test', digest, solo: true };
  await story.model.ask(id, { type: 'approval.given', data });
};

const holdOf = async (story: Story, id: RunId): Promise<string> => {
  const { engineHold } = await story.until(id, (run) => run.engineHold?.cause === 'budget');
  return engineHold?.because.join(' | ') ?? '';
};

describe('an emergency evacuation of a region that people declare dead', () => {
  it('rule 9: takes nothing out of the budget beside one measured FAIL, and is done within minutes', async () => {
    const { run, removed } = await tell(TIGHT, async (story) => {
      oneFails(story);
      const id = await story.model.start(DECLARED);
      void story.process();
      const run = await story.ended(id);
      return { run, removed: await removedBy(story, id) };
    });

    expect(phaseOf(run).words).toBe('DONE');
    expect(run.envelope.dead).toEqual([EAST]);
    expect(removed).toBe(0);
    expect(minutesOf(run)).toBeLessThan(30);
  });

  it('rule 9: without the declaration the same world is unknown, and the budget counts it as healthy', async () => {
    const { run, removed } = await tell(TIGHT, async (story) => {
      oneFails(story);
      const id = await story.model.start(EVACUATION);
      void story.process();
      const run = await story.ended(id);
      return { run, removed: await removedBy(story, id) };
    });

    expect(run.envelope.dead).toEqual([]);
    expect(removed).toBeGreaterThan(0.3);
    expect(minutesOf(run)).toBeGreaterThan(30);
  });

  it('rule 6: beside silence it proves nothing: the budget holds, and the hold says which signal is missing', async () => {
    const { because, removed } = await tell(TIGHT, async (story) => {
      story.model.world.unheard.add(EAST);
      const id = await story.model.start(DECLARED);
      void story.process();
      return { because: await holdOf(story, id), removed: await removedBy(story, id) };
    });

    expect(removed).toBeGreaterThan(0.1);
    expect(because).toContain('us-east-1 is declared dead by operator-1 and approver-1, which is one signal');
    expect(because).toContain('errors:checkout@us-east-1 NO_DATA (metrics in us-east-1)');
    expect(because).toContain('probe:checkout@us-east-1 PASS (probe:us-east-1 in outside)');
  });

  it('rule 12: approved by the asker alone it does not count, and the hold says so', async () => {
    const { because, removed } = await tell(TIGHT, async (story) => {
      oneFails(story);
      const id = await story.model.start(DECLARED, false);
      await alone(story, id);
      void story.process();
      return { because: await holdOf(story, id), removed: await removedBy(story, id) };
    });

    expect(because).toContain('declared dead by operator-1, and by no second person, so that it does not count');
    expect(removed).toBeGreaterThan(0.1);
  });

  it('rule 12: approved by the asker alone it is left at the pace of a region that lives', async () => {
    const firstSteps = await Promise.all(
      [false, true].map((isAlone) =>
        tell({ limits: { emergency: { firstStep: 500, largestStep: 2000 } } }, async (story) => {
          oneFails(story);
          const id = await story.model.start(DECLARED, !isAlone);
          if (isAlone) await alone(story, id);
          void story.process();
          const { steps, envelope } = await story.until(id, (run) => run.steps.length > 0);
          return { dead: envelope.dead, progress: steps[0]?.progress ?? 0 };
        }),
      ),
    );

    expect(firstSteps.map(({ dead }) => dead)).toEqual([[EAST], [EAST]]);
    expect(firstSteps[0]?.progress).toBeGreaterThan(5900);
    expect(firstSteps[1]?.progress).toBeLessThan(4000);
  });

  it('rule 9: is judged again at every step: once the probe passes, what is left of it is charged', async () => {
    const { before, after, because } = await tell(
      { limits: { emergency: { capacityRemovedPerHour: 500, firstStep: 400, largestStep: 1000 } } },
      async (story) => {
        oneFails(story);
        const id = await story.model.start(DECLARED);
        void story.process();
        await story.until(id, ({ steps }) => steps.length === 1);
        const before = await removedBy(story, id);
        story.model.world.failing.clear();
        const because = await holdOf(story, id);
        return { before, because, after: await removedBy(story, id) };
      },
    );

    expect(before).toBe(0);
    expect(after).toBeLessThanOrEqual(0.05);
    expect(because).toContain('probe:checkout@us-east-1 PASS');
  });

  it('rule 6: a second region that looks dead means that none is', async () => {
    const phase = await tell(TIGHT, async (story) => {
      oneFails(story);
      const id = await story.model.start(DECLARED);
      story.model.world.failing.add(WEST);
      void story.process();
      const { engineHold, steps } = await story.until(id, (run) => run.engineHold !== null);
      return { codes: engineHold?.objections.map(({ code }) => code) ?? [], steps: steps.length };
    });

    expect(phase.codes).toContain('too-many-dead');
    expect(phase.steps).toBe(0);
  });

  it('rule 11: what people declared does not keep a region away that passes its gates again', async () => {
    const { words, leftOut, now } = await tell(TIGHT, async (story) => {
      oneFails(story);
      const id = await story.model.start(DECLARED);
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      story.model.world.failing.clear();
      story.model.world.unheard.clear();
      await story.sleep(MINUTE);
      await story.ask(id, 'rollback.asked');
      const run = await story.ended(id, 8 * HOUR);
      return { words: phaseOf(run).words, leftOut: run.leftOut, now: story.model.answers()[EAST] };
    });

    expect(words).toBe('STOPPED (rolled-back)');
    expect(leftOut).toEqual([]);
    expect(now).toBeCloseTo(0.333, 2);
  });
});
