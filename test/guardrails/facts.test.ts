import { describe, expect, it } from 'vitest';
import type { Facts, RegionFacts, ServiceFacts } from '../../src/domain/facts.ts';
import { type RegionId, type ServiceId, serviceId } from '../../src/domain/ids.ts';
import { mapValues } from '../../src/domain/records.ts';
import { judgePlan, prepare } from '../../src/guardrails/judge.ts';
import type { Situation } from '../../src/guardrails/situation.ts';
import { A, arrange, B, MINUTE, type Setup } from './arrange.ts';
import { NOW } from './arrange-gates.ts';
import { codesOf, stepAt, warningsOf } from './arrange-step.ts';

const CHECKOUT = serviceId('checkout');
const TO = { [A]: 0, [B]: 10_000 };

const arranged = (of: Partial<Setup> = {}) =>
  arrange({ regions: { [A]: { home: 5000 }, [B]: { home: 5000 } }, to: TO, ...of });

const judge = (situation: Situation) => prepare(situation).judge(stepAt(situation, 1000));

const withFacts = (situation: Situation, facts: Partial<Facts>): Situation => ({
  ...situation,
  facts: { ...situation.facts, ...facts },
});

const withService = (situation: Situation, change: (service: ServiceFacts) => ServiceFacts): Situation =>
  withFacts(situation, {
    services: mapValues<ServiceId, ServiceFacts, ServiceFacts>(situation.facts.services, change),
  });

const withRegions = (situation: Situation, change: (region: RegionFacts, id: RegionId) => RegionFacts): Situation =>
  withService(situation, (service) => ({
    ...service,
    regions: mapValues<RegionId, RegionFacts, RegionFacts>(service.regions, change),
  }));

describe('rule 7: a fact that was not gathered is unknown', () => {
  it('rule 7: a set that was not read refuses the step', () => {
    expect(codesOf(judge(withFacts(arranged(), { sets: {} })))).toContain('facts-missing');
  });

  it('rule 7: so do a service, a vendor and a marker', () => {
    expect(codesOf(judge(withFacts(arranged(), { services: {} })))).toContain('facts-missing');
    expect(codesOf(judge(withFacts(arranged(), { vendors: {} })))).toContain('facts-missing');
    expect(codesOf(judge(withFacts(arranged(), { fences: {} })))).toEqual(['facts-missing']);
  });

  it('rule 7: without the capacity of a home region there is no K, and nothing may leave', () => {
    const situation = arranged({ regions: { [A]: { home: 5000, reference: null, now: 10 }, [B]: { home: 5000 } } });

    expect(codesOf(judge(situation))).toContain('facts-missing');
  });

  it('rule 7: a destination whose running capacity is unknown has no headroom', () => {
    const situation = arranged({ regions: { [A]: { home: 5000 }, [B]: { home: 5000, now: null } } });

    expect(codesOf(judge(situation))).toEqual(['facts-missing']);
    expect(judge(situation)[0]).toMatchObject({ region: B, service: CHECKOUT, override: 'admin-and-second-person' });
  });

  it('rule 12: whoever sets headroom aside for that destination sets this aside too', () => {
    const regions = { [A]: { home: 5000 }, [B]: { home: 5000, now: null } };
    const override = (names: readonly string[]) => [{ code: 'headroom' as const, because: 'counted by hand', names }];

    expect(codesOf(judge(arranged({ regions, overrides: override([B]) })))).toEqual([]);
    expect(warningsOf(judge(arranged({ regions, overrides: override([B]) })))).toEqual(['facts-missing']);
    expect(codesOf(judge(arranged({ regions, overrides: override([A]) })))).toEqual(['facts-missing']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('rule 7: a capacity of %d is no capacity', (value) => {
    const situation = withRegions(arranged(), (region) => ({ ...region, capacityNow: { value, at: NOW } }));

    expect(codesOf(judge(situation))).toEqual(['facts-missing']);
  });

  it('rule 7: a demand that is no number is refused', () => {
    const situation = withService(arranged(), (service) => ({
      ...service,
      demand: { ...service.demand, measured: { value: Number.NaN, at: NOW } },
    }));

    expect(codesOf(judge(situation))).toEqual(['facts-missing', 'headroom']);
  });
});

describe('facts grow old', () => {
  const demandAt = (situation: Situation, at: number | null) =>
    withService(situation, (service) => ({
      ...service,
      demand: { ...service.demand, measured: at === null ? null : { value: 1, at } },
    }));

  it('a demand must be of now; a region that reports nothing is never zero demand', () => {
    expect(codesOf(judge(demandAt(arranged(), NOW - 2 * MINUTE)))).toEqual([]);
    expect(codesOf(judge(demandAt(arranged(), NOW - 2 * MINUTE - 1)))).toEqual(['facts-too-old']);
    expect(codesOf(judge(demandAt(arranged(), null)))).toEqual(['facts-missing']);
  });

  it('in an emergency the last good demand counts up to emergencyFactsAge, the plan’s own too', () => {
    const emergency = arranged({ mode: 'emergency' });
    const madeAt = (minutesAgo: number) => ({
      ...emergency,
      envelope: { ...emergency.envelope, madeAt: NOW - minutesAgo * MINUTE },
    });

    expect(codesOf(judge(demandAt(madeAt(30), null)))).toEqual([]);
    expect(codesOf(judge(demandAt(madeAt(31), null)))).toEqual(['facts-too-old']);
    expect(codesOf(judge(demandAt(madeAt(31), NOW - 30 * MINUTE)))).toEqual([]);
  });

  it('so does the capacity of a destination', () => {
    const regions = (minutesAgo: number) => ({
      [A]: { home: 5000 },
      [B]: { home: 5000, nowAt: NOW - minutesAgo * MINUTE },
    });

    expect(codesOf(judge(arranged({ regions: regions(2) })))).toEqual([]);
    expect(codesOf(judge(arranged({ regions: regions(3) })))).toEqual(['facts-too-old']);
    expect(codesOf(judge(arranged({ regions: regions(30), mode: 'emergency' })))).toEqual([]);
    expect(codesOf(judge(arranged({ regions: regions(31), mode: 'emergency' })))).toEqual(['facts-too-old']);
  });

  it('a listed set must be of now; what this run wrote last the vendor has confirmed', () => {
    const situation = arranged();
    const aged = (source: 'listed' | 'written') =>
      withFacts(situation, {
        sets: mapValues(situation.facts.sets, (set) => ({ ...set, source, observedAt: NOW - 30 * MINUTE })),
      });

    expect(codesOf(judge(aged('listed')))).toEqual(['facts-too-old']);
    expect(codesOf(judge(aged('written')))).toEqual([]);
  });

  it('a plan is judged by the same ages', () => {
    const situation = arranged({ situation: { started: false } });

    expect(codesOf(judgePlan(demandAt(situation, null)))).toEqual(['facts-missing']);
    expect(codesOf(judgePlan(withFacts(situation, { sets: {} })))).toEqual(['facts-missing']);
  });
});
