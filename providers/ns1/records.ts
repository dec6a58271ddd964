import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { changeRecords, type GroupKey, type RecordGroup } from '../record-change.ts';
import type { RecordQuery, Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import type { RecordsApi } from './api.ts';
import { NS1_RECORDS } from './capabilities.ts';
import { fullName, liesIn } from './names.ts';
import type { Ns1Record } from './record.ts';
import { recordSetsOf } from './record-translate.ts';
import { recordOfGroup, refusal } from './record-write.ts';
import { ns1Zones } from './zones.ts';
import type { ZonesApi } from './zones-api.ts';

/** Each record is one call, and NS1 has no call for several. */
const MOST_AT_ONCE = 8;

export interface Ns1RecordsDeps {
  readonly records: RecordsApi;
  readonly zones: ZonesApi;
  readonly limiter: Pick<RateLimiter, 'parallel'>;
}

/** `Records` over NS1: read, compare, write, read back; all sets of a name and type are one record there. */
export const ns1Records = ({ records, zones, limiter }: Ns1RecordsDeps): Records => {
  const listed = ns1Zones(zones);

  /** The records of these names and types. Throws `not-found` for an unknown zone. */
  const readAll = async (zone: string, keys: readonly GroupKey[], signal: AbortSignal) => {
    const width = Math.min(MOST_AT_ONCE, limiter.parallel());
    const found = await sideBySide(keys, width, (key) => records.get({ zone, ...key }, signal));
    // "Not found" is said of a record and of a zone alike.
    if (found.length === 0 || found.includes(null)) await zones.get(zone, signal);
    return found.filter((record) => record !== null);
  };

  /** The short list of a zone leaves out filters and metadata, so that it only says which records there are. */
  const keysOf = async (
    zone: string,
    { name, type }: RecordQuery,
    signal: AbortSignal,
  ): Promise<readonly GroupKey[]> => {
    if (name !== undefined && type !== undefined) return [{ name, type }];
    const { records: short } = await zones.get(zone, signal);
    return (short ?? [])
      .map((record) => ({ name: fullName(record.domain), type: record.type.toUpperCase() }))
      .filter((key) => (name ?? key.name) === key.name && (type ?? key.type) === key.type);
  };

  const write = async (zone: string, group: RecordGroup, held: Ns1Record | null, signal: AbortSignal) => {
    const place = { zone, name: group.name, type: group.type };
    if (group.after.length === 0) await records.remove(place, signal);
    else if (held === null) await records.create(place, recordOfGroup(group, zone, null), signal);
    else await records.update(place, recordOfGroup(group, zone, held), signal);
  };

  return {
    capabilities: NS1_RECORDS,

    async checkConnection(signal) {
      try {
        await zones.list(signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    zones: (name, signal) => listed.list(name, signal),
    putZone: (wish, signal) => listed.put(wish, signal),
    deleteZone: (id, signal) => listed.remove(id, signal),

    async recordSets(zone, query, signal) {
      const keys = await keysOf(zone, query, signal);
      const sets: readonly RecordSet[] = (await readAll(zone, keys, signal)).flatMap(recordSetsOf);
      return sets.toSorted(compareRecordKeys);
    },

    change(zone, changes, _, signal) {
      let held: ReadonlyMap<string, Ns1Record> = new Map();
      return changeRecords({
        capabilities: NS1_RECORDS,
        changes,
        refuses: (group) => refusal(group, zone),
        async read(groups) {
          const inside = groups.filter(({ name }) => liesIn(name, zone));
          const live = await readAll(zone, inside, signal);
          held = new Map(
            live.map((record) => [groupKeyText({ name: fullName(record.domain), type: record.type }), record]),
          );
          return live.flatMap(recordSetsOf);
        },
        batches: (groups) => groups.map((group) => [group]),
        async write(groups) {
          for (const group of groups) await write(zone, group, held.get(groupKeyText(group)) ?? null, signal);
          return null;
        },
      });
    },

    geoRegions: async () => ({}),
    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
