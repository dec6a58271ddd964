import { MemoryRecordVendor, type RecordFault } from '../../../providers/memory/record-vendor.ts';
import {
  type MemoryRecordPromises,
  memoryRecords,
  memoryRecordsCapabilities,
} from '../../../providers/memory/records.ts';
import { recordKeyText } from '../../../src/domain/record-order.ts';
import type { RecordKey, RecordSet } from '../../../src/domain/record-sets.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ALL_FAULTS, type WorldFault } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const PROPAGATION_MS = 30_000;

const FAULTS: Readonly<Record<Exclude<WorldFault, 'unauthorised'>, Omit<RecordFault, 'on'>>> = {
  throttled: { when: 'before', kind: 'throttled' },
  busy: { when: 'before', kind: 'busy' },
  'unavailable-before': { when: 'before', kind: 'unavailable' },
  'unavailable-after': { when: 'after', kind: 'unavailable' },
  'reset-before': { when: 'before', kind: 'unavailable' },
  'reset-after': { when: 'after', kind: 'unavailable' },
  'hang-before': { when: 'before', kind: 'hang' },
  'hang-after': { when: 'after', kind: 'hang' },
  garbage: { when: 'after', kind: 'unreadable' },
};

const LOST: ReadonlySet<string> = new Set(['unavailable', 'unreadable']);

export const memoryRecordsTraits = (promises: MemoryRecordPromises, variant?: string): RecordsTraits => ({
  vendor: 'memory',
  ...(variant === undefined ? {} : { variant }),
  ground: 'reference',
  capabilities: memoryRecordsCapabilities(promises),
  geo: {
    before: [{ Europe: ['DE', 'FR'] }, { Asia: ['JP'] }],
    after: [{ Europe: ['DE'] }, { Asia: ['JP'], Europe: ['FR'] }],
  },
  unmodelled: true,
  others: true,
  pages: { zones: null, sets: null },
  propagation: 'reported',
  faults: ALL_FAULTS,
  rotates: ['credentials'],
});

/** A world in memory with whichever promises the test wants kept. */
export const arrangeMemoryRecords = async (promises: MemoryRecordPromises): Promise<RecordsWorld> => {
  const clock = new ManualClock();
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  let key = 'key-1';
  const vendor = new MemoryRecordVendor(() => clock.now());
  const home = vendor.addZone('example.com.', 3600, 'hostmaster@example.com').id;
  const other = vendor.addZone('example.net.', 3600, 'hostmaster@example.net').id;

  const heldBy = (zone: string, its: RecordKey): RecordSet => {
    const set = vendor.held(zone).sets.get(recordKeyText(its));
    if (set === undefined) throw new Error(`there is no ${recordKeyText(its)}`);
    return set;
  };

  return {
    records: memoryRecords({
      vendor,
      promises,
      now: () => clock.now(),
      propagationMs: PROPAGATION_MS,
      key: () => key,
      hung: () => hung(),
    }),
    zones: { home, other, absent: 'zone-absent' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      mark: async (zone, its) => vendor.edit(zone, its, { ...heldBy(zone, its), kept: { healthCheck: 'check-1' } }),
      other: async (zone) => {
        const set: RecordSet = {
          name: 'near.example.com.',
          type: 'A',
          qualifier: 'east',
          ttlSeconds: 60,
          values: ['192.0.2.1'],
          alias: null,
          profile: { kind: 'other', what: 'latency' },
          kept: { region: 'somewhere' },
        };
        vendor.edit(zone, set, set);
        return set;
      },
      zones: async (count) => {
        for (let n = 0; n < count; n += 1) vendor.addZone(`z${n}.example.org.`, 3600, 'hostmaster@example.org');
      },
    },
    beside: (zone, its) => heldBy(zone, its).kept,
    aliases: async () => [
      { target: 'one.example.net.', zone: null },
      { target: 'two.example.net.', zone: null },
    ],
    fail: (on, fault) => {
      if (fault === 'unauthorised') return vendor.changeKey('nobody has it');
      const { when, kind } = FAULTS[fault];
      vendor.failNext({ on, when, kind: on === 'write' && LOST.has(kind) ? 'unknown-outcome' : kind });
      return undefined;
    },
    hung: () => isHung,
    landedWrites: () => vendor.landedWrites,
    rotate: async () => {
      key = 'key-2';
      vendor.changeKey(key);
    },
  };
};
