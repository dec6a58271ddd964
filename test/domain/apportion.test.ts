import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../src/domain/apportion.ts';
import { sum } from '../../src/domain/records.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const parts = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.double({ min: 0, max: 100, noNaN: true })), {
    minLength: 1,
    maxLength: 6,
  })
  .filter((values) => values.some((value) => value > 1e-6))
  .map((values) => Object.fromEntries(values.map((value, i) => [names[i] ?? '', value < 1e-6 ? 0 : value])));
const totals = fc.constantFrom(6, 100, 200, 254, 255, 10_000);

const quotaOf = (of: Readonly<Record<string, number>>, key: string, total: number): number =>
  ((of[key] ?? 0) * total) / sum(Object.values(of));

describe('apportion', () => {
  it.each([
    [{ a: 1, b: 1 }, 255, { a: 128, b: 127 }],
    [{ a: 40, b: 40, c: 20 }, 255, { a: 102, b: 102, c: 51 }],
    [{ a: 1, b: 1, c: 1 }, 100, { a: 34, b: 33, c: 33 }],
    [{ b: 1, a: 1 }, 3, { b: 1, a: 2 }],
    [{ a: 0, b: 5 }, 7, { a: 0, b: 7 }],
    [{ a: 1, b: 9999 }, 100, { a: 1, b: 99 }],
    [{ a: 1, b: 6, c: 1, d: 1, e: 5 }, 6, { a: 1, b: 2, c: 1, d: 1, e: 1 }],
  ])('divides %o over %d as %o', (of, total, expected) => {
    expect(apportion<string>(of, total, 1)).toEqual(expected);
  });

  it.each([
    ['nothing serves', { a: 0, b: 0 }, 100, 1],
    ['there is no part at all', {}, 100, 1],
    ['the minimum does not fit', { a: 1, b: 1, c: 1 }, 2, 1],
    ['a part is negative', { a: -1, b: 5 }, 100, 1],
    ['a part is no number', { a: Number.NaN, b: 5 }, 100, 1],
    ['a part is infinite', { a: Number.POSITIVE_INFINITY, b: 5 }, 100, 1],
    ['the total is no whole number', { a: 1 }, 1.5, 1],
    ['the total is negative', { a: 1 }, -1, 0],
  ])('throws when %s', (_, of, total, minimum) => {
    expect(() => apportion<string>(of, total, minimum)).toThrow(RangeError);
  });

  it('adds up to the total, and a part above zero is never zero', () => {
    fc.assert(
      fc.property(parts, totals, (of, total) => {
        const given = apportion<string>(of, total, 1);

        expect(sum(Object.values(given))).toBe(total);
        for (const [key, part] of Object.entries(of)) {
          if (part > 0) expect(given[key]).toBeGreaterThanOrEqual(1);
          else expect(given[key]).toBe(0);
        }
      }),
    );
  });

  it('stays within one of the exact quota where no minimum binds', () => {
    fc.assert(
      fc.property(parts, totals, (of, total) => {
        const given = apportion<string>(of, total, 0);

        for (const key of Object.keys(of))
          expect(Math.abs((given[key] ?? 0) - quotaOf(of, key, total))).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  it('gives the same whatever the order of the keys', () => {
    fc.assert(
      fc.property(parts, totals, (of, total) => {
        const backwards = Object.fromEntries(Object.entries(of).toReversed());

        expect(apportion<string>(backwards, total, 1)).toEqual(apportion<string>(of, total, 1));
      }),
    );
  });

  it('keeps the order of sizes: a larger part never gets less than a smaller one', () => {
    fc.assert(
      fc.property(parts, totals, (of, total) => {
        const given = apportion<string>(of, total, 1);

        for (const [one, a] of Object.entries(of))
          for (const [other, b] of Object.entries(of))
            if (a > b) expect(given[one]).toBeGreaterThanOrEqual(given[other] ?? 0);
      }),
    );
  });

  it('a part that grows never loses more than the one unit that rounding can take', () => {
    fc.assert(
      fc.property(parts, totals, fc.integer({ min: 1, max: 5000 }), (of, total, more) => {
        const [key = ''] = Object.entries(of).find(([, part]) => part > 0) ?? [];
        const before = apportion<string>(of, total, 1)[key] ?? 0;

        const after = apportion<string>({ ...of, [key]: (of[key] ?? 0) + more }, total, 1)[key] ?? 0;

        expect(after).toBeGreaterThanOrEqual(before - 1);
      }),
    );
  });
});
