import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, C, type Setup } from './arrange.ts';
import { gate, probe } from './arrange-gates.ts';
import { codesOf, stepAt } from './arrange-step.ts';

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

describe('the floor', () => {
  it('two regions 50 / 50: half of K stays, and a floor of half is met exactly', () => {
    const setup = { regions: BOTH, to: { [A]: 0, [B]: 10_000 } };

    expect(judged({ ...setup, limits: { minimumHealthyCapacity: 5000 } })).toEqual([]);
    expect(judged({ ...setup, limits: { minimumHealthyCapacity: 5001 } })).toEqual(['floor']);
  });

  it('three regions 40 / 40 / 20: 60 % stays when a large one leaves, 80 % when the small one does', () => {
    const large = { regions: THREE, to: { [A]: 0, [B]: 6500, [C]: 3500 } };
    const small = { regions: THREE, source: C, to: { [A]: 5000, [B]: 5000, [C]: 0 } };

    expect(judged({ ...large, limits: { minimumHealthyCapacity: 6000 } })).toEqual([]);
    expect(judged({ ...large, limits: { minimumHealthyCapacity: 6001 } })).toEqual(['floor']);
    expect(judged({ ...small, limits: { minimumHealthyCapacity: 8000 } })).toEqual([]);
    expect(judged({ ...small, limits: { minimumHealthyCapacity: 8001 } })).toEqual(['floor']);
  });

  it('is no business of a step that leaves a dead region', () => {
    const dead = { ...BOTH, [A]: { home: 5000, health: 'dead' as const } };

    expect(
      judged({
        regions: dead,
        to: { [A]: 0, [B]: 10_000 },
        limits: { minimumHealthyCapacity: 10_000 },
        mode: 'emergency',
      }),
    ).toEqual([]);
  });

  it('is no business of a step that comes home', () => {
    const situation = arrange({
      regions: BOTH,
      verb: 'restore',
      from: { [A]: 1000, [B]: 9000 },
      to: { [A]: 5000, [B]: 5000 },
      limits: { minimumHealthyCapacity: 10_000 },
    });

    expect(codesOf(prepare(situation).judge(stepAt(situation, 10_000)))).toEqual([]);
  });

  it('an autoscaled-in source still removes its whole part', () => {
    const regions = { ...BOTH, [A]: { home: 5000, reference: 1000, now: 20 } };

    expect(judged({ regions, to: { [A]: 0, [B]: 10_000 }, limits: { minimumHealthyCapacity: 5001 } })).toEqual([
      'floor',
    ]);
  });

  it('a standby that runs holds the floor, one that is scaled to nothing does not', () => {
    const to = { [A]: 0, [B]: 10_000 };
    const regions = (now: number) => ({ [A]: { home: 10_000 }, [B]: { home: 0, now } });
    const limits = { minimumHealthyCapacity: 9000 };

    expect(judged({ regions: regions(1000), to, limits, parts: [10_000] })).toEqual([]);
    expect(judged({ regions: regions(899), to, limits })).toEqual(['floor']);
    expect(judged({ regions: regions(0), to, limits, demand: 0 })).toEqual(['floor']);
  });
});

describe('rule 6: unknown health', () => {
  const to = { [A]: 0, [B]: 10_000 };
  const blind = (region: typeof A | typeof B) => ({
    home: 5000,
    health: 'unknown' as const,
    gates: [gate(region, 'NO_DATA'), probe(region, 'ERROR')],
  });

  it('rule 6: during a monitoring outage with all regions unknown a planned move holds', () => {
    expect(judged({ regions: { [A]: blind(A), [B]: blind(B) }, to }, 1000)).toEqual([
      'floor',
      'gate-unknown',
      'minimum-serving-regions',
    ]);
  });

  it('rule 6: so does an emergency without a second signal', () => {
    expect(judged({ regions: { [A]: blind(A), [B]: blind(B) }, to, mode: 'emergency' }, 1000)).toEqual([
      'floor',
      'gate-unknown',
      'minimum-serving-regions',
    ]);
  });

  it('rule 6: an emergency goes on when two people name the gates and the destination', () => {
    const overrides = [
      { code: 'gate-unknown' as const, because: 'seen by eye', names: ['errors-region-b', 'probe-region-b', B] },
    ];

    expect(judged({ regions: { [A]: blind(A), [B]: blind(B) }, to, mode: 'emergency', overrides })).toEqual([]);
  });

  it('rule 6: an emergency goes on when a second, independent signal of the destination passes', () => {
    const seen = { home: 5000, health: 'unknown' as const, gates: [gate(B, 'NO_DATA'), probe(B, 'PASS')] };

    expect(judged({ regions: { [A]: blind(A), [B]: seen }, to, mode: 'emergency' })).toEqual([]);
    expect(judged({ regions: { [A]: blind(A), [B]: seen }, to })).toContain('gate-unknown');
  });

  it('a source whose health is unknown still costs budget when it is left', () => {
    const seen = { home: 5000, health: 'healthy' as const };
    const limits = { capacityRemovedPerHour: 4000 };

    expect(judged({ regions: { [A]: blind(A), [B]: seen }, to, limits })).toEqual(['budget']);
    expect(judged({ regions: { [A]: blind(A), [B]: seen }, to, limits, mode: 'emergency' })).toEqual(['budget']);
  });

  it('all checks red at once: nothing is called dead and nothing moves', () => {
    const dead = (region: typeof A) => ({ home: 5000, health: 'dead' as const, gates: [gate(region, 'FAIL')] });
    const situation = arrange({ regions: { [A]: dead(A), [B]: dead(B) }, to, mode: 'emergency' });

    const objections = prepare(situation).judge(stepAt(situation, 10_000));

    expect(codesOf(objections)).toEqual(['floor', 'gate-fail', 'minimum-serving-regions', 'too-many-dead']);
  });
});

describe('the minimum of serving regions', () => {
  const to = { [A]: 0, [B]: 6500, [C]: 3500 };

  it('counts regions with at least servingShareMinimum', () => {
    expect(judged({ regions: THREE, to, limits: { minimumServingRegions: 2 } })).toEqual([]);
    expect(judged({ regions: THREE, to, limits: { minimumServingRegions: 3 } })).toEqual(['minimum-serving-regions']);
    expect(judged({ regions: THREE, from: to, to, limits: { minimumServingRegions: 3 } })).toEqual([]);
    expect(judged({ regions: THREE, to, limits: { minimumServingRegions: 2, servingShareMinimum: 3600 } })).toEqual([
      'minimum-serving-regions',
    ]);
  });
});
