import { describe, expect, it } from 'vitest';
import { runId, serviceId } from '../../src/domain/ids.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, C, MINUTE, type Setup } from './arrange.ts';
import { NOW } from './arrange-gates.ts';
import { codesOf, landed, stepAt, stepTo } from './arrange-step.ts';

const CHECKOUT = serviceId('checkout');
const BOTH = { [A]: { home: 5000 }, [B]: { home: 5000 } };
const THREE = {
  [A]: { home: 4000, reference: 800 },
  [B]: { home: 4000, reference: 800 },
  [C]: { home: 2000, reference: 400 },
};

const judged = (setup: Setup, progress = 10_000) => {
  const situation = arrange(setup);
  return codesOf(prepare(situation).judge(stepAt(situation, progress)));
};

describe('rule 9: the budget', () => {
  const setup = { regions: BOTH, to: { [A]: 0, [B]: 10_000 } };

  it('rule 9: is inclusive', () => {
    expect(judged({ ...setup, limits: { capacityRemovedPerHour: 5000 } })).toEqual([]);
    expect(judged({ ...setup, limits: { capacityRemovedPerHour: 4999 } })).toEqual(['budget']);
  });

  it('rule 9: is shared with whatever else took capacity out within the hour', () => {
    const charges = [
      { at: NOW - 59 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 1, servedAfter: 0.9 },
    ];
    const limits = { capacityRemovedPerHour: 5000 };

    expect(judged({ ...setup, limits, facts: { charges } })).toEqual(['budget']);
    expect(
      judged({ ...setup, limits, facts: { charges: charges.map((c) => ({ ...c, at: NOW - 60 * MINUTE })) } }),
    ).toEqual([]);
  });

  it('rule 9: a drill and then a real incident within the hour: the emergency counts what is left, not the sum', () => {
    const charges = [
      { at: NOW - 40 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 1, servedAfter: 0.5 },
      { at: NOW - 20 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 0.5, servedAfter: 1 },
    ];
    const limits = { capacityRemovedPerHour: 5000 };

    expect(judged({ ...setup, limits, facts: { charges } })).toEqual(['budget']);
    expect(judged({ ...setup, limits, facts: { charges }, mode: 'emergency' })).toEqual([]);
  });

  it('rule 9: a region that died after the drill is left for nothing', () => {
    const regions = { ...THREE, [A]: { home: 4000, reference: 800, health: 'dead' as const } };
    const charges = [
      { at: NOW - 40 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 1, servedAfter: 0.8 },
      { at: NOW - 20 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 0.8, servedAfter: 1 },
    ];

    expect(
      judged({
        regions,
        to: { [A]: 0, [B]: 6500, [C]: 3500 },
        limits: { capacityRemovedPerHour: 0 },
        facts: { charges },
        mode: 'emergency',
      }),
    ).toEqual([]);
  });

  it('rule 9: small steps of an emergency cannot creep past it', () => {
    let situation = arrange({ ...setup, mode: 'emergency', limits: { capacityRemovedPerHour: 2050 } });
    const refused: number[] = [];
    for (let progress = 500; progress <= 10_000; progress += 500) {
      const judge = prepare(situation);
      const step = stepAt(situation, progress);
      if (codesOf(judge.judge(step)).includes('budget')) refused.push(progress);
      else situation = landed(situation, step, judge.numbers(step).charges, 0.1);
    }

    expect(refused[0]).toBe(4500);
    expect(refused).toHaveLength(12);
  });

  it('rule 9: the undo of a bad restore takes out what the restore brought, and no more', () => {
    const base = arrange({
      regions: BOTH,
      verb: 'restore',
      from: { [A]: 0, [B]: 10_000 },
      to: { [A]: 5000, [B]: 5000 },
      limits: { capacityRemovedPerHour: 5000, restoreCanaryShare: 500 },
      facts: {
        charges: [{ at: NOW - 30 * MINUTE, run: runId('run_2'), service: CHECKOUT, servedBefore: 1, servedAfter: 0.5 }],
      },
    });
    const canary = stepTo(base, { [A]: 400, [B]: 9600 });
    const judge = prepare(base);
    expect(codesOf(judge.judge(canary))).toEqual([]);
    const restored = landed(base, canary, judge.numbers(canary).charges, 5);
    const undo = stepTo(restored, { [A]: 0, [B]: 10_000 }, { direction: 'back', rollingBack: true });

    const rollingBack = codesOf(prepare(restored).judge(undo));
    const asAMove = codesOf(prepare(restored).judge({ ...undo, direction: 'out', rollingBack: false }));

    // The evacuation of half an hour ago is still in the window, and the canary comes on top of it only in the sum.
    expect(rollingBack).toEqual([]);
    expect(asAMove).toEqual(['budget']);
  });

  it('rule 9: batches of a step whose charge stands already are not charged twice', () => {
    const situation = arrange({ ...setup, limits: { capacityRemovedPerHour: 5000 } });
    const step = stepAt(situation, 10_000);
    const { charges } = prepare(situation).numbers(step);
    const intended = {
      ...situation,
      facts: { ...situation.facts, charges: charges.map((c) => ({ ...c, at: NOW, run: runId('run_1') })) },
    };

    expect(codesOf(prepare(intended).judge({ ...step, charged: true }))).toEqual([]);
    expect(codesOf(prepare(intended).judge(step))).toEqual(['budget']);
  });

  it('rule 9: what other services lost counts in the fleet’s figure', () => {
    const search = serviceId('search');
    const charges = [
      { at: NOW - 10 * MINUTE, run: runId('run_2'), service: search, servedBefore: 1, servedAfter: 0.2 },
    ];
    const envelope = { fleetWeights: { [CHECKOUT]: 1, [search]: 9 } };
    const limits = { capacityRemovedPerHour: 6000 };
    const situation = arrange({ ...setup, limits, facts: { charges }, envelope });

    const objections = prepare(situation).judge(stepAt(situation, 10_000));

    expect(objections.filter(({ code }) => code === 'budget')).toMatchObject([{ value: 7700, limit: 6000 }]);
    expect(objections[0]).not.toHaveProperty('service');
  });
});
