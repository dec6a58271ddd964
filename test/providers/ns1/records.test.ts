import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { arrangeNs1Records } from '../../contracts/records/ns1-world.ts';
import { become, change, live, madeOne, put, qualified, setOf, take } from '../../contracts/records/world.ts';

const weighted = (region: string, value: string, weight: number | null): RecordSet =>
  qualified(setOf('routed', 'A', [value]), region, { kind: 'weighted', weight });

const EAST = weighted('east', '192.0.2.1', 10);
const WEST = weighted('west', '192.0.2.2', 20);

describe('changing records at NS1', () => {
  it('writes weighted sets as one record with the chain that weights need', async () => {
    const { world, fake } = await arrangeNs1Records();

    expect(await become(world, [put(EAST), put(WEST)])).toEqual(['landed', 'landed']);

    expect(fake.counts().landed).toBe(1);
    expect(fake.record('example.com', 'routed.example.com', 'A')?.filters.map(({ filter }) => filter)).toEqual([
      'up',
      'weighted_shuffle',
      'select_first_n',
    ]);
    expect(fake.answers('example.com', 'routed.example.com', 'A')).toEqual({ east: 1 / 3, west: 2 / 3 });
  });

  it('makes a basic set weighted in one write', async () => {
    const { world, fake } = await arrangeNs1Records();
    const basic = await madeOne(world, setOf('routed', 'A', ['192.0.2.1']));

    expect(await become(world, [take(basic), put(EAST)])).toEqual(['landed', 'landed']);
    expect(fake.counts().landed).toBe(2);
    expect(await live(world, EAST)).toEqual(EAST);
  });

  it.each<[string, readonly RecordSet[], RegExp]>([
    [
      'basic and weighted sets of one name',
      [EAST, setOf('routed', 'A', ['192.0.2.9'])],
      /basic or weighted sets at NS1, not both/,
    ],
    ['two TTLs of one name', [EAST, { ...WEST, ttlSeconds: 5 }], /have one TTL at NS1/],
    ['two values of one weight', [{ ...EAST, values: ['192.0.2.1', '192.0.2.9'] }], /one value at NS1/],
    ['no TTL', [{ ...EAST, ttlSeconds: null }], /shows a TTL for every record/],
    ['a name of another zone', [{ ...EAST, name: 'www.notexample.com.' }], /does not lie in the zone example.com/],
    ['a text in several strings', [setOf('routed', 'TXT', ['"one" "two"'])], /no way to say "one" "two"/],
  ])('refuses %s, and sends nothing', async (_, sets, because) => {
    const { world, fake } = await arrangeNs1Records();

    const outcomes = await change(
      world,
      sets.map((set) => put(set)),
    );

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ kind: 'rejected', because: expect.stringMatching(because) });
    }
    expect(fake.counts().landed).toBe(0);
  });

  it('leaves the weight of a drained answer at NS1 for whoever brings it back', async () => {
    const { world, fake } = await arrangeNs1Records();
    await become(world, [put(EAST), put(WEST)]);

    await become(world, [put({ ...EAST, profile: { kind: 'weighted', weight: null } }, EAST)]);

    const [east] = fake.record('example.com', 'routed.example.com', 'A')?.answers ?? [];
    expect(east?.meta).toEqual({ up: false, weight: 10 });
    expect(fake.answers('example.com', 'routed.example.com', 'A')).toEqual({ west: 1 });
  });
});
