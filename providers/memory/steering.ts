import { sameRecords } from '../../src/domain/set-state.ts';
import {
  type Fence,
  type SetRef,
  type SetState,
  type SteeringCapabilities,
  weightRangeOf,
} from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import type { Landed, Propagation, Steering, SteeringWrite, ZoneReading } from '../steering.ts';
import { groupSetIn, isGroupRecord } from './groups.ts';
import { memberOf, recordOf } from './translate.ts';
import {
  isSameRecord,
  keyOf,
  type MemoryOperation,
  type MemoryRecord,
  type MemoryVendor,
  type MemoryZone,
} from './vendor.ts';

/**
 * How far this vendor keeps its promises. `blind` claims to compare and does not: a broken vendor, for tests that must be
 * able to see a rule violated. `emulated` and `waited` are honest about it.
 */
export interface MemoryPromises {
  readonly conditionalWrite: 'native' | 'emulated' | 'blind';
  readonly fence: 'native' | 'waited' | 'blind';
}

/** What a vendor that keeps these promises may be relied on to do. */
export const memoryCapabilities = (promises: MemoryPromises, propagationMs: number): SteeringCapabilities => ({
  weight: { minimum: 1, maximum: 255 },
  granularity: 'weight',
  drain: ['zero', 'remove'],
  conditionalWrite: promises.conditionalWrite === 'emulated' ? 'emulated' : 'native',
  fence: promises.fence === 'waited' ? 'waited' : 'native',
  batch: { elements: 1000, characters: 32_000, fenceElements: 2, sets: null },
  geo: true,
  propagation: 'reported',
  typicalPropagationMs: propagationMs,
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
});

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const setIn = (zone: MemoryZone, ref: SetRef): SetState => {
  if (ref.group !== undefined) return groupSetIn(zone, ref, ref.group);
  const members = [...zone.records.values()]
    .filter((record) => record.name === ref.name && record.type === ref.type && !isGroupRecord(record))
    .map(memberOf)
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));
  return { set: ref.set, members };
};

const isSameFence = (a: Fence | null, b: Fence | null): boolean => a?.store === b?.store && a?.epoch === b?.epoch;

/** The reference implementation of `Steering`: all of its promises, nothing but memory. */
export const memorySteering = (
  vendor: MemoryVendor,
  promises: MemoryPromises = { conditionalWrite: 'native', fence: 'native' },
): Steering => {
  const { reached, now, propagationMs } = vendor.options;
  const capabilities = memoryCapabilities(promises, propagationMs);

  const fail = async (on: MemoryOperation, when: 'before' | 'after', signal: AbortSignal): Promise<void> => {
    const fault = vendor.faultFor(on, when);
    if (fault?.kind === 'hang') await untilAborted(signal);
    if (fault === undefined) return;
    const kind = fault.kind === 'hang' ? (on === 'write' ? 'unknown-outcome' : 'unavailable') : fault.kind;
    throw new ProviderError(kind, `the vendor failed ${when} the ${on}, as it was told to`);
  };

  const readZone = (zone: string, refs: readonly SetRef[]): ZoneReading => {
    const held = vendor.zone(zone);
    return { zone, fence: held.fence, sets: refs.filter((ref) => ref.zone === zone).map((ref) => setIn(held, ref)) };
  };

  const assertUnchanged = (write: SteeringWrite): void => {
    const zone = vendor.zone(write.zone);
    const stale = write.changes.find(({ ref, expects }) => !sameRecords(setIn(zone, ref), expects));
    if (stale !== undefined) throw new ProviderError('conflict', `${stale.ref.name} is not as expected; read it again`);
  };

  const assertFence = (write: SteeringWrite): void => {
    if (promises.fence !== 'native') return;
    if (isSameFence(vendor.zone(write.zone).fence, write.fence.expects)) return;
    throw new ProviderError('conflict', `the marker of zone ${write.zone} is not as expected; read it again`);
  };

  /** A real batch knows nothing of siblings that were added: it names the records it deletes and creates, no more. */
  const assertBatch = (write: SteeringWrite): void => {
    const { records } = vendor.zone(write.zone);
    for (const member of write.changes.flatMap(({ expects }) => expects.members)) {
      const expected = member.present ? recordOf(member) : undefined;
      if (isSameRecord(records.get(keyOf(recordOf(member))), expected)) continue;
      throw new ProviderError('conflict', `"${member.member}" in zone ${write.zone} is not as expected; read it again`);
    }
  };

  const land = (write: SteeringWrite, left: readonly SetState[]): string => {
    const zone = vendor.zone(write.zone);
    const records = new Map<string, MemoryRecord>(zone.records);
    for (const member of left.flatMap(({ members }) => members)) {
      const record = recordOf(member);
      if (member.present) records.set(keyOf(record), record);
      else records.delete(keyOf(record));
    }
    return vendor.land(write.zone, { records, fence: write.fence.leaves });
  };

  return {
    capabilities,

    async read(refs, signal) {
      await reached('read:before');
      await fail('read', 'before', signal);
      const readings = [...new Set(refs.map(({ zone }) => zone))].map((zone) => readZone(zone, refs));
      await reached('read:after');
      await fail('read', 'after', signal);
      return readings;
    },

    async replace(write, signal): Promise<Landed> {
      const left = write.changes.map((change) => assertSafeChange(change, weightRangeOf(change.ref, capabilities)));
      await reached('write:before');
      await fail('write', 'before', signal);
      if (promises.conditionalWrite === 'native') assertBatch(write);
      if (promises.conditionalWrite === 'emulated') {
        assertUnchanged(write);
        await reached('write:between');
      }
      assertFence(write);
      const change = land(write, left);
      await reached('write:after');
      await fail('write', 'after', signal);
      if (promises.conditionalWrite === 'emulated') {
        assertUnchanged({ ...write, changes: write.changes.map((c, i) => ({ ...c, expects: left[i] ?? c.expects })) });
      }
      return { change, sets: left, fence: write.fence.leaves };
    },

    async propagation(changes, signal) {
      await reached('propagation:before');
      await fail('propagation', 'before', signal);
      const stateOf = (change: string): Propagation => {
        const accepted = vendor.acceptedAt(change);
        if (accepted === undefined) return 'unknown-change';
        return now() - accepted >= propagationMs ? 'done' : 'pending';
      };
      return new Map(changes.map((change) => [change, stateOf(change)]));
    },
  };
};
