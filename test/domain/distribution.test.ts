import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitOf, intervalOf, mostUnseen, ONE_IN_A_MILLION } from '../../src/domain/distribution.ts';

/** Upper quantiles as tables print them: degrees of freedom, chance, statistic. */
const TABLE = [
  [1, 0.05, 3.841],
  [1, 1e-6, 23.928],
  [2, 0.05, 5.991],
  [2, 1e-6, 27.631],
  [5, 0.01, 15.086],
  [10, 0.95, 3.94],
] as const;

/** Counts of two or more equal parts whose statistic is about what is asked for, over so many answers that rounding is nothing. */
const countsFor = (degreesOfFreedom: number, statistic: number): number[] => {
  const each = 10_000_000;
  const off = Math.round(Math.sqrt((statistic * each) / 2));
  return Array.from(
    { length: degreesOfFreedom + 1 },
    (_, index) => each + (index === 0 ? off : index === 1 ? -off : 0),
  );
};

describe('the fit of counted answers', () => {
  it.each(TABLE)(
    'with %d degrees of freedom and a chance of %d is what the tables say',
    (degrees, chance, statistic) => {
      const counts = countsFor(degrees, statistic);

      const fit = fitOf(
        counts,
        counts.map(() => 1),
      );

      expect(fit.degreesOfFreedom).toBe(degrees);
      expect(fit.statistic).toBeCloseTo(statistic, 2);
      expect(fit.chance / chance).toBeCloseTo(1, 1);
    },
  );

  it('is certain for counts that are just as they should be, in whatever unit the parts are', () => {
    expect(fitOf([750, 250], [75, 25])).toEqual({ statistic: 0, degreesOfFreedom: 1, chance: 1 });
    expect(fitOf([750, 250, 0], [0.75, 0.25, 0])).toEqual({ statistic: 0, degreesOfFreedom: 1, chance: 1 });
  });

  it('is impossible as soon as a part of nothing has one answer', () => {
    expect(fitOf([999, 1], [1, 0]).chance).toBe(0);
  });

  it('tells 75 from 70 of a hundred in some thousand answers, and does not in some hundred', () => {
    expect(fitOf([5600, 2400], [75, 25]).chance).toBeLessThan(ONE_IN_A_MILLION);
    expect(fitOf([280, 120], [75, 25]).chance).toBeGreaterThan(ONE_IN_A_MILLION);
  });

  it('says nothing against any shares when nothing was asked', () => {
    expect(fitOf([0, 0], [1, 3]).chance).toBe(1);
  });

  it('is a chance between 0 and 1, whatever was counted', () => {
    const pair = fc.tuple(fc.nat(10_000), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
        const { chance } = fitOf(
          pairs.map(([count]) => count),
          pairs.map(([, part]) => part),
        );
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses counts that are none, and parts that are not theirs', () => {
    expect(() => fitOf([1.5, 2], [1, 1])).toThrow(RangeError);
    expect(() => fitOf([1, 2], [1])).toThrow(RangeError);
    expect(() => fitOf([1, 2], [1, -1])).toThrow(RangeError);
  });
});

describe('the interval of a part', () => {
  it('is the one that Wilson printed: 10 of 100 at 95 % is 5.5 % to 17.4 %', () => {
    const { from, to } = intervalOf(10, 100);

    expect(from).toBeCloseTo(0.0552, 4);
    expect(to).toBeCloseTo(0.1744, 4);
  });

  it('holds what was seen, stays within 0 and 1, and narrows with more answers', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (count, others) => {
        const asked = count + others;
        const { from, to } = intervalOf(count, asked);
        const wider = asked === 0 ? { from: 0, to: 1 } : intervalOf(count, asked, 0.999);
        const more = intervalOf(count * 4, asked * 4);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1);
        expect(asked === 0 || (from <= count / asked && count / asked <= to)).toBe(true);
        expect(wider.to - wider.from).toBeGreaterThanOrEqual(to - from);
        expect(more.to - more.from).toBeLessThanOrEqual(to - from);
      }),
    );
  });

  it('begins at nothing for what never came, and ends at all for what always came', () => {
    expect(intervalOf(0, 50).from).toBe(0);
    expect(intervalOf(50, 50).to).toBe(1);
    expect(intervalOf(0, 0)).toEqual({ from: 0, to: 1 });
  });

  it('refuses more seen than asked', () => {
    expect(() => intervalOf(3, 2)).toThrow(RangeError);
  });
});

describe('what never came', () => {
  it('has at most about three over the number of answers', () => {
    expect(mostUnseen(300)).toBeCloseTo(3 / 300, 3);
    expect(mostUnseen(0)).toBe(1);
    expect(mostUnseen(60, 0.99)).toBeGreaterThan(mostUnseen(60, 0.95));
  });
});
