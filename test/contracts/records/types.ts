import { describe, expect, it } from 'vitest';
import { isSingle, samplesOf } from './samples.ts';
import {
  type ArrangeRecords,
  become,
  live,
  madeOne,
  put,
  type RecordsTraits,
  type RecordsWorld,
  setOf,
  take,
} from './world.ts';

/** A delegation is signed where it is: without its NS set some servers refuse a DS. */
const ground = async (world: RecordsWorld, type: string): Promise<void> => {
  if (type === 'DS') await madeOne(world, setOf('typed', 'NS', ['ns1.example.net.']));
};

/** The part of `Records` about types: whoever declares one is tested for it. SOA has one place only, and zones are about it. */
export const typesContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  describe.each(traits.capabilities.types.filter((type) => type !== 'SOA'))('a %s set', (type) => {
    const [first, second] = samplesOf(type, traits);
    const both = isSingle(type) ? [second] : [first, second];

    it('is made, and reads back as it was made', async () => {
      const world = await arrange();
      await ground(world, type);
      const set = setOf('typed', type, [first]);

      expect(await become(world, [put(set)])).toEqual(['landed']);
      expect(await live(world, set)).toEqual(set);
    });

    it('takes other values, and loses one again', async () => {
      const world = await arrange();
      await ground(world, type);
      const one = await madeOne(world, setOf('typed', type, [first]));
      const two = { ...one, values: setOf('typed', type, both).values };
      const last = { ...one, values: [second] };

      expect(await become(world, [put(two, one)])).toEqual(['landed']);
      expect(await live(world, one)).toEqual(two);
      expect(await become(world, [put(last, two)])).toEqual([isSingle(type) ? 'already' : 'landed']);
      expect(await live(world, one)).toEqual(last);
    });

    it('takes another TTL', async () => {
      const world = await arrange();
      await ground(world, type);
      const set = await madeOne(world, setOf('typed', type, both));

      expect(await become(world, [put({ ...set, ttlSeconds: 3600 }, set)])).toEqual(['landed']);
      expect(await live(world, set)).toEqual({ ...set, ttlSeconds: 3600 });
    });

    it('is taken away, and taking it away again is no error', async () => {
      const world = await arrange();
      await ground(world, type);
      const set = await madeOne(world, setOf('typed', type, [first]));

      expect(await become(world, [take(set)])).toEqual(['landed']);
      expect(await live(world, set)).toBe(null);
      expect(await become(world, [take(set)])).toEqual(['already']);
    });
  });
};
