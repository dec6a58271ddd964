import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/domain/facts.ts';
import { serviceId, setId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import { recordOf } from '../../src/domain/records.ts';
import { allOf, guarded } from '../../src/guardrails/guarded.ts';
import { judgePlan, judgeStep, prepare } from '../../src/guardrails/judge.ts';
import type { Situation } from '../../src/guardrails/situation.ts';
import { A, arrange, B, C } from './arrange.ts';
import { codesOf, stepAt, stepTo } from './arrange-step.ts';

const REGIONS = { [A]: { home: 5000 }, [B]: { home: 5000 } };
const TO = { [A]: 0, [B]: 10_000 };

/** The facts, with one part that blows up when it is looked at. */
const broken = (part: keyof Facts): Situation => {
  const situation = arrange({ regions: REGIONS, to: TO });
  const facts = Object.defineProperty({ ...situation.facts }, part, {
    get: (): never => {
      throw new TypeError(`${part} cannot be read`);
    },
  });
  return { ...situation, facts };
};

describe('rule 7: a guard that fails, refuses', () => {
  it('rule 7: an exception is a refusal that names the guard', () => {
    const objections = guarded('budget', () => {
      throw new Error('no budget');
    });

    expect(objections).toMatchObject([
      { code: 'guard-failed', severity: 'refuse', override: 'nobody', value: 'budget' },
    ]);
    expect(objections[0]?.because).toContain('no budget');
  });

  it('rule 7: one guard that fails does not silence the others', () => {
    const guards = {
      broken: (): never => {
        throw new Error('broken');
      },
      fine: () => guarded('fine', () => []),
    };

    expect(allOf(guards, null).map(({ code }) => code)).toEqual(['guard-failed']);
  });

  it.each<keyof Facts>(['services', 'sets', 'vendors', 'fences', 'charges', 'out', 'otherRuns', 'at', 'limitsInForce'])(
    'rule 7: facts whose %s cannot be read refuse every step',
    (part) => {
      const situation = broken(part);
      const step = stepAt(arrange({ regions: REGIONS, to: TO }), 1000);

      expect(codesOf(prepare(situation).judge(step))).toContain('guard-failed');
      expect(codesOf(judgeStep({ ...situation, step }))).toContain('guard-failed');
      expect(codesOf(judgePlan({ ...situation, started: false }))).toContain('guard-failed');
    },
  );

  it('rule 7: a service that the plan moves and does not describe is refused', () => {
    const situation = arrange({ regions: REGIONS, to: TO });
    const step = stepAt(situation, 1000);

    expect(codesOf(prepare({ ...situation, envelope: { ...situation.envelope, services: [] } }).judge(step))).toEqual([
      'guard-failed',
    ]);
  });
});

describe('a judge', () => {
  it('says all objections at once', () => {
    const situation = arrange({
      regions: REGIONS,
      to: TO,
      demand: 5000,
      limits: { minimumHealthyCapacity: 9000, capacityRemovedPerHour: 100, minimumServingRegions: 2, largestStep: 100 },
    });

    expect(codesOf(prepare(situation).judge(stepAt(situation, 10_000)))).toEqual([
      'budget',
      'floor',
      'headroom',
      'minimum-serving-regions',
      'step-too-large',
    ]);
  });

  it('gives every objection a code, a sentence, and who may override', () => {
    const situation = arrange({ regions: REGIONS, to: TO, demand: 5000, limits: { minimumHealthyCapacity: 9000 } });

    const objections = refusals(prepare(situation).judge(stepAt(situation, 10_000)));

    expect(objections).toMatchObject([
      {
        code: 'floor',
        value: 5000,
        limit: 9000,
        override: 'nobody',
        mayPass: true,
        because: 'checkout: 50 % of its healthy capacity would stay in service, at least 90 % must',
      },
      {
        code: 'headroom',
        region: B,
        value: 50_000,
        limit: 8000,
        override: 'admin-and-second-person',
        because:
          'checkout in region-b: 500 % of what runs there would be used (5000 of 1000 requests/s), at most 80 % may',
      },
    ]);
  });

  it('answers the same for the same candidate, however many were judged in between', () => {
    const situation = arrange({ regions: REGIONS, to: TO, limits: { capacityRemovedPerHour: 3000 } });
    const judge = prepare(situation);
    const steps = [1000, 9000, 5000, 1000, 9000].map((progress) => stepAt(situation, progress));

    const [one, two, , again, twice] = steps.map((step) => judge.judge(step));

    expect(again).toEqual(one);
    expect(twice).toEqual(two);
    expect(judge.numbers(stepAt(situation, 5000))).toEqual(prepare(situation).numbers(stepAt(situation, 5000)));
  });

  it('touches only the services of the step', () => {
    const situation = arrange({ regions: REGIONS, to: TO });
    const other = arrange({ regions: REGIONS, to: TO, service: serviceId('search'), demand: 99_999 });
    const both: Situation = {
      ...situation,
      envelope: {
        ...situation.envelope,
        services: [...situation.envelope.services, ...other.envelope.services],
        sets: [...situation.envelope.sets, ...other.envelope.sets],
      },
    };

    expect(codesOf(prepare(both).judge(stepAt(situation, 1000)))).toEqual([]);
  });
});

describe('a step in numbers', () => {
  const regions = {
    [A]: { home: 4000, reference: 800 },
    [B]: { home: 4000, reference: 800 },
    [C]: { home: 2000, reference: 400 },
  };

  it('says shares, removal, utilisation and charge as the vendor will hold them', () => {
    const situation = arrange({ regions, to: { [A]: 0, [B]: 6000, [C]: 4000 }, demand: 1000 });

    const numbers = prepare(situation).numbers(stepAt(situation, 10_000));

    expect(numbers.services).toMatchObject([
      {
        service: 'checkout',
        whole: 2000,
        servedBefore: 1,
        removed: 4000,
        serving: [B, C],
        demand: 1000,
        shareBefore: { [A]: 4000, [B]: 4000, [C]: 2000 },
        shareAfter: { [A]: 0, [B]: 6000, [C]: 4000 },
        utilisation: { [A]: 5000, [B]: 7500, [C]: 10_000 },
      },
    ]);
    expect(numbers.charges).toEqual([{ service: 'checkout', servedBefore: 1, servedAfter: 0.6 }]);
    expect(numbers.removedOfFleet).toBe(4000);
    expect(numbers.tightest).toEqual({ region: C, service: 'checkout', utilisation: 10_000 });
  });

  it('weighs each set by the part of the traffic it carries', () => {
    const situation = arrange({ regions: REGIONS, to: TO, parts: [7500, 2500] });
    const [, second] = stepAt(situation, 10_000) ? situation.envelope.sets : [];
    const only = recordOf([
      [second?.ref.set ?? setId('none'), { 'member-region-a': null, 'member-region-b': 254 }] as const,
    ]);

    const numbers = prepare(situation).numbers({ ...stepTo(situation, TO), sets: only });

    expect(numbers.services[0]?.shareAfter).toEqual({ [A]: 3750, [B]: 6250 });
    expect(numbers.services[0]?.removed).toBe(1250);
  });

  it('a snapshot that cannot be read has no numbers', () => {
    expect(prepare(broken('services')).numbers(stepAt(arrange({ regions: REGIONS, to: TO }), 1000))).toEqual({
      services: [],
      charges: [],
      removedOfFleet: 0,
      tightest: null,
    });
  });
});
