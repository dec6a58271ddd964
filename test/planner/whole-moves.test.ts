import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryCapabilities } from '../../providers/memory/steering.ts';
import type { VendorFacts } from '../../src/domain/facts.ts';
import { providerId, type RegionId, regionId, serviceId, setId } from '../../src/domain/ids.ts';
import type { MoveRequest, PlannedSet } from '../../src/domain/plan.ts';
import { keysOf, recordOf, sum, valuesOf } from '../../src/domain/records.ts';
import type { Shares } from '../../src/domain/steering.ts';
import { WHOLE } from '../../src/domain/units.ts';
import { wholeMoves } from '../../src/planner/whole-moves.ts';

const VENDOR = providerId('vendor');
const [EAST, WEST, EUROPE] = [regionId('east'), regionId('west'), regionId('europe')];
const REGIONS = [EAST, WEST, EUROPE];

const facts = (maximum = 255): Readonly<Record<string, VendorFacts>> => ({
  [VENDOR]: {
    capabilities: {
      ...memoryCapabilities({ conditionalWrite: 'native', fence: 'native' }, 0),
      weight: { minimum: 1, maximum },
    },
    zeroOnAliasProven: false,
  },
});

const shares = (of: Partial<Record<string, number>>): Shares =>
  recordOf(REGIONS.map((region) => [region, of[region] ?? 0] as const));

const planned = (name: string, part: number, to: Shares, group: string | null = name): PlannedSet => ({
  ref: {
    set: setId(name),
    provider: VENDOR,
    zone: 'z',
    name: 'www.example.com.',
    type: 'CNAME',
    ...(group === null ? {} : { group, targets: [] }),
  },
  service: serviceId('s'),
  part,
  members: recordOf(REGIONS.map((region) => [region, `m-${region}`] as const)),
  drain: 'remove',
  base: { set: setId(name), members: [] },
  from: shares({ [EAST]: WHOLE }),
  to,
});

const REQUEST: MoveRequest = {
  verb: 'evacuate',
  mode: 'drill',
  region: EAST,
  services: [],
  to: [],
  share: null,
  because: 'a test',
  stayMs: null,
  overrides: [],
};

const servingIn = (of: Shares): readonly RegionId[] => keysOf<RegionId>(of).filter((region) => (of[region] ?? 0) > 0);

describe('sets that move as a whole', () => {
  it('go to one destination each, and together come as near as they can to how traffic would be divided', () => {
    const divided = shares({ [WEST]: 6000, [EUROPE]: 4000 });
    const sets = [planned('north', 5000, divided), planned('south', 3000, divided), planned('islands', 2000, divided)];

    const moved = wholeMoves(sets, facts(), REQUEST).sets;

    expect(moved.map(({ to }) => servingIn(to))).toEqual([[WEST], [EUROPE], [WEST]]);
  });

  it('flip one after the other, the largest first, each when the traffic moved so far includes it', () => {
    const to = shares({ [WEST]: WHOLE });
    const sets = [planned('small', 1000, to), planned('large', 6000, to), planned('middle', 3000, to)];

    const flips = wholeMoves(sets, facts(), REQUEST).sets.map(({ flipsAt }) => flipsAt);

    expect(flips).toEqual([10_000, 6000, 9000]);
  });

  it('leave a set of weights as it is', () => {
    const weights = planned('weights', WHOLE, shares({ [WEST]: 6000, [EUROPE]: 4000 }), null);

    const moved = wholeMoves([weights], facts(), REQUEST);

    expect(moved).toEqual({ sets: [weights], objections: [] });
  });

  it('cannot give a part away, and the refusal says what to type', () => {
    const asked: MoveRequest = { ...REQUEST, verb: 'shift', share: 2000 };

    const { objections } = wholeMoves(
      [planned('north', WHOLE, shares({ [EAST]: 8000, [WEST]: 2000 }))],
      facts(),
      asked,
    );

    expect(objections).toMatchObject([{ code: 'impossible-move', severity: 'refuse' }]);
    expect(objections[0]?.because).toContain('shift 100%');
  });

  it('refuses more serving members than small weights can hold', () => {
    const set = planned('addresses', WHOLE, shares({ [EAST]: 4000, [WEST]: 3000, [EUROPE]: 3000 }), null);

    const { objections } = wholeMoves([set], facts(2), REQUEST);

    expect(objections).toMatchObject([{ code: 'impossible-move', value: 3, limit: 2 }]);
  });

  it('rule 1: never end empty or in two places, and never leave the members of the set', () => {
    const part = fc.integer({ min: 1, max: 5000 });
    const division = fc
      .tuple(fc.nat(WHOLE), fc.constant(0))
      .map(([west]) => shares({ [WEST]: west, [EUROPE]: WHOLE - west }));

    fc.assert(
      fc.property(fc.array(fc.tuple(part, division), { minLength: 1, maxLength: 12 }), (groups) => {
        const sets = groups.map(([size, to], i) => planned(`g${i}`, size, to));

        const moved = wholeMoves(sets, facts(), REQUEST).sets;

        expect(moved).toHaveLength(sets.length);
        for (const { to, flipsAt } of moved) {
          expect(servingIn(to)).toHaveLength(1);
          expect(sum(valuesOf(to))).toBe(WHOLE);
          expect(servingIn(to)).not.toContain(EAST);
          expect(flipsAt).toBeGreaterThan(0);
        }
        expect(Math.max(...moved.map(({ flipsAt }) => flipsAt ?? 0))).toBe(WHOLE);
      }),
    );
  });
});
