import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../providers/google/fake/state.ts';
import { arrangeGoogle, type GoogleWorld } from '../../contracts/steering/google-world.ts';
import {
  changeOf,
  FENCE_1,
  FENCE_2,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  weightsOf,
  writeOf,
} from '../../contracts/steering/world.ts';

const posts = (world: GoogleWorld) => world.requests.filter(({ path }) => path.endsWith('/changes'));
const bodies = (world: GoogleWorld) => posts(world).map(({ body }) => JSON.parse(body));

describe('a write to Cloud DNS', () => {
  it('is one change with the marker and every set in it, without a read before it', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    const before = world.requests.length;

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: 1 }, 'remove')]), never());

    expect(world.requests.length - before).toBe(1);
    expect(bodies(world)).toMatchObject([
      {
        deletions: [{ name: 'www.example.com.', type: 'A' }],
        additions: [
          { name: '_steer.example.com.', rrdatas: ['"steer store=store_1 epoch=1 write=1"'] },
          { name: 'www.example.com.', routingPolicy: { wrr: { items: [{ weight: 0.001 }, { weight: 5 }] } } },
        ],
      },
    ]);
  });

  it('counts in the marker, so that no change deletes and adds one and the same record set', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const same = { expects: FENCE_1, leaves: FENCE_1 };

    await world.steering.replace(writeOf(ref.zone, [], same), never());
    await world.steering.replace(writeOf(ref.zone, [], same), never());

    const marker = world.fake.recordSets(ref.zone).find(({ name }) => name.startsWith('_steer.'));
    expect(marker?.rrdatas).toEqual(['"steer store=store_1 epoch=1 write=3"']);
  });

  it('rule 3: of a process that knows the marker by an older count is refused by the vendor, looked at, and lands', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const state = await readOne(world, ref);
    await world.foreigner.fence(ref.zone, FENCE_1);

    const write = writeOf(ref.zone, [changeOf(ref, state, { east: 1 }, 'remove')], {
      expects: FENCE_1,
      leaves: FENCE_1,
    });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('ok');
    expect(posts(world)).toHaveLength(3);
    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 1, west: 5000 });
  });

  it('rule 3: never goes back to a lower epoch of the same store', async () => {
    const world = await arrangeGoogle();
    await world.foreigner.fence(world.zones.home, FENCE_2);

    const write = writeOf(world.zones.home, [], { expects: FENCE_2, leaves: FENCE_1 });

    expect(await kindOf(world.steering.replace(write, never()))).toBe('rejected');
    expect(await world.landedWrites()).toBe(0);
  });

  it('rule 3: a marker in another form reads as that of a foreign store and is not overwritten', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    const marker = { name: '_steer.example.com.', type: 'TXT', ttl: 60, rrdatas: ['"hands off"'] };
    world.fake.foreignEdit(ref.zone, (sets) => void sets.set(keyOf(marker), marker));

    const { fence } = await readZone(world, [ref]);
    const write = writeOf(ref.zone, [], { expects: fence, leaves: fence ?? FENCE_1 });

    expect(fence?.store).toContain('"hands off"');
    expect(await kindOf(world.steering.replace(write, never()))).toBe('rejected');
    expect(world.fake.recordSets(ref.zone)).toContainEqual(marker);
  });

  it('uses the vendor’s own words once it has said that the form is another: api has its items in another order', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('api', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: 1 }, 'remove');

    await world.steering.replace(writeOf(ref.zone, [change]), never());

    expect(posts(world)).toHaveLength(2);
    expect(await world.landedWrites()).toBe(1);
  });

  it('tries the vendor’s own words once and not for ever', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: 1 }, 'remove');
    await world.foreigner.edit(ref, 'west', 'weight');

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()));

    expect(kind).toBe('conflict');
    expect(posts(world)).toHaveLength(1);
  });

  it('refuses to drain by zero, whose meaning is not established', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: null }, 'zero');

    expect(await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()))).toBe('rejected');
    expect(posts(world)).toEqual([]);
  });
});

describe('a read of Cloud DNS', () => {
  const wanted = (count: number, zone: string) => Array.from({ length: count }, (_, n) => refOf(`n${n}`, zone));

  it('asks for few names one by one, and pages for many, never more than twice the cheaper way', async () => {
    const world = await arrangeGoogle({ fake: { pageSize: 10 } });
    world.fake.foreignEdit(world.zones.home, (sets) => {
      for (let n = 0; n < 500; n += 1) {
        const set = { name: `n${n}.example.com.`, type: 'A', ttl: 60, rrdatas: ['192.0.2.1'] };
        sets.set(keyOf(set), set);
      }
    });
    await world.steering.read(wanted(1, world.zones.home), never());
    const cost = async (count: number) => {
      const before = world.requests.length;
      await world.steering.read(wanted(count, world.zones.home), never());
      return world.requests.length - before;
    };

    const [one, five, all] = [await cost(1), await cost(5), await cost(500)];

    expect(one).toBe(2);
    expect(five).toBeLessThanOrEqual(12);
    // 503 record sets are 51 pages; the marker, which is not there, costs nothing more.
    expect(all).toBe(51);
  });
});
