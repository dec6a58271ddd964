import { describe, expect, it } from 'vitest';
import type { FakeRecord } from '../../../providers/cloudflare/fake/state.ts';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { COMMENT, setOf, wordOf } from '../../contracts/records/world.ts';
import { arrangeCloudflare, type CloudflareWorld } from '../../contracts/steering/cloudflare-world.ts';
import { kindOf, never } from '../../contracts/steering/world.ts';

const plain = (id: string, content: string, extra: Partial<FakeRecord> = {}): FakeRecord => ({
  id,
  type: 'A',
  name: 'db.example.com',
  content,
  ttl: 300,
  proxied: false,
  comment: null,
  tags: [],
  modifiedAt: 0,
  ...extra,
});

const arrange = async (...records: readonly FakeRecord[]) => {
  const world = await arrangeCloudflare();
  world.fake.editRecords(world.zones.home, (all) => {
    for (const record of records) all.set(record.id, record);
  });
  const port = world.records ?? expect.fail('cloudflare has records');
  const read = async (): Promise<RecordSet> => {
    const [set] = await port.recordSets(world.zones.home, { name: 'db.example.com.' }, never());
    return set ?? expect.fail('nothing is there');
  };
  const change = (expects: RecordSet | null, leaves: RecordSet | null) =>
    port.change(world.zones.home, [{ expects, leaves }], COMMENT, never());
  return { world, port, read, change };
};

const batches = ({ requests }: CloudflareWorld): readonly unknown[] =>
  requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));

describe('Cloudflare’s records as sets', () => {
  it('have no TTL of their own where the vendor chooses it', async () => {
    const { read } = await arrange(plain('1', '192.0.2.1', { ttl: 1 }));

    expect((await read()).ttlSeconds).toBe(null);
  });

  it('keep what stands beside the values, once where it is the same for all', async () => {
    const beside = { comment: 'ask operator-1', tags: ['owner:dns'], proxied: true, ttl: 1 };
    const { read } = await arrange(plain('1', '192.0.2.1', beside), plain('2', '192.0.2.2', beside));

    expect((await read()).kept).toEqual({ comment: 'ask operator-1', tags: ['owner:dns'], proxied: true });
  });

  it.each<readonly [string, Partial<FakeRecord>]>([
    ['records of unlike TTLs', { ttl: 600 }],
    ['records partly proxied', { proxied: true }],
    ['a value that steer cannot read', { content: 'nonsense' }],
  ])('are shown and never changed where they are %s', async (what, extra) => {
    const { read, change, world } = await arrange(plain('1', '192.0.2.1'), plain('2', '192.0.2.2', extra));

    const set = await read();
    const outcomes = await change(set, null);

    expect(set).toMatchObject({ qualifier: what, profile: { kind: 'other', what } });
    expect(outcomes.map(wordOf)).toEqual(['rejected']);
    expect(world.landedWrites()).toBe(0);
  });
});

describe('a change of Cloudflare’s records', () => {
  it('sends only what differs, and a value that stays keeps its record', async () => {
    const { read, change, world } = await arrange(plain('1', '192.0.2.1'), plain('2', '192.0.2.2'));
    const set = await read();

    await change(set, { ...set, values: ['192.0.2.2', '192.0.2.3'] });

    expect(batches(world)).toEqual([
      {
        deletes: [{ id: '1' }],
        puts: [],
        posts: [{ type: 'A', name: 'db.example.com', ttl: 300, content: '192.0.2.3' }],
      },
    ]);
  });

  it('gives a new value what stands beside the others: comment, tags, and being proxied', async () => {
    const beside = { comment: 'ask operator-1', tags: ['owner:dns'], proxied: true, ttl: 1 };
    const { read, change, world } = await arrange(plain('1', '192.0.2.1', beside));
    const set = await read();

    const outcomes = await change(set, { ...set, values: ['192.0.2.1', '192.0.2.2'], kept: null });

    expect(outcomes.map(wordOf)).toEqual(['landed']);
    expect(world.fake.records(world.zones.home)).toMatchObject([
      { content: '192.0.2.1', ...beside },
      { content: '192.0.2.2', ...beside },
    ]);
  });

  it('does not guess where the values carry unlike comments, and changes their TTL all the same', async () => {
    const { read, change } = await arrange(plain('1', '192.0.2.1', { comment: 'one' }), plain('2', '192.0.2.2'));
    const set = await read();

    const values = await change(set, { ...set, values: ['192.0.2.1'] });
    const ttl = await change(set, { ...set, ttlSeconds: 600 });

    expect(set.kept).toEqual({ byValue: { '192.0.2.1': { comment: 'one' }, '192.0.2.2': {} } });
    expect(values[0]).toMatchObject({ kind: 'rejected', because: expect.stringContaining('unlike comments or tags') });
    expect(ttl.map(wordOf)).toEqual(['landed']);
    expect(await read()).toEqual({ ...set, ttlSeconds: 600 });
  });

  it.each<readonly [string, Partial<RecordSet>]>([
    ['is proxied, and has no TTL of its own', { kept: { proxied: true }, ttlSeconds: 300 }],
    ['a TTL is 30 to 86400 seconds here', { ttlSeconds: 29 }],
    ['a TTL is 30 to 86400 seconds here', { ttlSeconds: 86_401 }],
    [
      'one call takes 200 changes, and no set is torn',
      { values: Array.from({ length: 201 }, (_, n) => `192.0.2.${n}`).toSorted() },
    ],
  ])('is refused when it %s', async (because, over) => {
    const { change, world } = await arrange();

    const [outcome] = await change(null, setOf('db', 'A', ['192.0.2.1'], over));

    expect(outcome).toMatchObject({ kind: 'rejected', because: expect.stringContaining(because) });
    expect(world.landedWrites()).toBe(0);
  });

  it('asks for one name alone, and for several with the zone', async () => {
    const { port, world } = await arrange();
    const [one, ...others] = ['one', 'two', 'three'].map((label) => ({
      expects: null,
      leaves: setOf(label, 'A', ['192.0.2.1']),
    }));

    await port.change(world.zones.home, one === undefined ? [] : [one], COMMENT, never());
    await port.change(world.zones.home, others, COMMENT, never());

    const asked = world.requests.filter(({ method }) => method === 'GET').map(({ query }) => query);
    expect(asked[0]).toEqual({ name: 'one.example.com', type: 'A', page: '1', per_page: '5000' });
    expect(asked.at(-1)).toEqual({ page: '1', per_page: '5000' });
  });
});

describe('Cloudflare’s zones', () => {
  it('are not taken away while they have a load balancer', async () => {
    const { port, world } = await arrange();

    expect(await kindOf(port.deleteZone(world.zones.other, never()))).toBe('rejected');
  });

  it('go by their id alone', async () => {
    const { port } = await arrange();

    await expect(port.recordSets('example.com', {}, never())).rejects.toThrow('go by their id');
  });
});
