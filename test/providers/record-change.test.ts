import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderFailure } from '../../providers/errors.ts';
import { memoryRecordsCapabilities } from '../../providers/memory/records.ts';
import { batchesBySize, changeRecords, type RecordGroup, type RecordWork } from '../../providers/record-change.ts';
import { recordKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { put, qualified, setOf, take, wordOf } from '../contracts/records/world.ts';

/** A vendor that holds its sets in a map, writes one name and type at a time, and fails when it is told to. */
const arrange = (live: readonly RecordSet[], over: Partial<RecordWork> = {}) => {
  const held = new Map(live.map((set) => [recordKeyText(set), set]));
  const written: RecordGroup[] = [];
  const failing = new Map<string, ProviderFailure>();
  const work = {
    capabilities: memoryRecordsCapabilities({ conditionalWrite: 'emulated', atomic: 'name-and-type', batch: 1 }),
    refuses: () => null,
    read: async () => [...held.values()],
    batches: (groups: readonly RecordGroup[]) => [groups],
    write: async (groups: readonly RecordGroup[]) => {
      for (const group of groups) {
        const kind = failing.get(group.name);
        if (kind !== undefined) throw new ProviderError(kind, 'as it was told to');
        written.push(group);
        for (const set of group.before) held.delete(recordKeyText(set));
        for (const set of group.after) held.set(recordKeyText(set), set);
      }
      return 'change-1';
    },
    ...over,
  };
  const run = async (...changes: readonly ReturnType<typeof put>[]) =>
    (await changeRecords({ ...work, changes })).map(wordOf);
  return { run, written, failing, held };
};

const ONE = setOf('one', 'A', ['192.0.2.1']);
const TWO = setOf('two', 'A', ['192.0.2.1']);
const weight = (set: RecordSet, qualifier: string, its: number | null) =>
  qualified(set, qualifier, { kind: 'weighted', weight: its });

describe('changeRecords', () => {
  it('hands over all sets of one name and type, as they are and as they shall be', async () => {
    const [east, west] = [weight(ONE, 'east', 1), weight(ONE, 'west', 2)];
    const { run, written } = arrange([east, west, TWO]);

    await run(take(west));

    expect(written).toMatchObject([{ name: ONE.name, before: [east, west], after: [east] }]);
  });

  it.each(['conflict', 'rejected', 'too-large'] as const)('goes on with other names after %s', async (kind) => {
    const { run, failing } = arrange([]);
    failing.set(ONE.name, kind);

    expect(await run(put(ONE), put(TWO))).toEqual([kind, 'landed']);
  });

  it.each([
    ['unknown-outcome', 'unavailable'],
    ['throttled', 'throttled'],
    ['unauthorised', 'unauthorised'],
    ['unavailable', 'unavailable'],
  ] as const)('stops after %s and says that the rest was not sent', async (kind, rest) => {
    const { run, failing, written } = arrange([]);
    failing.set(ONE.name, kind);

    expect(await run(put(ONE), put(TWO))).toEqual([kind, rest]);
    expect(written).toEqual([]);
  });

  it('rule 2: a write that is not there afterwards is a conflict', async () => {
    let reads = 0;
    const { run } = arrange([], {
      read: async () => {
        reads += 1;
        return reads === 1 ? [] : [{ ...ONE, ttlSeconds: 1 }];
      },
    });

    expect(await run(put(ONE))).toEqual(['conflict']);
  });

  it('rule 2: a write that cannot be read back is of unknown outcome', async () => {
    let reads = 0;
    const { run } = arrange([], {
      read: async () => {
        reads += 1;
        if (reads > 1) throw new ProviderError('unavailable', 'gone');
        return [];
      },
    });

    expect(await run(put(ONE))).toEqual(['unknown-outcome']);
  });

  it('rule 1: looks at the siblings that no change names', async () => {
    const { run, written } = arrange([weight(ONE, 'east', 1), weight(ONE, 'west', null)]);

    expect(await run(take(weight(ONE, 'east', 1)))).toEqual(['never-empty']);
    expect(written).toEqual([]);
  });

  it('lets a fault of its own out: it is no failure of a vendor', async () => {
    const { run } = arrange([], {
      write: async () => {
        throw new TypeError('a mistake');
      },
    });

    await expect(run(put(ONE))).rejects.toThrow(TypeError);
  });
});

describe('batchesBySize', () => {
  it('never tears a group and never fills a batch beyond the limit', () => {
    const group = (name: string, size: number): RecordGroup => ({
      name,
      type: 'A',
      before: [],
      after: [],
      changes: Array.from({ length: size }, (_, n) => put(setOf(`${name}${n}`, 'A', ['192.0.2.1']))),
    });

    const batches = batchesBySize([group('a', 2), group('b', 2), group('c', 1), group('d', 9)], 4);

    expect(batches.map((batch) => batch.map(({ name }) => name))).toEqual([['a', 'b'], ['c'], ['d']]);
  });
});
