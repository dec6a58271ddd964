import { describe, expect, it } from 'vitest';
import type { WorldFault } from '../steering/world.ts';
import {
  type ArrangeRecords,
  become,
  COMMENT,
  held,
  kindOf,
  madeOne,
  put,
  type RecordsTraits,
  type RecordsWorld,
  setOf,
  wordOf,
} from './world.ts';

/** What a change whose write meets this fault becomes, and whether it had its effect. */
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
const untilHung = async <T>(
  world: RecordsWorld,
  fault: WorldFault,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const abort = new AbortController();
  const pending = work(abort.signal);
  if (fault.startsWith('hang')) {
    await world.hung();
    abort.abort();
  }
  return pending;
};

/** The part of `Records` about a vendor that fails: each fault has one kind, and no effect is lost or doubled. */
export const faultsContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  const writes = WRITES.filter(([fault]) => traits.faults.includes(fault));
  const reads = READS.filter(([fault]) => traits.faults.includes(fault));

  describe.each(writes)('a change whose write meets "%s"', (fault, kind, effects) => {
    it(`rule 4: is ${kind} after ${effects} effects, and takes effect exactly once when it is repeated`, async () => {
      const world = await arrange();
      const set = await madeOne(world, setOf('www', 'A', ['192.0.2.1']));
      const next = put({ ...set, ttlSeconds: 3600 }, set);
      const before = await world.landedWrites();
      world.fail('write', fault);

      const outcomes = await untilHung(world, fault, (signal) =>
        world.records.change(world.zones.home, [next], COMMENT, signal),
      );
      const landed = (await world.landedWrites()) - before;
      const again = await become(world, [next]);

      expect(outcomes.map(wordOf)).toEqual([kind]);
      expect(landed).toBe(effects);
      expect(again).toEqual([effects === 0 ? 'landed' : 'already']);
      expect((await world.landedWrites()) - before).toBe(1);
      expect(await held(world, set)).toEqual(next.leaves);
    });
  });

  it.each(reads)('a read that meets "%s" is %s', async (fault, kind) => {
    const world = await arrange();
    world.fail('read', fault);

    const met = await untilHung(world, fault, (signal) =>
      kindOf(world.records.recordSets(world.zones.home, {}, signal)),
    );

    expect(met).toBe(kind);
  });

  it.each(reads)('a change whose read meets "%s" throws %s and sends nothing', async (fault, kind) => {
    const world = await arrange();
    world.fail('read', fault);

    const met = await untilHung(world, fault, (signal) =>
      kindOf(world.records.change(world.zones.home, [put(setOf('www', 'A', ['192.0.2.1']))], COMMENT, signal)),
    );

    expect(met).toBe(kind);
    expect(await world.landedWrites()).toBe(0);
  });

  if (!traits.faults.includes('reset-after') || traits.capabilities.atomic === 'call') return;
  it('rule 4: what follows a write of unknown outcome is not sent', async () => {
    const world = await arrange();
    const sets = [setOf('one', 'A', ['192.0.2.1']), setOf('two', 'A', ['192.0.2.1'])];
    world.fail('write', 'reset-after');

    const became = await become(
      world,
      sets.map((set) => put(set)),
    );

    expect(became).toEqual(['unknown-outcome', 'unavailable']);
    expect(await world.landedWrites()).toBe(1);
  });
};
