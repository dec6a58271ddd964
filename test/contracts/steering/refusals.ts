import { expect, it } from 'vitest';
import {
  type ArrangeSteering,
  beginning,
  changeOf,
  drainsOf,
  hasAnswers,
  keepsDrained,
  kindOf,
  never,
  readOne,
  refOf,
  type SteeringTraits,
  usualDrain,
  weightsOf,
  writeOf,
} from './world.ts';

/** The part of `Steering` about writes that must never leave the process. */
export const refusalsContract = (arrange: ArrangeSteering, traits: SteeringTraits): void => {
  const usual = usualDrain(traits);
  const { even, low } = traits.weights;
  const { minimum, maximum } = traits.capabilities.weight;
  const none = keepsDrained(traits) ? { east: null, west: null, spare: null } : { east: null, west: null };

  it.each(drainsOf(traits))(
    'rule 1: refuses a write after which every member would be drained by %s',
    async (drain) => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const state = await readOne(world, ref);

      const write = writeOf(ref.zone, [changeOf(ref, state, none, drain)]);
      const kind = await kindOf(world.steering.replace(write, never()));

      expect(kind).toBe('never-empty');
      expect(await readOne(world, ref)).toEqual(state);
      expect(await world.landedWrites()).toBe(0);
    },
  );

  if (traits.capabilities.batch.sets !== 1)
    it('rule 1: refuses the whole write when one of its sets would be left without a serving member', async () => {
      const world = await arrange();
      const [www, api] = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
      const changes = [
        changeOf(www, await readOne(world, www), { east: low }, usual),
        changeOf(api, await readOne(world, api), none, usual),
      ];

      const kind = await kindOf(world.steering.replace(writeOf(world.zones.home, changes), never()));

      expect(kind).toBe('never-empty');
      expect(weightsOf(await readOne(world, www))).toEqual(beginning(traits));
    });

  it('rule 1: refuses to write a set that has no members', async () => {
    const world = await arrange();
    const ref = refOf('nothing-here', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), {}, usual)]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('never-empty');
  });

  it('rule 1: takes no zero for a weight: a drained member is null', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: 0, west: 0 }, usual)]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('rejected');
    expect(await world.landedWrites()).toBe(0);
  });

  it.each([
    ['is missing', { east: undefined }],
    ['names a member that nobody expects', { stranger: minimum }],
    ['is a fraction', { east: 0.5 }],
    ['is above the range', { east: maximum + 1 }],
  ])('refuses a write in which a weight %s', async (_, wrong) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const expects = await readOne(world, ref);
    const asHeld = Object.fromEntries(expects.members.map(({ member, weight }) => [member, weight]));
    const weights: Record<string, number | null> = {};
    for (const [member, weight] of Object.entries({ ...asHeld, ...wrong })) {
      if (weight !== undefined) weights[member] = weight;
    }

    const write = writeOf(ref.zone, [{ ref, drain: usual, expects, weights }]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('rejected');
    expect(await world.landedWrites()).toBe(0);
  });

  it('refuses to drain by weight a set that is drained by a lever', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const write = writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: null }, 'lever')]);
    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('rejected');
  });

  const answering = hasAnswers(traits) ? drainsOf(traits) : [];

  it.each(answering)('a member drained by %s gets no new answers', async (drain) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: null }, drain)]), never());
    await world.advance(world.propagationMs);

    expect(await world.isAnswered(ref, 'east')).toBe(false);
    expect(await world.isAnswered(ref, 'west')).toBe(true);
  });

  it.each(answering)('a member drained by %s and given its weight back answers again', async (drain) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    const out = await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: null }, drain)]), never());
    const [drained = state] = out.sets;

    const back = writeOf(ref.zone, [changeOf(ref, drained, { east: even }, drain)], {
      expects: traits.marker ? out.fence : null,
      leaves: out.fence,
    });
    await world.steering.replace(back, never());
    await world.advance(world.propagationMs);

    expect(weightsOf(await readOne(world, ref))).toEqual(beginning(traits));
    expect(await world.isAnswered(ref, 'east')).toBe(true);
  });

  it('an unchanged drained member stays as it is, whatever the set is drained by', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    const last = drainsOf(traits).at(-1) ?? usual;

    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: low }, last)]), never());

    expect(weightsOf(await readOne(world, ref))).toEqual(beginning(traits, { east: low }));
  });
};
