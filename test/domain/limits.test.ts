import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SafetyLimits } from '../../src/domain/config.ts';
import { STRICTNESS, strictest } from '../../src/domain/limits.ts';
import { keysOf } from '../../src/domain/records.ts';

const KEYS = keysOf<keyof typeof STRICTNESS>(STRICTNESS);

const limitsFrom = (numbers: readonly number[], approvals: SafetyLimits['approvals']): SafetyLimits => {
  const of = (key: keyof typeof STRICTNESS): number => numbers[KEYS.indexOf(key)] ?? 1;
  return {
    minimumHealthyCapacity: of('minimumHealthyCapacity'),
    minimumServingRegions: of('minimumServingRegions'),
    servingShareMinimum: of('servingShareMinimum'),
    capacityRemovedPerHour: of('capacityRemovedPerHour'),
    maximumDestinationUtilisation: of('maximumDestinationUtilisation'),
    firstStep: of('firstStep'),
    largestStep: of('largestStep'),
    leverStepMaximum: of('leverStepMaximum'),
    restoreCanaryShare: of('restoreCanaryShare'),
    shortestBakeMs: of('shortestBakeMs'),
    passesToProceed: of('passesToProceed'),
    factsMaximumAgeMs: of('factsMaximumAgeMs'),
    commitWindowMs: of('commitWindowMs'),
    startWithinMs: of('startWithinMs'),
    finishWithinMs: of('finishWithinMs'),
    approvals,
  };
};

const limits = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: KEYS.length, maxLength: KEYS.length }),
    fc.constantFrom('one-other-person' as const, 'none' as const),
  )
  .map(([numbers, approvals]) => limitsFrom(numbers, approvals));

describe('strictest', () => {
  it('rule 8: is never looser than either of the two, limit by limit', () => {
    fc.assert(
      fc.property(limits, limits, (approved, now) => {
        const both = strictest(approved, now);
        for (const key of KEYS) {
          const [most, least] = [Math.max(approved[key], now[key]), Math.min(approved[key], now[key])];
          expect(both[key]).toBe(STRICTNESS[key] === 'higher-is-stricter' ? most : least);
        }
        expect(both.approvals === 'none').toBe(approved.approvals === 'none' && now.approvals === 'none');
      }),
    );
  });

  it('does not care for the order and changes nothing the second time', () => {
    fc.assert(
      fc.property(limits, limits, (approved, now) => {
        const both = strictest(approved, now);
        expect(strictest(now, approved)).toEqual(both);
        expect(strictest(both, now)).toEqual(both);
      }),
    );
  });
});
