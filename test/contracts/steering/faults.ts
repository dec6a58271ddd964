import { describe, expect, it } from 'vitest';
import { sameRecords } from '../../../src/domain/set-state.ts';
import {
  type ArrangeSteering,
  changeOf,
  FENCE_1,
  intendedState,
  kindOf,
  never,
  readOne,
  readZone,
  refOf,
  type SteeringTraits,
  type SteeringWorld,
  usualDrain,
  type WorldFault,
  writeOf,
} from './world.ts';

/** What a write that meets this fault ends with, and whether it had its effect. */
const WRITES: readonly (readonly [WorldFault, string, number])[] = [
  ['throttled', 'throttled', 0],
  ['busy', 'busy', 0],
  ['unavailable-before', 'unknown-outcome', 0],
  ['unavailable-after', 'unknown-outcome', 1],
  ['reset-before', 'unknown-outcome', 0],
  ['reset-after', 'unknown-outcome', 1],
  ['hang-before', 'unknown-outcome', 0],
  ['hang-after', 'unknown-outcome', 1],
  ['garbage', 'unknown-outcome', 1],
];

const READS: readonly (readonly [WorldFault, string])[] = [
  ['throttled', 'throttled'],
  ['unavailable-before', 'unavailable'],
  ['reset-before', 'unavailable'],
  ['hang-before', 'unavailable'],
  ['unauthorised', 'unauthorised'],
  ['garbage', 'unreadable'],
];

/** Aborts as soon as a request hangs, as the time-out of the mount would. */
const untilHung = async <T>(world: SteeringWorld, fault: WorldFault, work: (signal: AbortSignal) => Promise<T>) => {
  const abort = new AbortController();
  const pending = kindOf(work(abort.signal));
  if (fault.startsWith('hang')) {
    await world.hung();
    abort.abort();
  }
  return pending;
};

/** The weights that the set has already: a write of these is asked like any other. */
const beginningWeights = ({ expects }: ReturnType<typeof changeOf>): Record<string, number | null> =>
  Object.fromEntries(expects.members.map(({ member, weight }) => [member, weight]));

/** The part of `Steering` about a vendor that fails: each fault has one kind, and no effect is lost or doubled. */
export const faultsContract = (arrange: ArrangeSteering, traits: SteeringTraits): void => {
  const drain = usualDrain(traits);
  const { low } = traits.weights;
  const markers = traits.marker ? 1 : 0;
  const writes = WRITES.filter(([fault]) => traits.faults.includes(fault));
  const reads = READS.filter(([fault]) => traits.faults.includes(fault));

  describe.each(writes)('a write that meets "%s"', (fault, kind, effects) => {
    it(`rule 4: is ${kind} after ${effects} effects`, async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const state = await readOne(world, ref);
      world.fail('write', fault);

      const write = writeOf(ref.zone, [changeOf(ref, state, { east: low }, drain)]);
      const met = await untilHung(world, fault, (signal) => world.steering.replace(write, signal));

      expect(met).toBe(kind);
      expect(await world.landedWrites()).toBe(effects);
    });

    it('rule 4: takes effect exactly once when it is repeated after a read', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const state = await readOne(world, ref);
      const change = changeOf(ref, state, { east: low }, drain);
      world.fail('write', fault);
      await untilHung(world, fault, (signal) => world.steering.replace(writeOf(ref.zone, [change]), signal));

      const live = await readOne(world, ref);
      if (sameRecords(live, state)) await world.steering.replace(writeOf(ref.zone, [change]), never());

      expect(sameRecords(await readOne(world, ref), intendedState(change))).toBe(true);
      expect(await world.landedWrites()).toBe(1);
    });

    it('rule 4: takes effect exactly once when it is repeated blindly', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      await world.steering.replace(writeOf(ref.zone, []), never());
      const change = changeOf(ref, await readOne(world, ref), { east: low }, drain);
      const expects = traits.marker ? FENCE_1 : null;
      const write = writeOf(ref.zone, [change], { expects, leaves: FENCE_1 });
      world.fail('write', fault);
      await untilHung(world, fault, (signal) => world.steering.replace(write, signal));

      const again = await kindOf(world.steering.replace(write, never()));

      expect(again).toBe(effects === 0 ? 'ok' : 'conflict');
      expect(await world.landedWrites()).toBe(1 + markers);
    });
  });

  if (traits.faults.includes('unauthorised'))
    it('rule 4: a write whose credentials are refused is unauthorised, has no effect, and is not tried in a loop', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const state = await readOne(world, ref);
      world.fail('write', 'unauthorised');
      const before = world.paced().requests;

      const write = writeOf(ref.zone, [changeOf(ref, state, { east: low }, drain)]);
      const kind = await kindOf(world.steering.replace(write, never()));

      expect(kind).toBe('unauthorised');
      expect(await world.landedWrites()).toBe(0);
      expect(world.paced().requests - before).toBeLessThanOrEqual(6);
    });

  it.each(reads)('a read that meets "%s" is %s', async (fault, kind) => {
    const world = await arrange();
    const ref = refOf('www', world.zones.home);
    world.fail('read', fault);

    const met = await untilHung(world, fault, (signal) => world.steering.read([ref], signal));

    expect(met).toBe(kind);
  });

  if (traits.staleReads === true) {
    it('rule 2: a write that rests on a stale read is refused and has no effect', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const before = await readOne(world, ref);
      await world.foreigner.edit(ref, 'west', 'weight');
      world.stale?.(true);
      const stale = await readOne(world, ref);
      world.stale?.(false);

      const write = writeOf(ref.zone, [changeOf(ref, stale, { east: low }, drain)]);
      const kind = await kindOf(world.steering.replace(write, never()));

      expect(sameRecords(stale, before)).toBe(true);
      expect(kind).toBe('conflict');
      expect(await world.landedWrites()).toBe(0);
    });

    it('rule 4: a write amid stale reads takes effect exactly once when it is repeated after a fresh one', async () => {
      const world = await arrange();
      const ref = refOf('www', world.zones.home);
      const change = changeOf(ref, await readOne(world, ref), { east: low }, drain);
      // What the provider asks by itself around a write has been asked once, so that there is an old answer to it.
      await kindOf(
        world.steering.replace(writeOf(ref.zone, [{ ...change, weights: beginningWeights(change) }]), never()),
      );
      const landed = await world.landedWrites();
      const held = (await readZone(world, [ref])).fence;
      const write = writeOf(ref.zone, [change], { expects: held, leaves: held ?? FENCE_1 });
      world.stale?.(true);
      const kind = await kindOf(world.steering.replace(write, never()));
      world.stale?.(false);

      if (sameRecords(await readOne(world, ref), change.expects)) await world.steering.replace(write, never());

      expect(['ok', 'conflict', 'unknown-outcome']).toContain(kind);
      expect(sameRecords(await readOne(world, ref), intendedState(change))).toBe(true);
      expect((await world.landedWrites()) - landed).toBe(1);
    });
  }
};
