import { describe, expect, it } from 'vitest';
import { setKey } from '../../../providers/fake-kit/dns/zone.ts';
import { unprovenCapabilities } from '../../../providers/registry.ts';
import {
  addressHex,
  arrangeRfc2136,
  POOLS,
  type Rfc2136World,
  rfc2136Config,
  SETTINGS,
} from '../../contracts/steering/rfc2136-world.ts';
import {
  changeOf,
  FENCE_1,
  kindOf,
  never,
  readOne,
  refOf,
  weightsOf,
  writeOf,
} from '../../contracts/steering/world.ts';

const WWW = refOf('www', 'example.com.');
const A = 1;

const withSettings = (settings: Readonly<Record<string, unknown>>) =>
  rfc2136Config({ settings: JSON.parse(JSON.stringify({ ...SETTINGS, ...settings })) });

const values = (world: Rfc2136World, name = 'www.example.com'): readonly string[] =>
  world.fake.dns.sets('example.com').get(setKey(name, A))?.data ?? [];

const put = (world: Rfc2136World, addresses: readonly string[], ttl = 60): boolean =>
  world.fake.dns.edit(
    'example.com',
    (sets) =>
      void sets.set(setKey('www.example.com', A), {
        name: 'www.example.com',
        type: A,
        ttl,
        data: addresses.map(addressHex),
      }),
  );

/** Something happens between a look and the update, so many times. */
const between = (world: Rfc2136World, times: number, what: (turn: number) => void): void => {
  const { faults } = world.fake;
  let turn = 0;
  faults.add({
    fault: 'stale',
    times: 0,
    on: ({ method }) => {
      if (method === 'UPDATE' && turn < times) what(turn++);
      return false;
    },
  });
};

describe('steering by records', () => {
  it('publishes the first so many of each pool and takes the others away', async () => {
    const world = await arrangeRfc2136();
    const state = await readOne(world, WWW);

    await world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 1, west: 4 }, 'remove')]), never());

    expect(values(world).toSorted()).toEqual(
      ['192.0.10.1', '192.0.11.1', '192.0.11.2', '192.0.11.3', '192.0.11.4'].map(addressHex).toSorted(),
    );
  });

  it('weighs at most as much as the smallest pool, known before anybody is asked', () => {
    const small = {
      ...POOLS,
      'www.example.com. A': { east: ['192.0.2.1', '192.0.2.2'], west: ['192.0.2.3', '192.0.2.4'] },
    };

    expect(unprovenCapabilities(rfc2136Config())).toMatchObject({
      granularity: 'record-count',
      weight: { maximum: 4 },
    });
    expect(unprovenCapabilities(withSettings({ pools: small }))).toMatchObject({ weight: { minimum: 1, maximum: 2 } });
    expect(unprovenCapabilities(withSettings({ granularity: 'whole' }))).toMatchObject({
      granularity: 'whole',
      weight: { maximum: 1 },
    });
  });

  it('rule 2: a TTL that changes between the look and the write is a conflict, though no prerequisite holds it', async () => {
    const world = await arrangeRfc2136();
    const state = await readOne(world, WWW);
    between(world, 1, () => put(world, ['192.0.10.1', '192.0.10.2', '192.0.11.1', '192.0.11.2'], 300));

    const kind = await kindOf(
      world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 1 }, 'remove')]), never()),
    );

    expect(kind).toBe('conflict');
    expect(world.landedWrites()).toBe(0);
  });

  it('is not stopped by a change of other records meanwhile, which moves the SOA, too', async () => {
    const world = await arrangeRfc2136();
    const state = await readOne(world, WWW);
    between(world, 2, (turn) =>
      world.fake.dns.edit(
        'example.com',
        (sets) =>
          void sets.set(setKey(`other${turn}.example.com`, A), {
            name: `other${turn}.example.com`,
            type: A,
            ttl: 60,
            data: ['c0000201'],
          }),
      ),
    );

    await world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 1 }, 'remove')]), never());

    expect(weightsOf(await readOne(world, WWW))).toEqual({ east: 1, west: 2 });
    expect(world.landedWrites()).toBe(1);
  });

  it('is busy where a zone never comes to rest', async () => {
    const world = await arrangeRfc2136();
    const state = await readOne(world, WWW);
    between(world, 100, (turn) =>
      world.fake.dns.edit(
        'example.com',
        (sets) =>
          void sets.set(setKey('other.example.com', A), {
            name: 'other.example.com',
            type: A,
            ttl: 60 + turn,
            data: ['c0000201'],
          }),
      ),
    );

    const kind = await kindOf(
      world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 1 }, 'remove')]), never()),
    );

    expect(kind).toBe('busy');
    expect(world.landedWrites()).toBe(0);
  });

  it('leaves the SOA out where the server compares another, and still refuses a stale set', async () => {
    const world = await arrangeRfc2136(withSettings({ soaIsCompared: false }));
    const state = await readOne(world, WWW);
    between(world, 1, () =>
      world.fake.dns.edit(
        'example.com',
        (sets) =>
          void sets.set(setKey('other.example.com', A), {
            name: 'other.example.com',
            type: A,
            ttl: 60,
            data: ['c0000201'],
          }),
      ),
    );
    await world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 1 }, 'remove')]), never());
    between(world, 1, () => put(world, ['192.0.10.4']));

    const next = changeOf(WWW, await readOne(world, WWW), { east: 2 }, 'remove');
    const kind = await kindOf(
      world.steering.replace(writeOf(WWW.zone, [next], { expects: FENCE_1, leaves: FENCE_1 }), never()),
    );

    expect(kind).toBe('conflict');
    expect(world.landedWrites()).toBe(1);
  });

  it('shows addresses that are not the first of a pool, and does not weigh them', async () => {
    const world = await arrangeRfc2136();
    put(world, ['192.0.10.3', '192.0.11.1']);
    const state = await readOne(world, WWW);

    const refused = await kindOf(
      world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: 2 }, 'remove')]), never()),
    );
    await world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { west: 2 }, 'remove')]), never());

    expect(weightsOf(state)).toEqual({ east: 1, west: 1 });
    expect(refused).toBe('rejected');
    expect(values(world).toSorted()).toEqual(['192.0.10.3', '192.0.11.1', '192.0.11.2'].map(addressHex).toSorted());
  });

  it('keeps an address of no pool, and does not drain it', async () => {
    const world = await arrangeRfc2136();
    put(world, ['192.0.10.1', '203.0.113.9']);
    const state = await readOne(world, WWW);
    const write = (weights: Readonly<Record<string, number | null>>) =>
      kindOf(world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, weights, 'remove')]), never()));

    expect(await write({ '203.0.113.9': null })).toBe('rejected');
    expect(await write({ east: 2 })).toBe('ok');
    expect(values(world)).toContain(addressHex('203.0.113.9'));
  });

  it('drains by taking records away, and by nothing else', async () => {
    const world = await arrangeRfc2136();
    const state = await readOne(world, WWW);

    const kind = await kindOf(
      world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, state, { east: null }, 'zero')]), never()),
    );

    expect(kind).toBe('rejected');
  });

  it('refuses a write over a marker that is not in its form, and reads the zone all the same', async () => {
    const world = await arrangeRfc2136();
    const text = Buffer.from('hands off');
    const data = [`${text.length.toString(16).padStart(2, '0')}${text.toString('hex')}`];
    world.fake.dns.edit(
      'example.com',
      (sets) =>
        void sets.set(setKey('_steer.example.com', 16), { name: '_steer.example.com', type: 16, ttl: 60, data }),
    );
    const [reading] = await world.steering.read([WWW], never());
    const state = await readOne(world, WWW);

    const write = writeOf(WWW.zone, [changeOf(WWW, state, { east: 1 }, 'remove')], {
      expects: reading?.fence ?? null,
      leaves: FENCE_1,
    });

    expect(reading?.fence?.store).toContain('hands off');
    expect(await kindOf(world.steering.replace(write, never()))).toBe('rejected');
  });

  it('never sends a message that is too large', async () => {
    const pools = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [
        `n${index}.example.com. A`,
        {
          east: [`10.${index >> 8}.${index & 255}.1`, `10.${index >> 8}.${index & 255}.2`],
          west: [`11.${index >> 8}.${index & 255}.1`, `11.${index >> 8}.${index & 255}.2`],
        },
      ]),
    );
    const world = await arrangeRfc2136(withSettings({ pools }));
    world.fake.dns.edit('example.com', (sets) => {
      for (let index = 0; index < 900; index += 1) {
        const name = `n${index}.example.com`;
        const data = [`10.${index >> 8}.${index & 255}.1`, `11.${index >> 8}.${index & 255}.1`].map(addressHex);
        sets.set(setKey(name, A), { name, type: A, ttl: 60, data });
      }
    });
    const refs = Array.from({ length: 900 }, (_, index) => refOf(`n${index}`, 'example.com.'));
    const before = world.paced().requests;
    const [reading] = await world.steering.read(refs, never());
    const asked = world.paced().requests - before;
    const changesOf = (count: number) =>
      refs.slice(0, count).flatMap((ref, index) => {
        const state = reading?.sets[index];
        return state === undefined ? [] : [changeOf(ref, state, { east: 2 }, 'remove')];
      });
    const { characters } = world.steering.capabilities.batch;
    let [fits, used] = [0, 0];
    for (const { members } of reading?.sets ?? []) {
      used += members.reduce((sum, { cost }) => sum + cost.characters, 0);
      if (used <= characters) fits += 1;
    }

    const tooMany = await kindOf(world.steering.replace(writeOf('example.com.', changesOf(900)), never()));
    const asMany = await kindOf(world.steering.replace(writeOf('example.com.', changesOf(fits)), never()));

    expect(asked).toBe(1);
    expect(fits).toBeGreaterThan(200);
    expect([tooMany, asMany]).toEqual(['too-large', 'ok']);
  });
});
