import { describe, expect, it } from 'vitest';
import type { FakeRecordInput } from '../../../providers/ns1/fake/record-schema.ts';
import { answer, arrangeNs1, CHAIN, record } from '../../contracts/steering/ns1-world.ts';
import { changeOf, never, readOne, refOf, weightsOf, writeOf } from '../../contracts/steering/world.ts';

type Ns1 = Awaited<ReturnType<typeof arrangeNs1>>;

const WWW = refOf('www', 'example.com');
const put = ({ fake }: Ns1, fields: FakeRecordInput): void => fake.put('example.com', 'www.example.com', 'A', fields);

/** What a write of these weights says, on the set as it was read just now. */
const written = async ({ world }: Ns1, weights: Record<string, number | null>): Promise<string> => {
  const state = await readOne(world, WWW);
  try {
    await world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, weights, 'state')]), never());
    return 'ok';
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
};

const [UP, SHUFFLE, FIRST] = [
  { filter: 'up' as const, config: {} },
  { filter: 'weighted_shuffle' as const, config: {} },
  { filter: 'select_first_n' as const, config: { N: 1 } },
];

describe('steering NS1', () => {
  it.each<[string, FakeRecordInput['filters'], RegExp]>([
    ['no filter', [], /no `up` filter.*no `weighted_shuffle` filter.*no `select_first_n` filter/],
    ['no `up`', [SHUFFLE, FIRST], /no `up` filter is enabled/],
    ['a disabled `up`', [{ ...UP, disabled: true }, SHUFFLE, FIRST], /no `up` filter is enabled/],
    ['`up` after the shuffle', [SHUFFLE, UP, FIRST], /in the order weighted_shuffle, up, select_first_n; they must be/],
    ['no shuffle by weight', [UP, { filter: 'shuffle', config: {} }, FIRST], /no `weighted_shuffle` filter is enabled/],
    ['no `select_first_n`', [UP, SHUFFLE], /every answer is returned/],
    ['two answers let through', [UP, SHUFFLE, { ...FIRST, config: { N: 2 } }], /lets 2 answers through/],
    [
      'sticky weights',
      [UP, { filter: 'weighted_sticky', config: { sticky_by_network: true } }, FIRST],
      /always the same answer/,
    ],
    [
      'a choice by place above',
      [{ filter: 'geotarget_country', config: {} }, ...CHAIN],
      /by place before any weight does, which is another layer/,
    ],
    [
      'a choice by load',
      [UP, { filter: 'shed_load', config: { metric: 'loadavg' } }, SHUFFLE, FIRST],
      /`shed_load` chooses beside the weights/,
    ],
  ])('reads a chain with %s, and refuses to write it', async (_, filters, because) => {
    const ns1 = await arrangeNs1();
    put(ns1, { filters });

    const state = await readOne(ns1.world, WWW);
    const said = await written(ns1, { east: 30 });

    expect(weightsOf(state)).toEqual({ east: 100, west: 100, spare: null });
    expect(said).toMatch(because);
    expect(ns1.fake.counts().landed).toBe(0);
  });

  it('does not mind filters that are disabled', async () => {
    const ns1 = await arrangeNs1();
    put(ns1, { filters: [{ filter: 'geotarget_country', config: {}, disabled: true }, ...CHAIN] });

    expect(await written(ns1, { east: 30 })).toBe('ok');
  });

  it.each(['up', 'weight'] as const)('refuses a member whose `%s` comes from a data feed', async (key) => {
    const ns1 = await arrangeNs1();
    const fed = { up: true, weight: 100, [key]: { feed: 'feed-1' } };
    put(ns1, { answers: [answer('east', { up: true, weight: 100 }), answer('west', fed)] });

    const said = await written(ns1, { east: 30 });

    expect(said).toMatch(new RegExp(`\`${key}\` of "west" comes from a data feed`));
    expect(ns1.fake.counts().landed).toBe(0);
  });

  it('refuses a feed that a member inherits from its region', async () => {
    const ns1 = await arrangeNs1();
    put(ns1, {
      answers: [answer('east', { up: true, weight: 100 }), answer('west', { weight: 100 })],
      regions: { east: {}, west: { meta: { up: { feed: 'feed-1' } } } },
    });

    expect(await written(ns1, { east: 30 })).toMatch(/`up` of "west" comes from a data feed/);
  });

  it.each<[string, number | undefined, RegExp]>([
    ['of zero', 0, /"west" is up with weight 0/],
    ['that is a fraction', 0.5, /"west" is up with weight 0.5/],
    ['that nobody has given', undefined, /"west" is up with no weight/],
  ])('refuses a member that is up with a weight %s', async (_, weight, because) => {
    const ns1 = await arrangeNs1();
    const west = answer('west', weight === undefined ? { up: true } : { up: true, weight });
    put(ns1, { answers: [answer('east', { up: true, weight: 100 }), west] });

    expect(await written(ns1, { east: 30, west: 30 })).toMatch(because);
  });

  it('reads a record that is linked to another as one without members, and writes nothing', async () => {
    const ns1 = await arrangeNs1();
    put(ns1, { link: 'other.example.com', answers: [] });

    const state = await readOne(ns1.world, WWW);
    const said = await written(ns1, {});

    expect(state.members).toEqual([]);
    expect(said).toMatch(/no member would be left serving/);
    expect(ns1.fake.counts().landed).toBe(0);
  });

  it('refuses two answers that could not be told apart', async () => {
    const ns1 = await arrangeNs1();
    const plain = { answer: ['192.0.2.9'], meta: { up: true, weight: 5 } };
    put(ns1, { answers: [plain, plain] });

    expect(await written(ns1, { '192.0.2.9': 6 })).toMatch(/two answers are called "192.0.2.9"/);
  });

  it('rule 1: never takes every answer out, whatever it is asked', async () => {
    const ns1 = await arrangeNs1();

    expect(await written(ns1, { east: null, west: null })).toMatch(/no member would be left serving/);
    expect(ns1.fake.counts().landed).toBe(0);
  });

  it('writes a drained member its own `up` and leaves its weight, its region and its note', async () => {
    const ns1 = await arrangeNs1();
    put(ns1, {
      answers: [answer('east', { weight: 100 }), answer('west', { up: true, weight: 100 })],
      regions: { east: { meta: { up: true } }, west: {} },
    });

    await written(ns1, { east: null });

    const held = ns1.fake.record('example.com', 'www.example.com', 'A');
    expect(held?.answers[0]?.meta).toEqual({ note: 'made for east', up: false, weight: 100 });
    expect(held?.regions['east']).toEqual({ meta: { up: true } });
    expect(ns1.fake.answers('example.com', 'www.example.com', 'A')).toEqual({ west: 1 });
  });

  it('moves all weights of a name in three calls', async () => {
    const ns1 = await arrangeNs1();
    const state = await readOne(ns1.world, WWW);
    const before = ns1.fake.counts().requests;

    await ns1.world.steering.replace(
      writeOf(WWW.zone, [changeOf(WWW, state, { east: 30, west: 170 }, 'state')]),
      never(),
    );

    expect(ns1.fake.counts().requests - before).toBe(3);
  });

  it('reads a zone however its name ends', async () => {
    const ns1 = await arrangeNs1();

    const [reading] = await ns1.world.steering.read([{ ...WWW, zone: 'example.com.' }], never());

    expect(reading?.zone).toBe('example.com.');
    expect(reading?.sets.map(weightsOf)).toEqual([{ east: 100, west: 100, spare: null }]);
  });

  it('takes another key from the next call on', async () => {
    const ns1 = await arrangeNs1();
    ns1.fake.changeKey('key-2');
    ns1.secrets.current = 'key-2';

    expect(await written(ns1, { east: 30 })).toBe('ok');
  });

  it('goes slower when NS1 says that a bucket is nearly empty, and is never throttled', async () => {
    const ns1 = await arrangeNs1({ limits: { reads: 40, changes: 20 } });
    const before = ns1.limiter?.parallel() ?? 0;

    for (let read = 0; read < 39; read += 1) await readOne(ns1.world, WWW);

    expect(ns1.limiter?.parallel()).toBeLessThan(before);
  });

  it('makes a record that is steered as the world begins with', () => {
    expect(record([answer('east', { up: true, weight: 1 })]).filters).toEqual([UP, SHUFFLE, FIRST]);
  });
});
