import { expect, it } from 'vitest';
import { sameRecords } from '../../../src/domain/set-state.ts';
import {
  type ArrangeSteering,
  changeOf,
  FENCE_1,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  weightsOf,
  writeOf,
} from './world.ts';

/** The part of `Steering` about reading and about what happens after a write. */
export const readsContract = (arrange: ArrangeSteering): void => {
  it('reads its own writes at once, before they have propagated', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);

    const landed = await world.steering.replace(
      writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: 30, west: 170 })]),
      never(),
    );
    const live = await readZone(world, [ref]);

    expect(live.sets.map(weightsOf)).toEqual([{ east: 30, west: 170, spare: null }]);
    expect(live.fence).toEqual(FENCE_1);
    expect(live.sets).toEqual(landed.sets);
  });

  it('reads the sets of several zones, each with its own marker', async () => {
    const world = await arrange();
    const [www, far] = [refOf('www', world.zones.home), refOf('far', world.zones.other)];
    await world.steering.replace(writeOf(far.zone, []), never());

    const readings = await world.steering.read([www, far], never());

    expect(readings.map(({ zone, fence }) => [zone, fence])).toEqual([
      [www.zone, null],
      [far.zone, FENCE_1],
    ]);
    expect(readings.flatMap(({ sets }) => sets.map(weightsOf))).toEqual([
      { east: 100, west: 100, spare: null },
      { east: 10, west: 20 },
    ]);
  });

  it('gives a set without any record back with no members', async () => {
    const world = await arrange();

    const state = await readOne(world, refOf('nothing-here', world.zones.home));

    expect(state.members).toEqual([]);
  });

  it('throws not-found for an unknown zone', async () => {
    const world = await arrange();

    const kind = await kindOf(world.steering.read([refOf('www', 'no-such-zone')], never()));

    expect(kind).toBe('not-found');
  });

  it('shows a member that nobody asked for: a stranger must be seen to be refused', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    world.foreigner.add(ref, 'stranger', 50);

    const state = await readOne(world, ref);

    expect(weightsOf(state)).toEqual({ east: 100, west: 100, spare: null, stranger: 50 });
  });

  it('says of a drained member that its weight is null, never zero', async () => {
    const world = await arrange();

    const state = await readOne(world, refOf('api', world.zones.home));

    expect(state.members.find(({ member }) => member === 'spare')).toMatchObject({ weight: null, present: true });
  });

  it('says of a change that it is pending until the servers answer the new way, and then that it is done', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    const { change } = await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: null })]), never());
    const ids = [change ?? 'none'];

    const early = [await world.steering.propagation(ids, never()), world.isAnswered(ref, 'east')];
    await world.advance(world.propagationMs - 1);
    const later = [await world.steering.propagation(ids, never()), world.isAnswered(ref, 'east')];
    await world.advance(1);
    const last = [await world.steering.propagation(ids, never()), world.isAnswered(ref, 'east')];

    expect(early).toEqual([new Map([[change, 'pending']]), true]);
    expect(later).toEqual([new Map([[change, 'pending']]), true]);
    expect(last).toEqual([new Map([[change, 'done']]), false]);
  });

  it('says unknown-change of an id that the vendor does not know, beside the others', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const { change } = await world.steering.replace(writeOf(ref.zone, []), never());
    await world.advance(world.propagationMs);

    const states = await world.steering.propagation([change ?? 'none', 'C0NEVERMADE'], never());

    expect(states).toEqual(
      new Map([
        [change, 'done'],
        ['C0NEVERMADE', 'unknown-change'],
      ]),
    );
  });

  it('gives back every field that it does not manage', async () => {
    const world = await arrange();
    const refs = [refOf('www', world.zones.home), refOf('api', world.zones.home)];
    const before = refs.map((ref) => world.unmanaged(ref));
    const { sets } = await readZone(world, refs);
    const changes = refs.flatMap((ref, index) => {
      const state = sets[index];
      return state === undefined ? [] : [changeOf(ref, state, { east: 1, west: 255 })];
    });

    await world.steering.replace(writeOf(world.zones.home, changes), never());

    expect(refs.map((ref) => world.unmanaged(ref))).toEqual(before);
    expect(weightsOf(await readOne(world, refOf('api', world.zones.home)))).toEqual({
      east: 1,
      west: 255,
      spare: null,
    });
  });

  it('keeps in memory all that it needs to put a removed record back as it was', async () => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    const before = world.unmanaged(ref);
    const base = await readOne(world, ref);
    const out = await world.steering.replace(
      writeOf(ref.zone, [changeOf(ref, base, { east: null }, 'remove')]),
      never(),
    );
    const [drained] = out.sets;
    if (drained === undefined) throw new Error('the write left no set');
    const throughJournal: typeof drained = JSON.parse(JSON.stringify(drained));

    const back = changeOf(ref, throughJournal, { east: 100 }, 'remove');
    await world.steering.replace(writeOf(ref.zone, [back], { expects: FENCE_1, leaves: FENCE_1 }), never());

    expect(weightsOf(drained)).toEqual({ west: 100, spare: null });
    expect(world.unmanaged(ref)).toEqual(before);
    expect(sameRecords(await readOne(world, ref), base)).toBe(true);
  });
};
