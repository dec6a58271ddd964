import { expect, it } from 'vitest';
import { sameRecords } from '../../../src/domain/set-state.ts';
import {
  type ArrangeSteering,
  changeOf,
  FENCE_1,
  FENCE_2,
  intendedState,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  type SteeringWorld,
  weightsOf,
  writeOf,
} from './world.ts';

const FIELDS = ['weight', 'ttl', 'value', 'healthCheck'] as const;

const bothSets = async (world: SteeringWorld) => {
  const refs = [refOf('www', world.zones.home), refOf('api', world.zones.home)] as const;
  const [www, api] = [await readOne(world, refs[0]), await readOne(world, refs[1])];
  return { refs, www, api, changes: [changeOf(refs[0], www, { east: 30 }), changeOf(refs[1], api, { east: 30 })] };
};

/** The part of `Steering` about what a write expects: every member, every field, and the marker. */
export const conditionsContract = (arrange: ArrangeSteering): void => {
  it.each(FIELDS)('rule 2: refuses a write when the %s of a member that it changes is stale', async (field) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    world.foreigner.edit(ref, 'east', field);
    const seen = await readOne(world, ref);

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, stale, { east: 30 })]), never()));

    expect(kind).toBe('conflict');
    expect(await readOne(world, ref)).toEqual(seen);
    expect(world.landedWrites()).toBe(0);
  });

  it.each(FIELDS)('rule 2: refuses a write when the %s of a member that it leaves alone is stale', async (field) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    world.foreigner.edit(ref, 'spare', field);
    const seen = await readOne(world, ref);

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, stale, { east: 30 })]), never()));

    expect(kind).toBe('conflict');
    expect(await readOne(world, ref)).toEqual(seen);
  });

  it('rule 2: refuses a write when a member has been taken away', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    world.foreigner.remove(ref, 'spare');

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, stale, { east: 30 })]), never()));

    expect(kind).toBe('conflict');
    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 100, west: 100 });
  });

  it('rule 2: leaves a member that was added meanwhile alone, and the next read shows it', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    world.foreigner.add(ref, 'stranger', 50);

    await kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, stale, { east: 30 })]), never()));
    const live = await readOne(world, ref);

    expect(weightsOf(live)).toMatchObject({ stranger: 50 });
    expect(sameRecords(live, intendedState(changeOf(ref, stale, { east: 30 })))).toBe(false);
  });

  it('rule 2: refuses to put a removed record back over one that somebody else has made', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const base = await readOne(world, ref);
    const removal = changeOf(ref, base, { east: null }, 'remove');
    const { sets } = await world.steering.replace(writeOf(ref.zone, [removal]), never());
    world.foreigner.add(ref, 'east', 7);
    const drained = sets[0] ?? base;

    const back = writeOf(ref.zone, [changeOf(ref, drained, { east: 100 }, 'remove')], {
      expects: FENCE_1,
      leaves: FENCE_1,
    });
    const kind = await kindOf(world.steering.replace(back, never()));

    expect(kind).toBe('conflict');
    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 7, west: 100, spare: null });
  });

  it('rule 2: changes all sets of a write or none', async () => {
    const world = await arrange();
    const { refs, www, changes } = await bothSets(world);
    world.foreigner.edit(refs[1], 'west', 'weight');

    const kind = await kindOf(world.steering.replace(writeOf(world.zones.home, changes), never()));

    expect(kind).toBe('conflict');
    expect(await readOne(world, refs[0])).toEqual(www);
    expect((await readZone(world, [refs[0]])).fence).toBe(null);
  });

  it('rule 2: a repeat of a write that landed is a conflict, and a read resolves it', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const change = changeOf(ref, await readOne(world, ref), { east: 30, west: 170 });
    const write = writeOf(ref.zone, [change], { expects: FENCE_1, leaves: FENCE_1 });
    await world.steering.replace(write, never());

    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(sameRecords(await readOne(world, ref), intendedState(change))).toBe(true);
    expect(world.landedWrites()).toBe(2);
  });

  it.each([
    ['an older epoch', FENCE_2, FENCE_1],
    ['another store', { store: 'store_2', epoch: 1 }, FENCE_1],
    ['no marker where there is one', FENCE_1, null],
  ] as const)('rule 3: refuses a write that expects %s', async (_, held, expects) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    world.foreigner.fence(ref.zone, held);

    const write = writeOf(ref.zone, [changeOf(ref, state, { east: 30 })], { expects, leaves: FENCE_1 });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(await readZone(world, [ref])).toEqual({ zone: ref.zone, fence: held, sets: [state] });
  });

  it('rule 3: refuses a write that expects a marker where there is none', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: 30 });

    const write = writeOf(ref.zone, [change], { expects: FENCE_1, leaves: FENCE_1 });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(world.landedWrites()).toBe(0);
  });

  it('rule 3: a write without changes raises the marker, and a writer of the old epoch is out', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const stalled = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: 30 })], {
      expects: FENCE_1,
      leaves: FENCE_1,
    });

    await world.steering.replace(writeOf(ref.zone, [], { expects: FENCE_1, leaves: FENCE_2 }), never());
    const kind = await kindOf(world.steering.replace(stalled, never()));

    expect(kind).toBe('conflict');
    expect((await readZone(world, [ref])).fence).toEqual(FENCE_2);
    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 100, west: 100, spare: null });
  });

  it('rule 3: the marker of one zone says nothing about another', async () => {
    const world = await arrange();
    const far = refOf('far', world.zones.other);
    await world.steering.replace(writeOf(world.zones.home, [], { expects: null, leaves: FENCE_2 }), never());

    const write = writeOf(far.zone, [changeOf(far, await readOne(world, far), { east: 30 })]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('ok');
  });
};
