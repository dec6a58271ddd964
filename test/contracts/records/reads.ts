import { expect, it } from 'vitest';
import { compareRecordKeys } from '../../../src/domain/record-order.ts';
import { type ArrangeRecords, change, kindOf, made, never, put, type RecordsTraits, setOf, wordOf } from './world.ts';

/** The part of `Records` about reading record sets. */
export const readsContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  const second = traits.capabilities.types.includes('AAAA') ? 'AAAA' : 'TXT';
  const value = second === 'AAAA' ? '2001:db8::1' : '"text"';

  it('reads its own writes, sorted, by name, by type, by both and all of them', async () => {
    const world = await arrange();
    const [www, wwwToo, api] = await made(
      world,
      setOf('www', 'A', ['192.0.2.1']),
      setOf('www', second, [value]),
      setOf('api', 'A', ['192.0.2.2']),
    );
    const read = (query: { name?: string; type?: string }) =>
      world.records.recordSets(world.zones.home, query, never());

    const all = await read({});

    expect(all).toEqual(expect.arrayContaining([api, www, wwwToo]));
    expect(all).toEqual(all.toSorted(compareRecordKeys));
    expect(await read({ name: 'www.example.com.' })).toEqual([www, wwwToo]);
    expect(await read({ name: 'www.example.com.', type: 'A' })).toEqual([www]);
    expect(await read({ type: second })).toEqual([wwwToo]);
  });

  it('reads nothing of a name that has no set, nor of a name that only begins like another', async () => {
    const world = await arrange();
    await made(world, setOf('www', 'A', ['192.0.2.1']));
    const read = (name: string, type?: string) =>
      world.records.recordSets(world.zones.home, type === undefined ? { name } : { name, type }, never());

    expect(await read('ww.example.com.')).toEqual([]);
    expect(await read('absent.example.com.')).toEqual([]);
    expect(await read('www.example.com.', second)).toEqual([]);
  });

  it('keeps zones apart', async () => {
    const world = await arrange();
    await made(world, setOf('www', 'A', ['192.0.2.1']));

    const other = await world.records.recordSets(world.zones.other, { name: 'www.example.com.' }, never());

    expect(other).toEqual([]);
  });

  it('reads wildcards and underscores as they are', async () => {
    const world = await arrange();
    const sets = [setOf('*', 'TXT', ['"any"']), setOf('_dmarc', 'TXT', ['"v=DMARC1"'])];

    const outcomes = await change(
      world,
      sets.map((set) => put(set)),
    );

    expect(outcomes.map(wordOf)).toEqual(['landed', 'landed']);
    for (const set of sets) {
      expect(await world.records.recordSets(world.zones.home, { name: set.name }, never())).toEqual([set]);
    }
  });

  it('throws not-found for an unknown zone', async () => {
    const world = await arrange();

    expect(await kindOf(world.records.recordSets(world.zones.absent, {}, never()))).toBe('not-found');
    expect(
      await kindOf(world.records.change(world.zones.absent, [put(setOf('www', 'A', ['192.0.2.1']))], '', never())),
    ).toBe('not-found');
  });

  if (traits.pages.sets !== null) {
    const count = traits.pages.sets + 1;
    it(`follows every page of record sets (${count} and more)`, async () => {
      const world = await arrange();
      await made(world, ...Array.from({ length: count }, (_, n) => setOf(`n${n}`, 'A', [`192.0.2.${n % 250}`])));

      const sets = await world.records.recordSets(world.zones.home, { type: 'A' }, never());

      expect(sets.map(({ name }) => name).toSorted()).toEqual(
        Array.from({ length: count }, (_, n) => `n${n}.example.com.`).toSorted(),
      );
    });
  }
};
