import { KNOWN_TYPES } from '../../src/domain/rdata.ts';
import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import type { RecordsCapabilities, Zone } from '../../src/domain/record-sets.ts';
import type { Instant } from '../../src/domain/units.ts';
import { ProviderError } from '../errors.ts';
import { batchesBySize, changeRecords } from '../record-change.ts';
import type { Records } from '../records.ts';
import type { Propagation } from '../steering.ts';
import type { MemoryRecordVendor, RecordOperation } from './record-vendor.ts';

/** Which differences between vendors it stands for. */
export type MemoryRecordPromises = Pick<RecordsCapabilities, 'conditionalWrite' | 'atomic' | 'batch'>;

const TYPES = Object.keys(KNOWN_TYPES).filter((type) => type !== 'SOA');
/** Enough of them to try every profile; more would only repeat the same cases. */
const ROUTED = ['A', 'AAAA', 'CNAME', 'TXT'];
const PLACES = { Europe: ['DE', 'FR', 'ES'], Asia: ['IN', 'JP'] };

export const memoryRecordsCapabilities = (promises: MemoryRecordPromises): RecordsCapabilities => ({
  ...promises,
  types: TYPES,
  weighted: { drained: true, types: ROUTED, minimum: 1, maximum: 255 },
  geo: { types: ROUTED, access: 'read-write', places: 'many' },
  failover: ROUTED,
  alias: true,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
});

export interface MemoryRecordsDeps {
  readonly vendor: MemoryRecordVendor;
  readonly promises: MemoryRecordPromises;
  readonly now: () => Instant;
  readonly propagationMs: number;
  /** Read anew for every call. */
  readonly key: () => string;
  /** Told when a call is left hanging. */
  readonly hung: () => void;
}

const DEFAULTS = { ttlSeconds: 3600, email: 'hostmaster@example.com' };

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The reference implementation of `Records`: all of its promises, nothing but memory. */
export const memoryRecords = ({ vendor, promises, now, propagationMs, key, hung }: MemoryRecordsDeps): Records => {
  const capabilities = memoryRecordsCapabilities(promises);

  const fail = async (on: RecordOperation, when: 'before' | 'after', signal: AbortSignal): Promise<void> => {
    const fault = vendor.faultFor(on, when);
    if (fault === undefined) return;
    if (fault.kind === 'hang') {
      hung();
      await untilAborted(signal);
    }
    const lost = on === 'write' ? 'unknown-outcome' : 'unavailable';
    throw new ProviderError(
      fault.kind === 'hang' ? lost : fault.kind,
      `the vendor failed ${when} the ${on}, as it was told to`,
    );
  };

  /** One call of the vendor. */
  const call = async <T>(on: RecordOperation, signal: AbortSignal, effect: () => T): Promise<T> => {
    vendor.authorise(key());
    await fail(on, 'before', signal);
    const result = effect();
    await fail(on, 'after', signal);
    return result;
  };

  const ofName = (name: string): Zone | undefined => vendor.zones.find((zone) => zone.name === name);

  return {
    capabilities,

    async checkConnection(signal) {
      try {
        await call('read', signal, () => vendor.zones);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    zones: (name, signal) =>
      call('read', signal, () => vendor.zones.filter((zone) => name === null || zone.name === name)),

    async putZone(wish, signal) {
      const live = await call('read', signal, () => ofName(wish.name));
      const ttlSeconds = wish.ttlSeconds ?? live?.ttlSeconds ?? DEFAULTS.ttlSeconds;
      const email = wish.email ?? live?.email ?? DEFAULTS.email;
      if (live === undefined) return call('write', signal, () => vendor.addZone(wish.name, ttlSeconds, email));
      if (live.ttlSeconds === ttlSeconds && live.email === email) return live;
      const zone = { ...live, ttlSeconds, email };
      await call('write', signal, () => vendor.updateZone(zone));
      return zone;
    },

    async deleteZone(id, signal) {
      const zone = await call('read', signal, () => vendor.zones.find((one) => one.id === id));
      if (zone === undefined) return;
      if (vendor.held(id).sets.size > 0) throw new ProviderError('rejected', `zone ${zone.name} still has records`);
      await call('write', signal, () => vendor.deleteZone(id));
    },

    recordSets: (zone, query, signal) =>
      call('read', signal, () =>
        [...vendor.held(zone).sets.values()]
          .filter(({ name, type }) => (query.name ?? name) === name && (query.type ?? type) === type)
          .toSorted(compareRecordKeys),
      ),

    change: (zone, changes, _, signal) =>
      changeRecords({
        capabilities,
        changes,
        refuses: () => null,
        read: (groups) => {
          const wanted = new Set(groups.map(groupKeyText));
          return call('read', signal, () =>
            [...vendor.held(zone).sets.values()].filter((set) => wanted.has(groupKeyText(set))),
          );
        },
        batches: (groups) => batchesBySize(groups, promises.batch),
        write: (groups) =>
          call('write', signal, () =>
            vendor.write(
              zone,
              groups.flatMap((group) => group.changes),
              promises.conditionalWrite === 'native',
            ),
          ),
      }),

    geoRegions: (signal) => call('read', signal, () => PLACES),

    propagation: (changes, signal) =>
      call('propagation', signal, () => {
        const stateOf = (change: string): Propagation => {
          const accepted = vendor.acceptedAt(change);
          if (accepted === undefined) return 'unknown-change';
          return now() - accepted >= propagationMs ? 'done' : 'pending';
        };
        return new Map(changes.map((change) => [change, stateOf(change)]));
      }),
  };
};
