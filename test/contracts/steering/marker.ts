import { expect, it } from 'vitest';
import {
  type ArrangeSteering,
  beginning,
  changeOf,
  FENCE_1,
  FENCE_2,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  type SteeringTraits,
  usualDrain,
  weightsOf,
  writeOf,
} from './world.ts';

/** The part of `Steering` about the marker of a zone, for vendors that can carry one. */
export const markerContract = (arrange: ArrangeSteering, traits: SteeringTraits): void => {
  const drain = usualDrain(traits);
  const { low } = traits.weights;

  it.each([
    ['an older epoch', FENCE_2, FENCE_1],
    ['another store', { store: 'store_2', epoch: 1 }, FENCE_1],
    ['no marker where there is one', FENCE_1, null],
  ] as const)('rule 3: refuses a write that expects %s', async (_, held, expects) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    await world.foreigner.fence(ref.zone, held);

    const write = writeOf(ref.zone, [changeOf(ref, state, { east: low }, drain)], { expects, leaves: FENCE_1 });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(await readZone(world, [ref])).toEqual({ zone: ref.zone, fence: held, sets: [state] });
  });

  it('rule 3: refuses a write that expects a marker where there is none', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: low }, drain);

    const write = writeOf(ref.zone, [change], { expects: FENCE_1, leaves: FENCE_1 });
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(await world.landedWrites()).toBe(0);
  });

  it('rule 3: a write without changes raises the marker, and a writer of the old epoch is out', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const stalled = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: low }, drain)], {
      expects: FENCE_1,
      leaves: FENCE_1,
    });

    await world.steering.replace(writeOf(ref.zone, [], { expects: FENCE_1, leaves: FENCE_2 }), never());
    const kind = await kindOf(world.steering.replace(stalled, never()));

    expect(kind).toBe('conflict');
    expect((await readZone(world, [ref])).fence).toEqual(FENCE_2);
    expect(weightsOf(await readOne(world, ref))).toEqual(beginning(traits));
  });

  it('rule 3: the marker of one zone says nothing about another', async () => {
    const world = await arrange();
    const far = refOf('far', world.zones.other);
    await world.steering.replace(writeOf(world.zones.home, [], { expects: null, leaves: FENCE_2 }), never());

    const write = writeOf(far.zone, [changeOf(far, await readOne(world, far), { east: low }, drain)]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('ok');
  });
};
