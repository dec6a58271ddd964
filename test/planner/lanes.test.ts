import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/domain/plan.ts';
import { moversOf, plannedWays } from '../../src/planner/lanes.ts';
import { A, arrange, B, CAPABILITIES } from '../guardrails/arrange.ts';

const REGIONS = { [A]: { home: 5000 }, [B]: { home: 5000 } };
const { envelope, facts } = arrange({ regions: REGIONS, to: { [A]: 0, [B]: 10_000 }, parts: [4000, 3000, 3000] });

/** The same plan, its second set with other base weights for the same shares. */
const withOtherWeights: Envelope = {
  ...envelope,
  sets: envelope.sets.map((set, i) => ({
    ...set,
    base: { ...set.base, members: set.base.members.map((member) => (i === 1 ? { ...member, weight: 7 } : member)) },
  })),
};

const lanesOf = (plan: Envelope, ways = plannedWays(plan).out) =>
  moversOf(plan, plan.sets, ways, facts.vendors).map(({ lane }) => lane);

describe('lanes', () => {
  it('sets that go the same way from the same weights share one', () => {
    const lanes = lanesOf(envelope);

    expect(lanes).toHaveLength(3);
    expect(new Set(lanes).size).toBe(1);
    expect(lanes[0]).toMatchObject({ moves: 5000, arrivals: [] });
  });

  it('ways that are equal and not the same object lead into the same lane', () => {
    const copied = JSON.parse(JSON.stringify(plannedWays(envelope).out));

    const lanes = lanesOf(envelope, copied);

    expect(new Set(lanes).size).toBe(1);
  });

  it('a set that came from other weights goes home to those', () => {
    const [first, second] = lanesOf(withOtherWeights, plannedWays(withOtherWeights).back);

    expect(second?.weightsAt?.(10_000)).toEqual({ [`member-${A}`]: 7, [`member-${B}`]: 7 });
    expect(first?.weightsAt?.(10_000)).not.toEqual(second?.weightsAt?.(10_000));
    expect(second?.arrivals).toEqual([{ member: `member-${A}`, share: 5000 }]);
  });

  it('without a vendor or a way there is nothing to weigh', () => {
    const blind = moversOf(envelope, envelope.sets, plannedWays(envelope).out, {});
    const lost = moversOf(envelope, envelope.sets, {}, facts.vendors);

    expect(blind.map(({ lane }) => lane?.weightsAt)).toEqual([null, null, null]);
    expect(lost.map(({ lane }) => lane)).toEqual([null, null, null]);
  });

  it('weights on the way are whole numbers that the vendor stores', () => {
    const [lane] = lanesOf(envelope);

    const weights = Object.values(lane?.weightsAt?.(3333) ?? {});

    expect(weights).toHaveLength(2);
    for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(CAPABILITIES.weight.minimum);
    expect(weights.every(Number.isInteger)).toBe(true);
  });
});
