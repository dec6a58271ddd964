import { expect, it } from 'vitest';
import { type ArrangeRecords, kindOf, madeOne, never, type RecordsTraits, type RecordsWorld, setOf } from './world.ts';

const WISH = { name: 'zonetest.example.com.', ttlSeconds: 3601, email: 'dns@example.com' } as const;

const named = async (world: RecordsWorld, name: string) => {
  const zones = await world.records.zones(name, never());
  return zones.map(({ id, name: its }) => ({ id, name: its }));
};

/** The part of `Records` about zones. */
export const zonesContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  const { create, delete: remove, update } = traits.capabilities.zones;

  it('lists all zones, with the vendor’s own ids', async () => {
    const world = await arrange();

    const zones = await world.records.zones(null, never());

    expect(zones).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: world.zones.home, name: 'example.com.' }),
        expect.objectContaining({ id: world.zones.other, name: 'example.net.' }),
      ]),
    );
  });

  it('lists the zones of one name', async () => {
    const world = await arrange();

    expect(await named(world, 'example.net.')).toEqual([{ id: world.zones.other, name: 'example.net.' }]);
  });

  it('lists no zone where there is none of that name', async () => {
    const world = await arrange();

    expect(await world.records.zones('example.org.', never())).toEqual([]);
    expect(await world.records.zones('www.example.com.', never())).toEqual([]);
  });

  if (traits.pages.zones !== null) {
    const count = traits.pages.zones + 1;
    it(`follows every page of zones (${count} and more)`, async () => {
      const world = await arrange();
      await world.foreigner.zones(count);

      const ids = (await world.records.zones(null, never())).map(({ id }) => id);

      expect(ids.length).toBeGreaterThanOrEqual(count + 2);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await named(world, 'example.net.')).toEqual([{ id: world.zones.other, name: 'example.net.' }]);
    });
  }

  if (create) {
    it('makes a zone, and a repeat changes nothing', async () => {
      const world = await arrange();

      const zone = await world.records.putZone(WISH, never());
      const again = await world.records.putZone(WISH, never());

      expect(zone.name).toBe(WISH.name);
      expect(again.id).toBe(zone.id);
      expect(await named(world, WISH.name)).toEqual([{ id: zone.id, name: zone.name }]);
    });
  } else {
    it('refuses to make a zone where zones are made elsewhere', async () => {
      const world = await arrange();

      expect(await kindOf(world.records.putZone(WISH, never()))).toBe('rejected');
      expect(await world.records.zones(WISH.name, never())).toEqual([]);
    });
  }

  const fields = { ttl: { ttlSeconds: 7200 }, email: { email: 'other@example.com' } } as const;
  it.each(update)('gives a zone the %s that is wished for, and leaves the rest', async (field) => {
    const world = await arrange();
    const wish = { name: 'example.net.', ttlSeconds: null, email: null };
    const [before] = await world.records.zones('example.net.', never());

    await world.records.putZone({ ...wish, ...fields[field] }, never());
    const [after] = await world.records.zones('example.net.', never());

    expect(after).toEqual({ ...before, ...fields[field] });
  });

  it('a wish without TTL and email leaves a zone that is there as it is', async () => {
    const world = await arrange();
    const before = await world.records.zones('example.net.', never());

    const kind = await kindOf(world.records.putZone({ name: 'example.net.', ttlSeconds: null, email: null }, never()));

    expect(['ok', 'rejected']).toContain(kind);
    expect(await world.records.zones('example.net.', never())).toEqual(before);
  });

  if (remove) {
    it('takes an empty zone away, and one that is gone already is no error', async () => {
      const world = await arrange();

      await world.records.deleteZone(world.zones.other, never());
      await world.records.deleteZone(world.zones.other, never());

      expect(await world.records.zones('example.net.', never())).toEqual([]);
    });

    it('refuses to take a zone away that still has records', async () => {
      const world = await arrange();
      const set = await madeOne(world, setOf('www', 'A', ['192.0.2.1']));

      expect(await kindOf(world.records.deleteZone(world.zones.home, never()))).toBe('rejected');
      expect(await world.records.recordSets(world.zones.home, { name: set.name }, never())).toEqual([set]);
    });
  } else {
    it('refuses to take a zone away where that is done elsewhere', async () => {
      const world = await arrange();

      expect(await kindOf(world.records.deleteZone(world.zones.other, never()))).toBe('rejected');
      expect(await named(world, 'example.net.')).toHaveLength(1);
    });
  }
};
