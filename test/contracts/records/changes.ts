import { expect, it } from 'vitest';
import type { RecordChange, RecordSet } from '../../../src/domain/record-sets.ts';
import {
  type ArrangeRecords,
  become,
  change,
  held,
  live,
  made,
  madeOne,
  never,
  put,
  type RecordsTraits,
  setOf,
  take,
  wordOf,
} from './world.ts';

/** More than any vendor's batch that matters would only cost time. */
const MOST_IN_A_TEST = 600;

const WWW = setOf('www', 'A', ['192.0.2.1']);
const API = setOf('api', 'A', ['192.0.2.1']);

const OTHERWISE: Readonly<Record<string, Partial<RecordSet>>> = {
  TTL: { ttlSeconds: 3600 },
  value: { values: ['198.51.100.9'] },
  'number of values': { values: ['192.0.2.1', '198.51.100.9'] },
};

/** The part of `Records` about changes: conditions, repeats, lists, and what becomes of each. */
export const changesContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  it.each(Object.entries(OTHERWISE))('rule 2: a change that expects a stale %s is a conflict', async (_, fields) => {
    const world = await arrange();
    const stale = await madeOne(world, WWW);
    await change(world, [put({ ...stale, ...fields }, stale)]);
    const seen = await held(world, stale);
    const writes = await world.landedWrites();

    const became = await become(world, [put({ ...stale, ttlSeconds: 7200 }, stale)]);

    expect(became).toEqual(['conflict']);
    expect(await held(world, stale)).toEqual(seen);
    expect(await world.landedWrites()).toBe(writes);
  });

  it('rule 2: a change that expects nothing where something is, is a conflict', async () => {
    const world = await arrange();
    const set = await madeOne(world, WWW);

    expect(await become(world, [put({ ...WWW, values: ['198.51.100.9'] })])).toEqual(['conflict']);
    expect(await live(world, WWW)).toEqual(set);
  });

  it('rule 2: a change that expects something where nothing is, is a conflict', async () => {
    const world = await arrange();

    expect(await become(world, [put({ ...WWW, ttlSeconds: 3600 }, WWW)])).toEqual(['conflict']);
    expect(await live(world, WWW)).toBe(null);
  });

  it('rule 2: taking away what is not as expected is a conflict', async () => {
    const world = await arrange();
    const set = await madeOne(world, WWW);

    expect(await become(world, [take({ ...set, ttlSeconds: 3600 })])).toEqual(['conflict']);
    expect(await live(world, WWW)).toEqual(set);
  });

  it('a repeat of what landed is `already` and sends nothing', async () => {
    const world = await arrange();
    const set = await madeOne(world, WWW);
    const next: RecordChange = put({ ...set, ttlSeconds: 3600 }, set);
    await change(world, [next]);
    const writes = await world.landedWrites();

    const [again, asNew] = [await become(world, [next]), await become(world, [put({ ...WWW, ttlSeconds: 3600 })])];

    expect([...again, ...asNew]).toEqual(['already', 'already']);
    expect(await world.landedWrites()).toBe(writes);
  });

  if (traits.unmodelled) {
    it('rule 2: a change is a conflict when the vendor’s own fields are not as expected', async () => {
      const world = await arrange();
      const stale = await madeOne(world, WWW);
      await world.foreigner.mark(world.zones.home, WWW);
      const seen = await held(world, WWW);

      expect(seen.kept).not.toEqual(stale.kept);
      expect(await become(world, [put({ ...stale, ttlSeconds: 3600 }, stale)])).toEqual(['conflict']);
      expect(await held(world, WWW)).toEqual(seen);
    });

    it.each(['kept', 'null'] as const)('gives back what it does not model (`%s`)', async (left) => {
      const world = await arrange();
      await madeOne(world, WWW);
      await world.foreigner.mark(world.zones.home, WWW);
      const seen = await held(world, WWW);
      const beside = await world.beside(world.zones.home, WWW);

      const next = { ...seen, ttlSeconds: 3600, kept: left === 'kept' ? seen.kept : null };
      const became = await become(world, [put(next, seen)]);

      expect(became).toEqual(['landed']);
      expect(await held(world, WWW)).toEqual({ ...seen, ttlSeconds: 3600 });
      expect(await world.beside(world.zones.home, WWW)).toEqual(beside);
    });
  }

  it('gives one outcome per change, in order', async () => {
    const world = await arrange();
    await madeOne(world, API);

    const became = await become(world, [put(WWW), take(setOf('gone', 'A', ['192.0.2.1'])), put(API)]);

    expect(became).toEqual(['landed', 'already', 'already']);
  });

  const isWhole = traits.capabilities.atomic === 'call';
  it(`of a list in which one change is stale ${isWhole ? 'nothing lands' : 'the others land'}`, async () => {
    const world = await arrange();
    const [www, api] = await made(world, WWW, API);
    if (www === undefined || api === undefined) throw new Error('nothing was made');
    const stale = { ...api, ttlSeconds: 7200 };

    const outcomes = await change(world, [
      put({ ...www, ttlSeconds: 3600 }, www),
      put({ ...api, values: ['198.51.100.9'] }, stale),
      put(setOf('new', 'A', ['192.0.2.1'])),
    ]);

    expect(outcomes).toHaveLength(3);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(
      isWhole ? ['failed', 'failed', 'failed'] : ['landed', 'failed', 'landed'],
    );
    expect(outcomes[1]).toMatchObject({ kind: 'conflict' });
    expect(await held(world, api)).toEqual(api);
    expect((await held(world, www)).ttlSeconds).toBe(isWhole ? 1800 : 3600);
  });

  const count = Math.min(traits.capabilities.batch + 1, MOST_IN_A_TEST);
  it(`a list of ${count} changes lands within the vendor's limits`, async () => {
    const world = await arrange();
    const sets = Array.from({ length: count }, (_, n) => setOf(`n${n}`, 'A', [`192.0.2.${n % 250}`]));

    const outcomes = await change(
      world,
      sets.map((set) => put(set)),
    );

    expect(new Set(outcomes.map(wordOf))).toEqual(new Set(['landed']));
    expect(outcomes).toHaveLength(count);
    const read = await world.records.recordSets(world.zones.home, { type: 'A' }, never());
    expect(read.map(({ name }) => name).toSorted()).toEqual(sets.map(({ name }) => name).toSorted());
  });

  it('a list without changes does nothing', async () => {
    const world = await arrange();

    expect(await become(world, [])).toEqual([]);
    expect(await world.landedWrites()).toBe(0);
  });

  it(`reports propagation truthfully (${traits.propagation})`, async () => {
    const world = await arrange();
    const [outcome] = await change(world, [put(WWW)]);
    const id = outcome?.outcome === 'landed' ? outcome.change : 'not landed';
    const asked = async (change: string) => (await world.records.propagation([change], never())).get(change);

    if (traits.propagation === 'none') expect(id).toBe(null);
    else {
      const early = await asked(id ?? '');
      await world.advance(world.propagationMs);
      expect(['pending', 'done']).toContain(early);
      expect(await asked(id ?? '')).toBe('done');
    }
    expect(await asked('no-such-change')).toBe('unknown-change');
  });
};
