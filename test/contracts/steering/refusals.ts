import { expect, it } from 'vitest';
import { type ArrangeSteering, changeOf, kindOf, never, readOne, refOf, weightsOf, writeOf } from './world.ts';

/** The part of `Steering` about writes that must never leave the process. */
export const refusalsContract = (arrange: ArrangeSteering): void => {
  it.each([
    ['drained by zero', 'zero', { east: null, west: null }],
    ['taken away', 'remove', { east: null, west: null, spare: null }],
  ] as const)('rule 1: refuses a write after which every member would be %s', async (_, drain, weights) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);

    const write = writeOf(ref.zone, [changeOf(ref, state, weights, drain)]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('never-empty');
    expect(await readOne(world, ref)).toEqual(state);
    expect(world.landedWrites()).toBe(0);
  });

  it('rule 1: refuses the whole write when one of its sets would be left without a serving member', async () => {
    const world = await arrange();
    const [www, api] = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
    const changes = [
      changeOf(www, await readOne(world, www), { east: 30 }),
      changeOf(api, await readOne(world, api), { east: null, west: null }),
    ];

    const kind = await kindOf(world.steering.replace(writeOf(world.zones.home, changes), never()));

    expect(kind).toBe('never-empty');
    expect(weightsOf(await readOne(world, www))).toEqual({ east: 100, west: 100, spare: null });
  });

  it('rule 1: refuses to write a set that has no members', async () => {
    const world = await arrange();
    const ref = refOf('nothing-here', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), {})]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('never-empty');
  });

  it('rule 1: takes no zero for a weight: a drained member is null', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: 0, west: 0 })]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('rejected');
    expect(world.landedWrites()).toBe(0);
  });

  it.each([
    ['is missing', { west: 100, spare: null }],
    ['names a member that nobody expects', { east: 100, west: 100, spare: null, stranger: 1 }],
    ['is a fraction', { east: 0.5, west: 100, spare: null }],
    ['is above the range', { east: 256, west: 100, spare: null }],
  ])('refuses a write in which a weight %s', async (_, weights) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const expects = await readOne(world, ref);

    const kind = await kindOf(
      world.steering.replace(writeOf(ref.zone, [{ ref, drain: 'zero', expects, weights }]), never()),
    );

    expect(kind).toBe('rejected');
    expect(world.landedWrites()).toBe(0);
  });

  it('refuses to drain by weight a set that is drained by a lever', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: null }, 'lever')]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('rejected');
  });

  it.each(['zero', 'remove'] as const)('a member drained by %s gets no new answers', async (drain) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: null }, drain)]), never());
    await world.advance(world.propagationMs);

    expect(world.isAnswered(ref, 'east')).toBe(false);
    expect(world.isAnswered(ref, 'west')).toBe(true);
  });

  it('an unchanged drained member stays as it is, whatever the set is drained by', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: 30 }, 'remove')]), never());

    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 30, west: 100, spare: null });
  });
};
