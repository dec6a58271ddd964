import { describe, expect, it } from 'vitest';
import type { SafetyLimits } from '../../src/domain/config.ts';
import { strictest } from '../../src/domain/limits.ts';
import { entriesOf } from '../../src/domain/records.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, C, LIMITS, MINUTE } from './arrange.ts';
import { gate, probe } from './arrange-gates.ts';
import { codesOf, landed, stepAt } from './arrange-step.ts';

const REGIONS = {
  [A]: { home: 4000, reference: 800 },
  [B]: { home: 4000, reference: 800 },
  [C]: { home: 2000, reference: 400 },
};
const TO = { [A]: 0, [B]: 6500, [C]: 3500 };

describe('Seoul, 22 November 2018: a limit that was removed and read as a low one', () => {
  const NAMES = entriesOf<keyof SafetyLimits, unknown>(LIMITS)
    .map(([name]) => name)
    .filter((name) => name !== 'approvals');
  const GARBAGE: readonly unknown[] = [undefined, null, '', Number.NaN, -1, 0.5, '50 %', Number.POSITIVE_INFINITY];
  const cases = NAMES.flatMap((name) => GARBAGE.map((value) => [name, value] as const));

  it.each(cases)('rule 8: %s = %s refuses every step', (name, value) => {
    const situation = arrange({ regions: REGIONS, to: TO });
    const limits: SafetyLimits = { ...LIMITS, [name]: value };
    const step = stepAt(situation, 500);

    const approved = { ...situation, envelope: { ...situation.envelope, limits } };
    const inForce = { ...situation, facts: { ...situation.facts, limitsInForce: limits } };

    expect(codesOf(prepare(approved).judge(step))).toContain('guard-failed');
    expect(codesOf(prepare(inForce).judge(step))).toContain('guard-failed');
  });

  it('rule 8: a floor of nothing is no floor', () => {
    const situation = arrange({ regions: REGIONS, to: TO, limits: { minimumHealthyCapacity: 0 } });

    expect(codesOf(prepare(situation).judge(stepAt(situation, 500)))).toContain('guard-failed');
  });

  it('rule 8: of two sets of limits each counts where it is stricter', () => {
    const other: SafetyLimits = {
      ...LIMITS,
      minimumHealthyCapacity: 100,
      largestStep: 10,
      passesToProceed: 9,
      approvals: 'none',
    };

    const both = strictest(LIMITS, other);

    expect(both).toEqual({ ...LIMITS, largestStep: 10, passesToProceed: 9 });
    expect(strictest(other, LIMITS)).toEqual(both);
  });
});

describe('S3, 28 February 2017: more was removed than meant, and too quickly', () => {
  it('rule 9: ten repeats of one command keep the floor and the hourly budget', () => {
    const limits = { capacityRemovedPerHour: 3000, minimumHealthyCapacity: 6000 };
    let situation = arrange({ regions: REGIONS, to: TO, limits });
    let removed = 0;
    let lowest = 1;
    for (let repeat = 0; repeat < 10; repeat += 1) {
      const way = repeat % 2 === 0 ? 6500 : 0;
      const direction = repeat % 2 === 0 ? 'out' : 'back';
      const step = stepAt(situation, way, { direction });
      const judge = prepare(situation);
      if (codesOf(judge.judge(step)).length > 0) continue;
      const { charges } = judge.numbers(step);
      removed += charges.reduce((n, { servedBefore, servedAfter }) => n + Math.max(0, servedBefore - servedAfter), 0);
      lowest = Math.min(lowest, ...charges.map(({ servedAfter }) => servedAfter));
      situation = landed(situation, step, charges, 1);
    }

    expect(removed).toBeGreaterThan(0.2);
    expect(removed).toBeLessThanOrEqual(0.3);
    expect(lowest).toBeGreaterThanOrEqual(0.6);
  });

  it('rule 9: after an hour the budget is there again', () => {
    const limits = { capacityRemovedPerHour: 3000 };
    const situation = arrange({ regions: REGIONS, to: TO, limits });
    const first = stepAt(situation, 7000);
    const judge = prepare(situation);
    expect(codesOf(judge.judge(first))).toEqual([]);
    const { charges } = judge.numbers(first);

    const soon = landed(situation, first, charges, 59);
    const later = landed(situation, first, charges, 60);

    expect(codesOf(prepare(soon).judge(stepAt(soon, 10_000)))).toEqual(['budget']);
    expect(prepare(soon).budgetGrowsAt).toBe(situation.now + 60 * MINUTE);
    expect(codesOf(prepare(later).judge(stepAt(later, 10_000)))).toEqual([]);
  });
});

describe('October 2021 and October 2025: the signals are wrong', () => {
  it('steer’s own uplink is dead: its probes fail everywhere, and nothing is called dead', () => {
    // What steer itself sees fails for every region; the vendor's metrics cannot be reached at all.
    const blind = (region: typeof A, home: number) => ({
      home,
      health: 'unknown' as const,
      gates: [probe(region, 'FAIL'), gate(region, 'ERROR')],
    });
    const situation = arrange({
      regions: { [A]: blind(A, 4000), [B]: blind(B, 4000), [C]: blind(C, 2000) },
      to: TO,
      mode: 'emergency',
    });

    const codes = codesOf(prepare(situation).judge(stepAt(situation, 1000)));

    expect(codes).toEqual(['floor', 'gate-fail', 'gate-unknown', 'minimum-serving-regions']);
  });
});
