import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inService, partOf, referenceOf, served, servedAtMost } from '../../src/capacity/in-service.ts';
import { above, within } from '../../src/capacity/limit.ts';

const all = [1, 1, 1, 1];

const home = (h: number, capacity: number | null) => ({ home: h, reference: capacity, now: capacity });

describe('capacity in service, I = Cref · min(1, w/g)', () => {
  it.each([
    [1000, 0.5, 0.5, 1000],
    [1000, 0.25, 0.5, 500],
    [1000, 0, 0.5, 0],
    [1000, 1, 0.5, 1000],
    [1000, 0.5, 0, 0],
  ])('capacity %d at share %d of %d is %d', (counted, share, grain, expected) => {
    expect(inService(counted, share, grain)).toBe(expected);
  });
});

describe('two regions at home with 50 / 50', () => {
  const reference = referenceOf([home(0.5, 1000), home(0.5, 1000)]);

  it('K is both, and S is K while traffic is at home', () => {
    expect(reference.whole).toBe(2000);
    expect(served(reference, [0.5, 0.5], all)).toBe(2000);
  });

  it('an evacuation takes the half out, whatever the other then receives', () => {
    expect(served(reference, [0, 1], all)).toBe(1000);
    expect(served(reference, [0.4, 0.6], all)).toBe(1800);
  });
});

describe('three regions at home with 40 / 40 / 20', () => {
  const reference = referenceOf([home(0.4, 800), home(0.4, 800), home(0.2, 400)]);

  it('leaving one large region removes 40 % of K', () => {
    expect(partOf(2000 - served(reference, [0, 0.6, 0.4], all), reference.whole)).toBeCloseTo(0.4);
  });

  it('the small one removes 20 %', () => {
    expect(partOf(2000 - served(reference, [0.5, 0.5, 0], all), reference.whole)).toBeCloseTo(0.2);
  });
});

describe('a standby (h = 0)', () => {
  const standby = (now: number | null) => referenceOf([home(1, 1000), { home: 0, reference: 1000, now }]);

  it('is no part of K and counts what runs there now', () => {
    const reference = standby(600);

    expect(reference.whole).toBe(1000);
    expect(served(reference, [0, 1], all)).toBe(600);
  });

  it('counts in full from its part of all capacity on: g = Cref / ΣCref', () => {
    expect(standby(1000).grain).toEqual([1, 0.5]);
    expect(served(standby(1000), [0, 0.25], all)).toBe(500);
  });

  it('never lifts S above K', () => {
    expect(served(standby(5000), [0.5, 0.5], all)).toBe(1000);
  });

  it('scaled to nothing, or unknown, it counts nothing', () => {
    expect(served(standby(0), [0, 1], all)).toBe(0);
    expect(served(standby(null), [0, 1], all)).toBe(0);
  });
});

it('K is unknown when one home region is; an unknown standby does not matter for it', () => {
  expect(referenceOf([home(0.5, 1000), home(0.5, null)]).whole).toBeNull();
  expect(referenceOf([home(1, 1000), { home: 0, reference: null, now: null }]).whole).toBe(1000);
});

it('capacity that is scaled in does not shrink what leaving it removes: Cref counts, not Cnow', () => {
  const reference = referenceOf([
    { home: 0.5, reference: 1000, now: 50 },
    { home: 0.5, reference: 1000, now: 1000 },
  ]);

  expect(served(reference, [0.5, 0.5], all) - served(reference, [0, 1], all)).toBe(1000);
});

it('the most S can be leaves out whatever gets no credit', () => {
  const reference = referenceOf([home(0.5, 1000), home(0.5, 1000)]);

  expect(servedAtMost(reference, [0, 1])).toBe(1000);
});

it('S never exceeds K, never falls below zero, and grows with every share', () => {
  const region = fc.record({
    home: fc.constantFrom(0, 0.2, 0.4, 0.5),
    reference: fc.integer({ min: 0, max: 5000 }),
    now: fc.integer({ min: 0, max: 5000 }),
  });
  fc.assert(
    fc.property(
      fc.array(region, { minLength: 1, maxLength: 4 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
      fc.nat(3),
      (regions, drawn, index) => {
        const reference = referenceOf(regions);
        const shares = regions.map((_, r) => drawn[r] ?? 0);
        const more = shares.map((share, r) => (r === index ? share + 0.1 : share));

        const S = served(reference, shares, all);

        expect(S).toBeGreaterThanOrEqual(0);
        expect(within(S, reference.whole ?? 0)).toBe(true);
        expect(within(S, served(reference, more, all))).toBe(true);
      },
    ),
  );
});

describe('limits', () => {
  it('are inclusive, whatever binary fractions make of them', () => {
    expect(within(0.1 + 0.2, 0.3)).toBe(true);
    expect(above(0.1 + 0.2, 0.3)).toBe(false);
    expect(within(0.3001, 0.3)).toBe(false);
    expect(above(0.3001, 0.3)).toBe(true);
  });

  it('rule 7: what is no number is never within a limit', () => {
    expect(within(Number.NaN, 1)).toBe(false);
    expect(within(1, Number.NaN)).toBe(false);
    expect(above(Number.NaN, 1)).toBe(false);
  });
});
