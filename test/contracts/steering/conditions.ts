import { describe, expect, it } from 'vitest';
import { sameRecords } from '../../../src/domain/set-state.ts';
import {
  type ArrangeSteering,
  beginning,
  bystander,
  changeOf,
  drainsOf,
  intendedState,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  type SteeringTraits,
  type SteeringWorld,
  usualDrain,
  weightsOf,
  writeOf,
} from './world.ts';

/** The part of `Steering` about what a write expects: every member and every field. */
export const conditionsContract = (arrange: ArrangeSteering, traits: SteeringTraits): void => {
  const drain = usualDrain(traits);
  const other = bystander(traits);
  const { even, low, high } = traits.weights;
  const fence = traits.marker ? 1 : 0;

  /** A write of one name, and the marker as it was left where there is one. */
  const later = async (world: SteeringWorld, zone: string, changes: Parameters<typeof writeOf>[1]) => {
    const held = (await readZone(world, [refOf('www', zone)])).fence;
    return writeOf(zone, changes, { expects: held, leaves: held ?? { store: 'store_1', epoch: 1 } });
  };

  describe.each(traits.fields)('the %s', (field) => {
    it('rule 2: refuses a write when it is stale on a member that it changes', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const stale = await readOne(world, ref);
      await world.foreigner.edit(ref, 'east', field);
      const seen = await readOne(world, ref);

      const change = changeOf(ref, stale, { east: low }, drain);
      const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()));

      expect(kind).toBe('conflict');
      expect(await readOne(world, ref)).toEqual(seen);
      expect(await world.landedWrites()).toBe(0);
    });

    it('rule 2: refuses a write when it is stale on a member that it leaves alone', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const stale = await readOne(world, ref);
      await world.foreigner.edit(ref, other, field);
      const seen = await readOne(world, ref);

      const change = changeOf(ref, stale, { east: low }, drain);
      const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()));

      expect(kind).toBe('conflict');
      expect(await readOne(world, ref)).toEqual(seen);
    });
  });

  it('rule 2: refuses a write when a member has been taken away', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    await world.foreigner.remove(ref, other);
    const seen = await readOne(world, ref);

    const change = changeOf(ref, stale, { east: low }, drain);
    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()));

    expect(kind).toBe('conflict');
    expect(weightsOf(await readOne(world, ref))).toEqual(weightsOf(seen));
    expect(weightsOf(seen)).not.toHaveProperty(other);
  });

  it('rule 2: leaves a member that was added meanwhile alone, and the next read shows it', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const stale = await readOne(world, ref);
    await world.foreigner.add(ref, 'stranger', low);

    const change = changeOf(ref, stale, { east: low }, drain);
    await kindOf(world.steering.replace(writeOf(ref.zone, [change]), never()));
    const live = await readOne(world, ref);

    expect(Object.keys(weightsOf(live))).toHaveLength(Object.keys(beginning(traits)).length + 1);
    expect(sameRecords(live, intendedState(change))).toBe(false);
  });

  if (drainsOf(traits).includes('remove'))
    it('rule 2: refuses to put a removed record back over one that somebody else has made', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const base = await readOne(world, ref);
      const removal = changeOf(ref, base, { east: null }, 'remove');
      const { sets } = await world.steering.replace(writeOf(ref.zone, [removal]), never());
      await world.foreigner.add(ref, 'east', low);
      const seen = weightsOf(await readOne(world, ref));

      const back = await later(world, ref.zone, [changeOf(ref, sets[0] ?? base, { east: even }, 'remove')]);
      const kind = await kindOf(world.steering.replace(back, never()));

      expect(kind).toBe('conflict');
      expect(weightsOf(await readOne(world, ref))).toEqual(seen);
      expect(seen).toEqual(beginning(traits, { east: low }));
    });

  if (traits.capabilities.batch.sets === 1)
    it('refuses a write of more sets than change together, before anything is sent', async () => {
      const world = await arrange();
      const refs = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
      const changes = await Promise.all(
        refs.map(async (ref) => changeOf(ref, await readOne(world, ref), { east: low }, drain)),
      );

      const kind = await kindOf(world.steering.replace(writeOf(world.zones.home, changes), never()));

      expect(kind).toBe('too-large');
      expect(await world.landedWrites()).toBe(0);
    });
  else
    it('rule 2: changes all sets of a write or none', async () => {
      const world = await arrange();
      const [www, api] = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
      const before = { www: await readOne(world, www), api: await readOne(world, api) };
      await world.foreigner.edit(api, 'west', 'weight');

      const changes = [
        changeOf(www, before.www, { east: low }, drain),
        changeOf(api, before.api, { east: low }, drain),
      ];
      const kind = await kindOf(world.steering.replace(writeOf(world.zones.home, changes), never()));

      expect(kind).toBe('conflict');
      expect(await readOne(world, www)).toEqual(before.www);
      expect((await readZone(world, [www])).fence).toBe(null);
    });

  it('rule 2: a repeat of a write that landed is a conflict, and a read resolves it', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    await world.steering.replace(writeOf(ref.zone, []), never());
    const change = changeOf(ref, await readOne(world, ref), { east: low, west: high }, drain);
    const write = await later(world, ref.zone, [change]);
    await world.steering.replace(write, never());

    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(sameRecords(await readOne(world, ref), intendedState(change))).toBe(true);
    expect(await world.landedWrites()).toBe(1 + fence);
  });

  if (!traits.marker)
    it('rule 3: a write that only raises a marker does nothing where there is no place for one', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);

      const landed = await world.steering.replace(writeOf(ref.zone, []), never());

      expect(landed.sets).toEqual([]);
      expect(traits.capabilities.fence).toBe('waited');
      expect(await world.landedWrites()).toBe(0);
      expect((await readZone(world, [ref])).fence).toBe(null);
    });
};
