import { MemoryRecordVendor } from '../../providers/memory/record-vendor.ts';
import { memoryRecords } from '../../providers/memory/records.ts';
import { providerId } from '../../src/domain/ids.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { type Desk, desk } from '../operations/arrange.ts';
import { MODEL } from './fleet-config.ts';

export const SECOND = providerId('second');

/** The name and type that the desk's fleet steers in zone-1 of its first account. */
export const STEERED = { name: 'n1.checkout.example.com.', type: 'A' };

export interface DnsDesk {
  readonly desk: Desk;
  /** Zone example.com. is `zone-1` at both. */
  readonly first: MemoryRecordVendor;
  readonly second: MemoryRecordVendor;
  readonly put: (vendor: MemoryRecordVendor, ...sets: readonly RecordSet[]) => void;
  readonly held: (vendor: MemoryRecordVendor) => readonly RecordSet[];
}

export const PROPAGATION_MS = 30_000;

/** A fleet, and two accounts beside each other whose zones and records are in memory. */
export const dnsDesk = async (): Promise<DnsDesk> => {
  const made = await desk({ services: ['checkout'], names: 2, zones: 2 });
  const account = (): MemoryRecordVendor => {
    const vendor = new MemoryRecordVendor(() => made.clock.now());
    vendor.addZone('example.com.', 3600, 'hostmaster@example.com');
    return vendor;
  };
  const [first, second] = [account(), account()];
  const recordsOf = (vendor: MemoryRecordVendor) =>
    memoryRecords({
      vendor,
      promises: { conditionalWrite: 'native', atomic: 'call', batch: 100 },
      now: () => made.clock.now(),
      propagationMs: PROPAGATION_MS,
      key: () => 'key-1',
      hung: () => {},
    });
  made.records = {
    accounts: [
      { provider: MODEL, vendor: 'memory', records: recordsOf(first) },
      { provider: SECOND, vendor: 'memory', records: recordsOf(second) },
    ],
    problems: [],
  };
  return {
    desk: made,
    first,
    second,
    put: (vendor, ...sets) => {
      for (const set of sets) vendor.edit('zone-1', set, set);
    },
    held: (vendor) => [...vendor.held('zone-1').sets.values()],
  };
};
