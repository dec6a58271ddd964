import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RegionId, regionId } from '../../src/domain/ids.ts';
import { recordOf, sum } from '../../src/domain/records.ts';
import type { Shares } from '../../src/domain/steering.ts';
import { comeHome, freeHeadroom, moveOut } from '../../src/planner/targets.ts';
import { EAST, EUROPE, WEST } from '../support/fleet-config.ts';

const shares = (east: number, west: number, europe: number): Shares =>
  recordOf([
    [EAST, east],
    [WEST, west],
    [EUROPE, europe],
  ]);
const members = recordOf([EAST, WEST, EUROPE].map((region) => [region, region] as const));

describe('where traffic goes', () => {
  it('divides what leaves in proportion to what each destination can still take', () => {
    const to = moveOut(
      shares(4000, 4000, 2000),
      EAST,
      10_000,
      recordOf([
        [WEST, 300],
        [EUROPE, 100],
      ]),
      members,
    );

    expect(to).toEqual(shares(0, 7000, 3000));
  });

  it('moves no more than the source has', () => {
    expect(moveOut(shares(1000, 5000, 4000), EAST, 2500, recordOf([[WEST, 1]]), members)).toEqual(
      shares(0, 6000, 4000),
    );
  });

  it('says that a set without any destination cannot make the move', () => {
    const onlyEast = recordOf([[EAST, 'e'] as const]);

    expect(moveOut(shares(10_000, 0, 0), EAST, 10_000, recordOf([[WEST, 1]]), onlyEast)).toBeNull();
  });

  it('brings one region home without starving another that is out', () => {
    const home = shares(4000, 3000, 3000);

    expect(comeHome(shares(0, 0, 10_000), home, EAST)).toEqual(shares(4000, 0, 6000));
    expect(comeHome(shares(0, 5000, 5000), home, EAST)).toEqual(home);
    expect(comeHome(shares(0, 0, 10_000), home, null)).toEqual(home);
  });

  it('reckons headroom by what runs, never below zero', () => {
    expect(freeHeadroom({ capacity: 1000, demand: 1000, share: 5000, maximumUtilisation: 8000 })).toBe(300);
    expect(freeHeadroom({ capacity: 1000, demand: 2000, share: 5000, maximumUtilisation: 8000 })).toBe(0);
  });

  it('never loses or makes traffic, whatever moves', () => {
    const regions = ['r1', 'r2', 'r3', 'r4'].map(regionId);
    const parts = fc.tuple(fc.nat(5000), fc.nat(5000), fc.nat(5000), fc.nat(5000));

    fc.assert(
      fc.property(parts, parts, fc.nat(10_000), (raw, division, moved) => {
        const total = sum(raw);
        fc.pre(total > 0);
        const scaled = raw.map((part) => Math.floor((part / total) * 10_000));
        const from = recordOf(
          regions.map((region, i) => [region, (scaled[i] ?? 0) + (i === 0 ? 10_000 - sum(scaled) : 0)] as const),
        );
        const all = recordOf(regions.map((region) => [region, region] as const));
        const [source] = regions as [RegionId, ...RegionId[]];

        const to = moveOut(
          from,
          source,
          moved,
          recordOf(regions.map((region, i) => [region, division[i] ?? 0] as const)),
          all,
        );

        if (to === null) return;
        expect(sum(Object.values(to))).toBe(10_000);
        expect(to[source]).toBe((from[source] ?? 0) - Math.min(moved, from[source] ?? 0));
        for (const region of regions.slice(1)) expect(to[region] ?? 0).toBeGreaterThanOrEqual(from[region] ?? 0);
      }),
    );
  });
});
