import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/errors.ts';
import { memorySteering } from '../../providers/memory/steering.ts';
import { type MemoryPoint, MemoryVendor } from '../../providers/memory/vendor.ts';
import { arrangeMemory } from '../contracts/steering/memory-world.ts';
import {
  changeOf,
  FENCE_1,
  FENCE_2,
  kindOf,
  never,
  readOne,
  refOf,
  weightsOf,
  writeOf,
} from '../contracts/steering/world.ts';

const www = refOf('www', 'home');

describe('a vendor in memory that breaks its promises', () => {
  it('overwrites a foreign edit when it only claims to compare: the contract can tell', async () => {
    const world = await arrangeMemory({ conditionalWrite: 'blind', fence: 'native' });
    const stale = await readOne(world, www);
    await world.foreigner.edit(www, 'west', 'weight');

    const kind = await kindOf(world.steering.replace(writeOf('home', [changeOf(www, stale, { east: 30 })]), never()));

    expect(world.steering.capabilities.conditionalWrite).toBe('native');
    expect(kind).toBe('ok');
    expect(weightsOf(await readOne(world, www))).toEqual({ east: 30, west: 100, spare: null });
  });

  it('lets a writer of an old epoch in when it only claims a fence', async () => {
    const world = await arrangeMemory({ conditionalWrite: 'native', fence: 'blind' });
    const state = await readOne(world, www);
    await world.foreigner.fence('home', FENCE_2);

    const write = writeOf('home', [changeOf(www, state, { east: 30 })], { expects: FENCE_1, leaves: FENCE_1 });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('ok');
    expect(world.steering.capabilities.fence).toBe('native');
  });

  it('loses a race that falls between its comparing and its writing when it emulates', async () => {
    let race: (() => void) | undefined;
    const vendor = new MemoryVendor({
      now: () => 0,
      zones: ['home'],
      propagationMs: 0,
      reached: async (point: MemoryPoint) => {
        if (point === 'write:between') race?.();
      },
    });
    const record = {
      name: www.name,
      type: 'A',
      member: 'east',
      weight: 10,
      ttlSeconds: 60,
      healthCheck: null,
      value: '192.0.2.1',
      extra: null,
    };
    vendor.edit('home', record, record);
    const steering = memorySteering(vendor, { conditionalWrite: 'emulated', fence: 'native' });
    const [reading] = await steering.read([www], never());
    const state = reading?.sets[0] ?? expect.fail();

    race = () => vendor.edit('home', record, { ...record, weight: 99 });
    const kind = await kindOf(steering.replace(writeOf('home', [changeOf(www, state, { east: 20 })]), never()));

    expect(steering.capabilities.conditionalWrite).toBe('emulated');
    expect(kind).toBe('ok');
    expect([...vendor.zone('home').records.values()].map(({ weight }) => weight)).toEqual([20]);
  });

  it('forgets a stranded change', async () => {
    const world = await arrangeMemory();
    const vendor = new MemoryVendor({ now: () => 0, zones: ['home'], propagationMs: 9, reached: async () => {} });
    const steering = memorySteering(vendor);
    const { change } = await steering.replace(writeOf('home', []), never());

    vendor.strand(change ?? '');

    expect(await steering.propagation([change ?? ''], never())).toEqual(new Map([[change, 'unknown-change']]));
    expect(world.landedWrites()).toBe(0);
  });

  it('refuses a record that is not of its own making', async () => {
    const world = await arrangeMemory();
    const state = await readOne(world, www);
    const expects = { ...state, members: state.members.map((member) => ({ ...member, kept: { foreign: true } })) };

    const refused = world.steering.replace(writeOf('home', [changeOf(www, expects, { east: 30 })]), never());

    await expect(refused).rejects.toThrow(ProviderError);
    expect(world.landedWrites()).toBe(0);
  });
});
