import { describe, expect, it } from 'vitest';
import { serviceId, setId } from '../../src/domain/ids.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, C, MINUTE, type Setup } from './arrange.ts';
import { NOW } from './arrange-gates.ts';
import { codesOf, stepAt, stepTo } from './arrange-step.ts';

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

describe('headroom', () => {
  const to = { [A]: 0, [B]: 10_000 };

  it('is inclusive: demand · share up to the limit of what runs now', () => {
    expect(judged({ regions: BOTH, to, demand: 800 })).toEqual([]);
    expect(judged({ regions: BOTH, to, demand: 801 })).toEqual(['headroom']);
  });

  it('counts what runs now, not what could run', () => {
    const regions = { ...BOTH, [B]: { home: 5000, reference: 1000, now: 500 } };

    expect(judged({ regions, to, demand: 400 })).toEqual([]);
    expect(judged({ regions, to, demand: 401 })).toEqual(['headroom']);
  });

  it('counts the highest demand, so that a source that burns asks for no less', () => {
    const demand = {
      measured: { value: 100, at: NOW },
      beforeTrouble: { value: 900, at: NOW - 30 * MINUTE },
      lastWeek: null,
      forecastPeak: null,
    };
    const situation = arrange({ regions: BOTH, to, demand: 100 });
    const services = { [CHECKOUT]: { ...situation.facts.services[CHECKOUT], regions: {}, gates: [], demand } };
    const { regions, gates } = situation.facts.services[CHECKOUT] ?? { regions: {}, gates: [] };
    const facts = { ...situation.facts, services: { ...services, [CHECKOUT]: { demand, regions, gates } } };

    expect(codesOf(prepare({ ...situation, facts }).judge(stepAt(situation, 10_000)))).toEqual(['headroom']);
  });

  it('holds in whatever order the batches of a step land', () => {
    // Both names swap their regions: in the end nothing changes, in between one region may have both.
    const situation = arrange({ regions: BOTH, to: { [A]: 5000, [B]: 5000 }, parts: [5000, 5000], demand: 1500 });
    const [one, other] = situation.envelope.sets;
    const sets = { ...stepTo(situation, { [A]: 10_000, [B]: 0 }).sets };
    const swapped = {
      ...sets,
      ...(other === undefined
        ? {}
        : { [other.ref.set]: stepTo(situation, { [A]: 0, [B]: 10_000 }).sets[other.ref.set] ?? {} }),
    };

    const objections = prepare(situation).judge({
      direction: 'out',
      rollingBack: false,
      charged: false,
      sets: swapped,
    });

    expect(one?.part).toBe(5000);
    expect(objections.filter(({ code }) => code === 'headroom').map(({ region, value }) => [region, value])).toEqual([
      [A, 11_250],
      [B, 11_250],
    ]);
  });

  const weights = (a: number, b: number, c: number) => ({
    [setId('checkout-0')]: { 'member-region-a': a, 'member-region-b': b, 'member-region-c': c },
  });
  const how = { direction: 'out' as const, rollingBack: false, charged: false };

  it('a bystander that rounding alone moves by one weight is not asked, one that gets more is', () => {
    const regions = { ...THREE, [C]: { home: 2000, reference: 400, now: 1 } };
    const situation = arrange({ regions, to: { [A]: 0, [B]: 8000, [C]: 2000 }, demand: 500 });

    expect(codesOf(prepare(situation).judge({ ...how, sets: weights(90, 113, 52) }))).toEqual([]);
    expect(codesOf(prepare(situation).judge({ ...how, direction: 'back', sets: weights(90, 110, 55) }))).toEqual([
      'headroom',
    ]);
  });

  it('the smallest weight for a region that had none makes it a destination', () => {
    const regions = { [A]: { home: 5000 }, [B]: { home: 5000 }, [C]: { home: 0, now: 1 } };
    const situation = arrange({ regions, to: { [A]: 0, [B]: 10_000, [C]: 0 }, demand: 500 });

    expect(codesOf(prepare(situation).judge({ ...how, direction: 'back', sets: weights(127, 126, 1) }))).toEqual([
      'headroom',
    ]);
  });

  it('a bystander that is full already and moves by rounding alone is no destination', () => {
    const regions = { ...THREE, [C]: { home: 2000, reference: 400, now: 1 } };

    expect(judged({ regions, to: { [A]: 0, [B]: 8000, [C]: 2000 }, demand: 500 }, 3333)).toEqual([]);
  });
});

describe('the size of a step', () => {
  const to = { [A]: 0, [B]: 10_000 };

  it('is the part of the traffic that moves, after rounding, inclusive', () => {
    const limits = { largestStep: 1000 };

    expect(judged({ regions: BOTH, to, limits }, 2000)).toEqual([]);
    expect(judged({ regions: BOTH, to, limits }, 2100)).toEqual(['step-too-large']);
  });

  it('does not bind where only a dead region is left', () => {
    const regions = { ...BOTH, [A]: { home: 5000, health: 'dead' as const } };

    expect(judged({ regions, to, limits: { largestStep: 1000 }, mode: 'emergency' })).toEqual([]);
  });

  it('rule 6: a drained region gets no more than the canary until its own traffic was judged', () => {
    const home = arrange({ regions: BOTH, verb: 'restore', source: A, from: to, to: { [A]: 5000, [B]: 5000 } });
    const judge = prepare(home);

    expect(codesOf(judge.judge(stepTo(home, { [A]: 480, [B]: 9520 })))).toEqual([]);
    expect(codesOf(judge.judge(stepTo(home, { [A]: 600, [B]: 9400 })))).toEqual(['step-too-large']);
  });
});
