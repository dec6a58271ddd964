import { describe, expect, it } from 'vitest';
import type { RecordSet, RoutingProfile } from '../../../src/domain/record-sets.ts';
import { samplesOf } from './samples.ts';
import {
  type ArrangeRecords,
  become,
  live,
  made,
  never,
  put,
  qualified,
  type RecordsTraits,
  type RecordsWorld,
  setOf,
  take,
} from './world.ts';

const pairOf = (traits: RecordsTraits, type: string, profiles: readonly [RoutingProfile, RoutingProfile]) => {
  const values = samplesOf(type, traits);
  const [east, west] = traits.qualifiers?.(values) ?? ['east', 'west'];
  return [
    qualified(setOf('routed', type, [values[0]]), east, profiles[0]),
    qualified(setOf('routed', type, [values[1]]), west, profiles[1]),
  ] as const;
};

const isPrimary = ({ profile }: RecordSet): boolean => profile.kind === 'failover' && profile.role === 'primary';

/** Some vendors take a primary set only with a health check. */
const asMade = (world: RecordsWorld, pair: readonly [RecordSet, RecordSet]): readonly RecordSet[] =>
  pair.map((set) => (isPrimary(set) ? { ...set, kept: world.primaryKept ?? null } : set));

const madePair = async (world: RecordsWorld, pair: readonly [RecordSet, RecordSet]) => {
  const [east, west] = await made(world, ...asMade(world, pair));
  if (east === undefined || west === undefined) throw new Error('nothing was made');
  return { east, west };
};

/** What every routed pair must do, whatever it is routed by. */
const pairContract = (
  arrange: ArrangeRecords,
  traits: RecordsTraits,
  type: string,
  profiles: readonly [RoutingProfile, RoutingProfile],
) => {
  const pair = pairOf(traits, type, profiles);

  it('reads back as it was made, and is seen in the list of all', async () => {
    const world = await arrange();

    const { east, west } = await madePair(world, pair);
    const all = await world.records.recordSets(world.zones.home, {}, never());

    expect([east, west]).toEqual(asMade(world, pair));
    expect(all).toEqual(expect.arrayContaining([east, west]));
  });

  it('one qualifier taken away leaves the other, and again is no error', async () => {
    const world = await arrange();
    const { east, west } = await madePair(world, pair);

    expect(await become(world, [take(west)])).toEqual(['landed']);
    expect(await live(world, west)).toBe(null);
    expect(await live(world, east)).toEqual(east);
    expect(await become(world, [take(west)])).toEqual(['already']);
  });

  it('both are taken away together', async () => {
    const world = await arrange();
    const { east, west } = await madePair(world, pair);

    expect(await become(world, [take(east), take(west)])).toEqual(['landed', 'landed']);
    expect(await world.records.recordSets(world.zones.home, { name: east.name }, never())).toEqual([]);
  });

  it('another TTL leaves the profile as it is', async () => {
    const world = await arrange();
    const { east, west } = await madePair(world, pair);
    const slow = { ttlSeconds: 3600 };

    const became = await become(world, [put({ ...east, ...slow }, east), put({ ...west, ...slow }, west)]);

    expect(became).toEqual(['landed', 'landed']);
    expect(await live(world, east)).toEqual({ ...east, ...slow });
    expect(await live(world, west)).toEqual({ ...west, ...slow });
  });
};

const weightedContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  const { weighted } = traits.capabilities;
  if (weighted === null) return;
  const { minimum, maximum } = weighted;
  const weight = (its: number | null): RoutingProfile => ({ kind: 'weighted', weight: its });

  describe.each(weighted.types)('weighted %s sets', (type) => {
    pairContract(arrange, traits, type, [weight(minimum), weight(maximum)]);

    it('a weight changes and the other stays', async () => {
      const world = await arrange();
      const { east, west } = await madePair(world, pairOf(traits, type, [weight(minimum), weight(minimum)]));

      const heavy = { ...east, profile: weight(maximum) };
      expect(await become(world, [put(heavy, east)])).toEqual(['landed']);
      expect(await live(world, east)).toEqual(heavy);
      expect(await live(world, west)).toEqual(west);
    });

    it(`${weighted.drained ? 'drained is null and not a number' : 'refuses to drain where nobody knows what that does'}`, async () => {
      const world = await arrange();
      const { east, west } = await madePair(world, pairOf(traits, type, [weight(minimum), weight(minimum)]));

      const drained = { ...west, profile: weight(null) };
      expect(await become(world, [put(drained, west)])).toEqual([weighted.drained ? 'landed' : 'rejected']);
      expect(await live(world, west)).toEqual(weighted.drained ? drained : west);
      expect(await live(world, east)).toEqual(east);
    });

    if (weighted.drained)
      it('rule 1: never leaves weighted sets of which none serves', async () => {
        const world = await arrange();
        const { east, west } = await madePair(world, pairOf(traits, type, [weight(minimum), weight(null)]));

        expect(await become(world, [put({ ...east, profile: weight(null) }, east)])).toEqual(['never-empty']);
        expect(await become(world, [take(east)])).toEqual(['never-empty']);
        expect(await live(world, east)).toEqual(east);
        expect(await live(world, west)).toEqual(west);
      });

    it.each([minimum - 1, maximum + 1, minimum + 0.5, -1, Number.NaN])('refuses a weight of %s', async (wrong) => {
      const world = await arrange();
      const [east] = pairOf(traits, type, [weight(wrong), weight(minimum)]);

      expect(await become(world, [put(east)])).toEqual(['rejected']);
      expect(await world.landedWrites()).toBe(0);
    });

    it('a stale weight is a conflict', async () => {
      const world = await arrange();
      const { east } = await madePair(world, pairOf(traits, type, [weight(minimum), weight(minimum)]));
      const stale = { ...east, profile: weight(maximum) };

      expect(await become(world, [put({ ...stale, ttlSeconds: 3600 }, stale)])).toEqual(['conflict']);
      expect(await live(world, east)).toEqual(east);
    });
  });
};

const geoContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  const { geo } = traits.capabilities;

  if (traits.unlistedPlaces === undefined) {
    it(`${geo === null ? 'names no places where it has no geo sets' : 'names the places that geo sets may name'}`, async () => {
      const world = await arrange();

      const regions = await world.records.geoRegions(never());

      expect(Object.values(regions).flat().length > 0).toBe(geo !== null);
    });
  }

  if (geo === null || geo.access === 'read-only' || traits.geo === null) return;
  const { before, after } = traits.geo;
  const at = (places: readonly [RoutingProfile, RoutingProfile]) => places;
  const profiles = (its: typeof before) =>
    at([
      { kind: 'geo', regions: its[0] },
      { kind: 'geo', regions: its[1] },
    ]);

  describe.each(geo.types)('geo %s sets', (type) => {
    pairContract(arrange, traits, type, profiles(before));

    it('a territory moves from one set to the other in one change', async () => {
      const world = await arrange();
      const { east, west } = await madePair(world, pairOf(traits, type, profiles(before)));
      const [left, grown] = profiles(after);
      const next = [
        { ...east, profile: left },
        { ...west, profile: grown },
      ] as const;

      expect(await become(world, [put(next[0], east), put(next[1], west)])).toEqual(['landed', 'landed']);
      expect([await live(world, east), await live(world, west)]).toEqual(next);
    });

    it('stale places are a conflict', async () => {
      const world = await arrange();
      const { east } = await madePair(world, pairOf(traits, type, profiles(before)));
      const stale = { ...east, profile: { kind: 'geo', regions: after[0] } } as const;

      expect(await become(world, [put({ ...stale, ttlSeconds: 3600 }, stale)])).toEqual(['conflict']);
    });

    if (traits.unlistedPlaces === true) return;
    it('the places of the test are places of the vendor', async () => {
      const world = await arrange();
      const known = await world.records.geoRegions(never());

      for (const [region, territories] of [...before, ...after].flatMap((regions) => Object.entries(regions))) {
        expect(known[region]).toEqual(expect.arrayContaining([...territories]));
      }
    });
  });
};

/** The part of `Records` about sets that are routed, and about aliases. */
export const profilesContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  weightedContract(arrange, traits);
  geoContract(arrange, traits);

  describe.each(traits.capabilities.failover ?? [])('failover %s sets', (type) => {
    pairContract(arrange, traits, type, [
      { kind: 'failover', role: 'primary' },
      { kind: 'failover', role: 'secondary' },
    ]);
  });

  if (!traits.capabilities.alias) return;
  it('an alias is made, changed and taken away as any set', async () => {
    const world = await arrange();
    const [first, second] = await world.aliases();
    const set = setOf('alias', 'A', [], { ttlSeconds: null, alias: first });

    expect(await become(world, [put(set)])).toEqual(['landed']);
    const one = await live(world, set);
    expect(one).toMatchObject({ ...set, kept: one?.kept });
    const next = { ...(one ?? set), alias: second };
    expect(await become(world, [put(next, one)])).toEqual(['landed']);
    expect(await live(world, set)).toEqual(next);
    expect(await become(world, [put(next, one)])).toEqual(['already']);
    expect(await become(world, [take(next)])).toEqual(['landed']);
    expect(await live(world, set)).toBe(null);
  });
};
