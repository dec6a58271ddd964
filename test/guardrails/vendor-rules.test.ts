import { describe, expect, it } from 'vitest';
import { setId } from '../../src/domain/ids.ts';
import { mapValues } from '../../src/domain/records.ts';
import type { Weights } from '../../src/domain/steering.ts';
import { judgePlan, prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, C, type RegionSetup, type Setup } from './arrange.ts';
import { codesOf, stepAt } from './arrange-step.ts';

const TO = { [A]: 0, [B]: 10_000 };
const BOTH = { [A]: { home: 5000 }, [B]: { home: 5000 } };
type Check = NonNullable<RegionSetup['check']>;

const SET = setId('checkout-0');

const judged = (setup: Setup, progress = 10_000) => {
  const situation = arrange(setup);
  return codesOf(prepare(situation).judge(stepAt(situation, progress)));
};

const withWeights = (weights: Weights, setup: Partial<Setup> = {}) => {
  const situation = arrange({ regions: BOTH, to: TO, ...setup });
  return codesOf(
    prepare(situation).judge({ direction: 'out', rollingBack: false, charged: false, sets: { [SET]: weights } }),
  );
};

describe('rule 1: never all drained', () => {
  it('rule 1: a step that drains every member is refused, and nobody may override it', () => {
    const overrides = [{ code: 'all-drained' as const, because: 'sure', names: [] }];

    expect(withWeights({ 'member-region-a': null, 'member-region-b': null })).toContain('all-drained');
    expect(withWeights({ 'member-region-a': null, 'member-region-b': null }, { overrides })).toContain('all-drained');
  });

  it('rule 1: a weight of zero serves nobody and is no weight', () => {
    expect(withWeights({ 'member-region-a': 0, 'member-region-b': 0 })).toEqual(
      expect.arrayContaining(['all-drained', 'outside-envelope']),
    );
  });

  it('rule 1: a step without any weights is refused', () => {
    expect(withWeights({})).toContain('all-drained');
  });
});

describe('rule 2: every member has a weight that the vendor stores', () => {
  it.each<[string, Weights]>([
    ['one member is left out', { 'member-region-b': 100 }],
    ['a weight is no whole number', { 'member-region-a': 12.5, 'member-region-b': 100 }],
    ['a weight is above the vendor’s largest', { 'member-region-a': 100, 'member-region-b': 256 }],
    ['a weight is negative', { 'member-region-a': -1, 'member-region-b': 100 }],
    ['a weight is no number', { 'member-region-a': Number.NaN, 'member-region-b': 100 }],
  ])('rule 2: refused when %s', (_, weights) => {
    expect(withWeights(weights)).toContain('outside-envelope');
  });

  it('a weight for a member that the plan does not know is refused', () => {
    expect(withWeights({ 'member-region-a': 50, 'member-region-b': 50, stranger: 1 })).toEqual(['unknown-member']);
  });

  it('a set that nobody approved is refused', () => {
    const situation = arrange({ regions: BOTH, to: TO });
    const step = { direction: 'out' as const, rollingBack: false, charged: false, sets: { [setId('other')]: {} } };

    expect(codesOf(prepare(situation).judge(step))).toEqual(['outside-envelope']);
  });

  it('rule 5: shares outside of what was approved are a new plan', () => {
    expect(withWeights({ 'member-region-a': 200, 'member-region-b': 54 })).toContain('outside-envelope');
  });
});

describe('members that nobody knows', () => {
  const stranger = (started: boolean) => {
    const situation = arrange({ regions: BOTH, to: TO, situation: { started } });
    const sets = mapValues(situation.facts.sets, (set) => {
      const [first] = set.state.members;
      const members = first === undefined ? [] : [...set.state.members, { ...first, member: 'stranger', weight: 7 }];
      return { ...set, state: { ...set.state, members } };
    });
    return { ...situation, facts: { ...situation.facts, sets } };
  };

  it('a stranger in a set refuses plan and step', () => {
    const situation = stranger(true);

    expect(codesOf(prepare(situation).judge(stepAt(situation, 1000)))).toEqual(['unknown-member']);
    expect(codesOf(judgePlan(stranger(false)))).toEqual(['base-moved', 'unknown-member']);
  });

  it('a member that the vendor does not hold gets no weight, unless it was drained by removal', () => {
    const from = { [A]: 10_000, [B]: 0 };
    const home = { [A]: { home: 5000 }, [B]: { home: 5000 } };

    expect(
      judged({ regions: home, source: null, verb: 'restore', from, to: { [A]: 9600, [B]: 400 }, drain: 'remove' }),
    ).toEqual([]);
    const situation = arrange({ regions: home, source: null, verb: 'restore', from, to: { [A]: 9600, [B]: 400 } });
    const sets = mapValues(situation.facts.sets, (set) => ({
      ...set,
      state: { ...set.state, members: set.state.members.filter(({ present }) => present) },
    }));
    expect(
      codesOf(prepare({ ...situation, facts: { ...situation.facts, sets } }).judge(stepAt(situation, 10_000))),
    ).toEqual(['unknown-member']);
  });
});

describe('the vendor’s own last resort', () => {
  const zero = (a: Check, b: Check, c: Check = b) =>
    judged({
      regions: { [A]: { home: 4000, check: a }, [B]: { home: 4000, check: b }, [C]: { home: 2000, check: c } },
      to: { [A]: 0, [B]: 6500, [C]: 3500 },
      drain: 'zero',
    });

  it('weight zero is written while every survivor’s check is healthy and the drained member has one', () => {
    expect(zero('healthy', 'healthy')).toEqual([]);
    expect(zero('unhealthy', 'healthy')).toEqual([]);
  });

  it('weight zero is refused while the check of a survivor fails or is unknown', () => {
    expect(zero('healthy', 'healthy', 'unknown')).toEqual(['last-resort']);
    expect(zero('healthy', 'healthy', 'unhealthy')).toContain('last-resort');
  });

  it('weight zero is refused for a member without a check beside survivors with one', () => {
    expect(zero('none', 'healthy')).toEqual(['last-resort']);
  });

  it('without checks on the survivors there is no last resort', () => {
    expect(zero('none', 'none')).toEqual([]);
    expect(zero('none', 'none', 'healthy')).toEqual([]);
  });

  it('a record that is taken away needs no healthy survivors to stay away', () => {
    const regions = { [A]: { home: 5000, check: 'healthy' as const }, [B]: { home: 5000, check: 'unknown' as const } };

    expect(judged({ regions, to: TO, drain: 'remove' })).toEqual([]);
    expect(
      judged({ regions: { ...regions, [B]: { home: 5000, check: 'unhealthy' } }, to: TO, drain: 'remove' }),
    ).toEqual([]);
  });

  it('a drained member that would answer after all is refused: it fails open', () => {
    const regions = {
      [A]: { home: 5000, check: 'healthy' as const },
      [B]: { home: 5000, check: 'unhealthy' as const },
    };

    expect(judged({ regions, to: TO, drain: 'zero' })).toEqual(expect.arrayContaining(['fails-open', 'last-resort']));
  });

  it('rule 14: coming home out of a failed-open set is not refused as failing open', () => {
    const regions = {
      [A]: { home: 5000, check: 'healthy' as const },
      [B]: { home: 5000, check: 'unhealthy' as const },
    };
    const situation = arrange({ regions, verb: 'restore', from: TO, to: { [A]: 5000, [B]: 5000 }, drain: 'zero' });

    const codes = codesOf(prepare(situation).judge(stepAt(situation, 5000)));

    expect(codes).not.toContain('fails-open');
    expect(codes).not.toContain('last-resort');
  });
});

describe('how a member may be drained', () => {
  const alias = (proven: boolean, drain: 'zero' | 'remove') => {
    const situation = arrange({ regions: BOTH, to: TO, drain });
    const sets = mapValues(situation.facts.sets, (set) => ({
      ...set,
      state: { ...set.state, members: set.state.members.map((member) => ({ ...member, ttlSeconds: null })) },
    }));
    const vendors = mapValues(situation.facts.vendors, (vendor) => ({ ...vendor, zeroOnAliasProven: proven }));
    return { ...situation, facts: { ...situation.facts, sets, vendors } };
  };

  it('weight zero on an alias is refused until it has been seen to work', () => {
    const unproven = alias(false, 'zero');

    expect(codesOf(prepare(unproven).judge(stepAt(unproven, 10_000)))).toEqual(['drain-method-unsupported']);
    expect(codesOf(prepare(unproven).judge(stepAt(unproven, 5000)))).toEqual([]);
    expect(codesOf(prepare(alias(true, 'zero')).judge(stepAt(unproven, 10_000)))).toEqual([]);
    expect(codesOf(prepare(alias(false, 'remove')).judge(stepAt(unproven, 10_000)))).toEqual([]);
  });

  it('a method that the vendor does not have is refused with the plan', () => {
    const situation = arrange({ regions: BOTH, to: TO, drain: 'lever', situation: { started: false } });

    expect(codesOf(judgePlan(situation))).toEqual(['drain-method-unsupported']);
  });
});
