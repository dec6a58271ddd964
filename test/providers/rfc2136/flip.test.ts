import { describe, expect, it } from 'vitest';
import { setKey } from '../../../providers/fake-kit/dns/zone.ts';
import { arrangeRfc2136, rfc2136Config, SETTINGS } from '../../contracts/steering/rfc2136-world.ts';
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

const withSettings = (settings: Readonly<Record<string, unknown>>) =>
  rfc2136Config({ settings: JSON.parse(JSON.stringify({ ...SETTINGS, ...settings })) });

describe('steering by a flip', () => {
  const CNAME = 5;
  const pools = { 'shop.example.com. CNAME': { east: ['east.example.com.'], west: ['West.example.com.'] } };
  const ref = refOf('shop', 'example.com.', 'CNAME');
  const target = (name: string): string =>
    [
      ...name
        .split('.')
        .map((label) => [label.length.toString(16).padStart(2, '0'), Buffer.from(label).toString('hex')]),
      ['00'],
    ]
      .flat()
      .join('');

  const arrange = async () => {
    const world = await arrangeRfc2136(withSettings({ granularity: 'whole', pools }));
    world.fake.dns.edit(
      'example.com',
      (sets) =>
        void sets.set(setKey('shop.example.com', CNAME), {
          name: 'shop.example.com',
          type: CNAME,
          ttl: 60,
          data: [target('east.example.com')],
        }),
    );
    return world;
  };

  it('points a name at another member, and back', async () => {
    const world = await arrange();
    const home = await readOne(world, ref);

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, home, { east: null, west: 1 }, 'remove')]), never());
    const away = await readOne(world, ref);
    await world.steering.replace(
      writeOf(ref.zone, [changeOf(ref, away, { east: 1, west: null }, 'remove')], {
        expects: FENCE_1,
        leaves: FENCE_1,
      }),
      never(),
    );

    expect(weightsOf(home)).toEqual({ east: 1 });
    expect(weightsOf(away)).toEqual({ west: 1 });
    expect(await readOne(world, ref)).toEqual(home);
  });

  it('never has two targets, and none of no member', async () => {
    const world = await arrange();
    const home = await readOne(world, ref);
    const write = (weights: Readonly<Record<string, number | null>>) =>
      kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, home, weights, 'remove')]), never()));

    expect(await write({ west: 1 })).toBe('rejected');
    expect(await write({ east: null })).toBe('never-empty');
    expect(world.landedWrites()).toBe(0);
  });
});
