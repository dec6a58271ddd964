import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import { ProviderError } from '../errors.ts';
import { changeRecords, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { RECORDS_CAPABILITIES } from './capabilities.ts';
import { needsEtag, operationsOf, problemOf, recordSetsOf } from './record-sets.ts';
import type { HeldRecords, OciRecordsApi } from './records-api.ts';
import { domainOf } from './translate.ts';
import { deleteZone, listedZone, putZone, wholeZone } from './zone-records.ts';

const AT_ONCE = 4;

const isAsWanted = ({ after }: RecordGroup, records: Parameters<typeof recordSetsOf>[0]): boolean => {
  const [want] = after;
  const [live] = recordSetsOf(records);
  if (want === undefined || live === undefined) return want === undefined && live === undefined;
  return want.ttlSeconds === live.ttlSeconds && want.values.join('\n') === live.values.join('\n');
};

/** `Records` over OCI DNS: one PATCH for each name and type, on the condition of every record that was read. */
export const ociRecords = (api: OciRecordsApi): Records => ({
  capabilities: RECORDS_CAPABILITIES,

  async checkConnection(signal) {
    try {
      await api.zones('steer.invalid', signal);
      return { ok: true };
    } catch (failure) {
      return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
    }
  },

  async zones(name, signal) {
    const zones = await api.zones(name === null ? null : domainOf(name), signal);
    if (name === null) return zones.map(listedZone);
    return sideBySide(zones, Math.min(AT_ONCE, api.parallel()), (zone) => wholeZone(api, zone, signal));
  },

  putZone: (wish, signal) => putZone(api, wish, signal),

  deleteZone: (id, signal) => deleteZone(api, id, signal),

  async recordSets(zone, { name, type }, signal) {
    const records = await api.records(zone, name === undefined ? null : domainOf(name), signal);
    const sets = recordSetsOf(records).filter((set) => type === undefined || set.type === type);
    return sets.toSorted(compareRecordKeys);
  },

  change(zone, changes, _, signal) {
    const held = new Map<string, HeldRecords>();
    const heldOf = (group: Parameters<typeof groupKeyText>[0]): HeldRecords =>
      held.get(groupKeyText(group)) ?? { value: [], etag: null };
    return changeRecords({
      capabilities: RECORDS_CAPABILITIES,
      changes,
      refuses: (group) => problemOf(group, heldOf(group).value),
      async read(groups) {
        const sets = await sideBySide(groups, Math.min(AT_ONCE, api.parallel()), async ({ name, type }) => {
          const records = await api.recordSet(zone, domainOf(name), type, signal);
          held.set(groupKeyText({ name, type }), records);
          return recordSetsOf(records.value);
        });
        return sets.flat();
      },
      batches: (groups) => groups.map((group) => [group]),
      async write(groups) {
        const [group] = groups;
        if (group === undefined) return null;
        const { value, etag } = heldOf(group);
        const at = [zone, domainOf(group.name), group.type] as const;
        const condition = needsEtag(value) ? etag : null;
        const landed = await api.patch(at, operationsOf(group, value), condition, signal);
        if (isAsWanted(group, landed)) return null;
        const message = `${groupKeyText(group)} was written, and the answer shows something else; read it again`;
        throw new ProviderError('unknown-outcome', message);
      },
    });
  },

  geoRegions: async () => ({}),

  propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
});
