import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionId, setId } from '../../src/domain/ids.ts';
import { sum } from '../../src/domain/records.ts';
import type { MemberState, SetState, Shares } from '../../src/domain/steering.ts';
import { roundingError, sharesOf, strangers, weightsFor, weightTotal } from '../../src/domain/weights.ts';

const A = regionId('a');
const B = regionId('b');
const C = regionId('c');
const MEMBERS = { [A]: 'east', [B]: 'west', [C]: 'north' };
const ROUTE53 = { minimum: 1, maximum: 255 };

const shares = (a: number, b: number, c: number): Shares => ({ [A]: a, [B]: b, [C]: c });

const state = (weights: Readonly<Record<string, number | null>>, absent: readonly string[] = []): SetState => ({
  set: setId('www'),
  members: Object.entries(weights).map(
    ([member, weight]): MemberState => ({
      member,
      weight,
      present: !absent.includes(member),
      ttlSeconds: 60,
      healthCheck: null,
      kept: null,
      cost: { elements: 2, characters: 10 },
    }),
  ),
});

describe('the sum of weights', () => {
  it.each([
    ['50 / 50', [shares(5000, 5000, 0)], 254],
    ['40 / 40 / 20', [shares(4000, 4000, 2000)], 255],
    ['50 / 30 / 20', [shares(5000, 3000, 2000)], 250],
    ['50 / 50 and its evacuation', [shares(5000, 5000, 0), shares(0, 10_000, 0)], 254],
  ])('holds %s exactly', (_, ways, total) => {
    expect(weightTotal(ways, ROUTE53)).toBe(total);
  });

  it('needs no more than a share can say where the vendor takes large weights', () => {
    expect(weightTotal([shares(3333, 3333, 3334)], { minimum: 1, maximum: 1_000_000 })).toBe(10_000);
  });

  it('never exceeds what one member may hold, so that one member can have everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 0, max: 4000 }), (a, b) => {
        const way = shares(a, Math.min(b, 10_000 - a), Math.max(0, 10_000 - a - b));

        const total = weightTotal([way], ROUTE53);

        expect(total).toBeLessThanOrEqual(255);
        expect(total).toBeGreaterThan(127);
      }),
    );
  });
});

describe('weights for shares', () => {
  it('drains a member without a share and keeps the sum constant', () => {
    expect(weightsFor(shares(0, 7500, 2500), MEMBERS, ROUTE53, 200)).toEqual({ east: null, west: 150, north: 50 });
    expect(weightsFor(shares(10_000, 0, 0), MEMBERS, ROUTE53, 200)).toEqual({ east: 200, west: null, north: null });
  });

  it('never rounds a serving member away', () => {
    expect(weightsFor(shares(1, 9999, 0), MEMBERS, ROUTE53, 255)).toEqual({ east: 1, west: 254, north: null });
  });

  it('rule 1: throws rather than drain everybody', () => {
    expect(() => weightsFor(shares(0, 0, 0), MEMBERS, ROUTE53, 255)).toThrow('nothing serves');
  });

  it('throws when a share has no member to hold it', () => {
    const away = { ...shares(5000, 0, 0), [regionId('elsewhere')]: 5000 };

    expect(() => weightsFor(away, MEMBERS, ROUTE53, 255)).toThrow('elsewhere');
  });

  it('throws when the sum could exceed the largest weight', () => {
    expect(() => weightsFor(shares(10_000, 0, 0), MEMBERS, ROUTE53, 256)).toThrow('255');
  });

  it('come back as the shares they were made from, within one part of the sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (x, y) => {
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        const asked = shares(low, high - low, 10_000 - high);

        const weights = weightsFor(asked, MEMBERS, ROUTE53, 255);
        const held = sharesOf(state(weights), MEMBERS);

        expect(sum(Object.values(weights).map((weight) => weight ?? 0))).toBe(255);
        expect(sum(Object.values(held))).toBe(10_000);
        expect(roundingError(asked, held)).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe('configured shares', () => {
  it('add up to 10000 exactly', () => {
    expect(sharesOf(state({ east: 1, west: 1, north: 1 }), MEMBERS)).toEqual(shares(3334, 3333, 3333));
  });

  it('are zero for a drained member, an absent one and one that was never there', () => {
    expect(sharesOf(state({ east: null, west: 10 }), MEMBERS)).toEqual(shares(0, 10_000, 0));
    expect(sharesOf(state({ east: 10, west: 10 }, ['east']), MEMBERS)).toEqual(shares(0, 10_000, 0));
  });

  it('are all zero when nothing serves', () => {
    expect(sharesOf(state({ east: null, west: null }), MEMBERS)).toEqual(shares(0, 0, 0));
  });

  it('show the smallest weight, however large the others are', () => {
    expect(sharesOf(state({ east: 1, west: 999_999 }), MEMBERS)).toEqual(shares(1, 9999, 0));
  });
});

it('a member that no region owns is a stranger', () => {
  expect(strangers(state({ east: 1, west: 1, stranger: 1 }), MEMBERS)).toEqual(['stranger']);
  expect(strangers(state({ east: 1, west: 1 }), MEMBERS)).toEqual([]);
});
