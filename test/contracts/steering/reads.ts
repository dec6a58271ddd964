import { expect, it } from 'vitest';
import { sameRecords } from '../../../src/domain/set-state.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import {
  type ArrangeSteering,
  beginning,
  changeOf,
  drainsOf,
  FENCE_1,
  hasAnswers,
  keepsDrained,
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

/** The part of `Steering` about reading and about what happens after a write. */
export const readsContract = (arrange: ArrangeSteering, traits: SteeringTraits): void => {
  const drain = usualDrain(traits);
  const { even, low, high, far: farWeights } = traits.weights;
  const { minimum, maximum } = traits.capabilities.weight;
  const left = traits.marker ? FENCE_1 : null;

  const drainEast = async (world: SteeringWorld, ref: SetRef) => {
    const state = await readOne(world, ref);
    return world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: null }, drain)]), never());
  };

  it('reads its own writes at once, before they have propagated', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const landed = await world.steering.replace(
      writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: low, west: high }, drain)]),
      never(),
    );
    const live = await readZone(world, [ref]);

    expect(live.sets.map(weightsOf)).toEqual([beginning(traits, { east: low, west: high })]);
    expect(live.fence).toEqual(left);
    expect(live.sets).toEqual(landed.sets);
  });

  it('reads the sets of several zones, each with its own marker', async () => {
    const world = await arrange();
    const [www, far] = [refOf('www', world.zones.home), refOf('far', world.zones.other)];
    await world.steering.replace(writeOf(far.zone, []), never());

    const readings = await world.steering.read([www, far], never());

    expect(readings.map(({ zone, fence }) => [zone, fence])).toEqual([
      [www.zone, null],
      [far.zone, left],
    ]);
    expect(readings.flatMap(({ sets }) => sets.map(weightsOf))).toEqual([beginning(traits), farWeights]);
  });

  it('gives a set without any record back with no members', async () => {
    const world = await arrange();

    const state = await readOne(world, refOf('nothing-here', world.zones.home));

    expect(weightsOf(state)).toEqual({});
  });

  it('throws not-found for an unknown zone', async () => {
    const world = await arrange();

    const kind = await kindOf(world.steering.read([refOf('www', 'no-such-zone')], never()));

    expect(kind).toBe('not-found');
  });

  it('shows a member that nobody asked for: a stranger must be seen to be refused', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    await world.foreigner.add(ref, 'stranger', low);

    const state = await readOne(world, ref);

    const known = Object.keys(beginning(traits));
    const strangers = Object.entries(weightsOf(state)).filter(([member]) => !known.includes(member));
    expect(strangers.map(([, weight]) => weight)).toEqual([low]);
    expect(weightsOf(state)).toMatchObject(beginning(traits));
  });

  if (keepsDrained(traits))
    it('says of a drained member that its weight is null, never zero', async () => {
      const world = await arrange();

      const state = await readOne(world, refOf('api', world.zones.home));

      expect(state.members.find(({ member }) => member === 'spare')).toMatchObject({ weight: null, present: true });
    });

  if (traits.capabilities.propagation === 'reported') {
    if (hasAnswers(traits))
      it('says of a change that it is pending until the servers answer the new way, and then that it is done', async () => {
        const world = await arrange();
        const ref = refOf('www', world.zones.home);
        const { change } = await drainEast(world, ref);
        const ids = [change ?? 'none'];
        const isSlow = world.propagationMs > 0;

        const early = [await world.steering.propagation(ids, never()), await world.isAnswered(ref, 'east')];
        if (isSlow) await world.advance(world.propagationMs - 1);
        const later = [await world.steering.propagation(ids, never()), await world.isAnswered(ref, 'east')];
        if (isSlow) await world.advance(1);
        const last = [await world.steering.propagation(ids, never()), await world.isAnswered(ref, 'east')];

        const pending = [new Map([[change, 'pending']]), true];
        const done = [new Map([[change, 'done']]), false];
        expect([early, later, last]).toEqual(isSlow ? [pending, pending, done] : [done, done, done]);
      });

    it('says unknown-change of an id that the vendor does not know, beside the others', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const { change } = await drainEast(world, ref);
      await world.advance(world.propagationMs);

      const states = await world.steering.propagation([change ?? 'none', 'C0NEVERMADE'], never());

      expect(states).toEqual(
        new Map([
          [change, 'done'],
          ['C0NEVERMADE', 'unknown-change'],
        ]),
      );
    });
  } else {
    it('gives a write no id and knows no change where the vendor says nothing about propagation', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);

      const { change } = await drainEast(world, ref);
      const states = await world.steering.propagation(['C0NEVERMADE'], never());

      expect(change).toBe(null);
      expect(states).toEqual(new Map([['C0NEVERMADE', 'unknown-change']]));
    });
  }

  it('gives back every field that it does not manage', async () => {
    const world = await arrange();
    const refs = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
    const before = [];
    for (const ref of refs) before.push(await world.unmanaged(ref));

    let fence: typeof left = null;
    for (const ref of refs) {
      const change = changeOf(ref, await readOne(world, ref), { east: minimum, west: maximum }, drain);
      await world.steering.replace(writeOf(ref.zone, [change], { expects: fence, leaves: FENCE_1 }), never());
      fence = left;
    }

    const after = [];
    for (const ref of refs) after.push(await world.unmanaged(ref));
    expect(after).toEqual(before);
    for (const ref of refs)
      expect(weightsOf(await readOne(world, ref))).toEqual(beginning(traits, { east: minimum, west: maximum }));
  });

  if (traits.capabilities.batch.sets !== 1)
    it('changes several sets of a zone in one write', async () => {
      const world = await arrange();
      const refs = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
      const { sets } = await readZone(world, refs);
      const changes = refs.flatMap((ref, index) => {
        const state = sets[index];
        return state === undefined ? [] : [changeOf(ref, state, { east: low }, drain)];
      });

      await world.steering.replace(writeOf(world.zones.home, changes), never());

      const after = (await readZone(world, refs)).sets.map(weightsOf);
      expect(after).toEqual([beginning(traits, { east: low }), beginning(traits, { east: low })]);
      expect(await world.landedWrites()).toBe(1);
    });

  if (drainsOf(traits).includes('remove'))
    it('keeps in memory all that it needs to put a removed record back as it was', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const before = await world.unmanaged(ref);
      const base = await readOne(world, ref);
      const removal = changeOf(ref, base, { east: null }, 'remove');
      const out = await world.steering.replace(writeOf(ref.zone, [removal]), never());
      const [drained] = out.sets;
      if (drained === undefined) throw new Error('the write left no set');
      const throughJournal: typeof drained = JSON.parse(JSON.stringify(drained));
      const { east: _, ...withoutEast } = beginning(traits);

      const back = changeOf(ref, throughJournal, { east: even }, 'remove');
      await world.steering.replace(writeOf(ref.zone, [back], { expects: left, leaves: FENCE_1 }), never());

      expect(weightsOf(drained)).toEqual(withoutEast);
      expect(await world.unmanaged(ref)).toEqual(before);
      expect(sameRecords(await readOne(world, ref), base)).toBe(true);
    });

  const { pace } = traits;
  if (pace !== null)
    it('keeps within the rate that the vendor allows', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const before = world.paced();

      // Three bursts, one after the other: more than any bucket holds.
      for (let read = 0; read < pace.burst * 3; read += 1) await kindOf(world.steering.read([ref], never()));

      const { requests, elapsedMs } = world.paced();
      const allowed = pace.burst + (pace.perSecond * (elapsedMs - before.elapsedMs)) / 1000;
      expect(requests - before.requests).toBeGreaterThan(1);
      expect(requests - before.requests).toBeLessThanOrEqual(Math.ceil(allowed));
    });
};
