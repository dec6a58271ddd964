import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storyOf } from '../../src/report/frames.ts';
import { predictedOf, valueAt } from '../../src/report/predicted.ts';
import { at, RunJournal } from '../support/run-events.ts';
import { CHECKOUT, EAST, evacuationEnvelope } from '../support/run-plan.ts';
import { evacuated } from '../support/run-stories.ts';

const lineOf = (journal: RunJournal | { readonly events: ReturnType<typeof evacuated> }) => {
  const story = storyOf(journal.events, null);
  if (story === null) throw new Error('the story has no proposal');
  return predictedOf(story, CHECKOUT, EAST);
};

describe('the predicted traffic of a region that is left', () => {
  it('is level until a step has propagated, and through one TTL later', () => {
    const line = lineOf({ events: evacuated() });

    expect([120, 160, 190, 220, 280, 340, 450, 480, 510, 600].map((second) => valueAt(line, at(second)))).toEqual([
      4000, 4000, 3200, 2400, 2400, 800, 800, 400, 0, 0,
    ]);
  });

  it('adds up steps that overlap within one TTL', () => {
    const line = lineOf(
      new RunJournal()
        .started()
        .intended(125, { step: 1, progress: 5000, weights: [20, 40, 40], served: [1, 0.9] })
        .bothLand(127, 1)
        .propagated(130, 1)
        .baked(155, 1)
        .intended(156, { step: 2, progress: 10_000, weights: [null, 50, 50], served: [0.9, 0.8] })
        .bothLand(158, 2)
        .propagated(160, 2),
    );

    // At 175 s: 15 s still with 40 %, 30 s with 20 %, 15 s with 0: (15 · 4000 + 30 · 2000) / 60.
    expect(valueAt(line, at(175))).toBeCloseTo(2000);
    // At 220 s the last old answer is gone.
    expect(valueAt(line, at(220))).toBe(0);
  });

  it('counts a landed batch from its landing while nobody knows whether it has propagated', () => {
    const line = lineOf(
      new RunJournal()
        .started()
        .intended(125, { step: 1, progress: 5000, weights: [20, 40, 40], served: [1, 0.9] })
        .sent(126, 1, 0)
        .landed(130, 1, 0),
    );

    // Only the first zone landed, three quarters of the traffic: half way through one TTL it lost a quarter of 40 %.
    expect(valueAt(line, at(160))).toBeCloseTo(0.75 * 3000 + 0.25 * 4000);
  });

  it('takes the bake less the metric lag where the vendor stores no TTL', () => {
    const plan = evacuationEnvelope();
    const untimed = {
      ...plan,
      sets: plan.sets.map((set) => ({
        ...set,
        base: { ...set.base, members: set.base.members.map((member) => ({ ...member, ttlSeconds: null })) },
      })),
    };

    const line = lineOf({ events: evacuated(untimed) });

    expect(valueAt(line, at(190))).toBe(3200);
  });

  it('never leaves the range of what was answered', () => {
    const line = lineOf({ events: evacuated() });

    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (second) => {
        const value = valueAt(line, at(second)) ?? Number.NaN;

        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(4000);
      }),
    );
  });
});
