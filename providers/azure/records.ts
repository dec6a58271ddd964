import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { changeRecords, type GroupKey, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { AZURE_RECORDS } from './capabilities.ts';
import type { DnsApi, SetPlace } from './dns-api.ts';
import { bareName, propertiesOf, recordSetOf, relativeName } from './record-translate.ts';
import { azureZones } from './zones.ts';

const MOST_AT_ONCE = 4;

const refusal = ({ name, type, after }: RecordGroup, zone: string): string | null => {
  const relative = relativeName(name, zone);
  const [set] = after;
  if (relative === null) return `${name} does not lie in the zone ${bareName(zone)}.`;
  if (set === undefined) {
    const isOwn = relative === '@' && (type === 'SOA' || type === 'NS');
    return isOwn ? `the ${type} set of the zone itself stays; change it instead` : null;
  }
  if (set.alias !== null) {
    return set.ttlSeconds === null ? null : 'the TTL of an alias is not changed by steer; leave it out';
  }
  if (set.ttlSeconds === null) return 'Azure has no TTL of its own for records; give one';
  return propertiesOf(set) === null ? 'a value holds octets that are no UTF-8, which Azure cannot be told' : null;
};

export interface AzureRecordsDeps {
  readonly api: DnsApi;
  readonly limiter: Pick<RateLimiter, 'parallel'>;
}

/** `Records` over Azure DNS: each record set is read with its ETag and written on the condition that it still has it. */
export const azureRecords = ({ api, limiter }: AzureRecordsDeps): Records => {
  const zones = azureZones(api, limiter);

  const placeOf = (zone: string, { name, type }: GroupKey): SetPlace => ({
    zone: bareName(zone),
    type,
    relative: relativeName(name, zone) ?? '@',
  });

  /** The sets of these names and types, each with its ETag. Throws `not-found` for an unknown zone. */
  const readSets = async (zone: string, groups: readonly GroupKey[], signal: AbortSignal) => {
    const inside = groups.filter(({ name }) => relativeName(name, zone) !== null);
    const width = Math.min(MOST_AT_ONCE, limiter.parallel());
    const found = await sideBySide(inside, width, (group) => api.recordSet(placeOf(zone, group), signal));
    // "Not found" is said of a set and of its zone alike.
    if (found.length === 0 || found.includes(null)) await api.zone(bareName(zone), signal);
    return found.filter((set) => set !== null).map((set) => ({ set: recordSetOf(set, zone), etag: set.etag ?? null }));
  };

  const write = async (zone: string, group: RecordGroup, etag: string | null, signal: AbortSignal): Promise<null> => {
    const place = placeOf(zone, group);
    const [set] = group.after;
    if (set !== undefined) {
      await api.putRecordSet(place, propertiesOf(set), etag, signal);
    } else {
      if (etag === null) throw new ProviderError('unreadable', `${group.name} ${group.type} came without an ETag`);
      await api.deleteRecordSet(place, etag, signal);
    }
    return null;
  };

  return {
    capabilities: AZURE_RECORDS,

    async checkConnection(signal) {
      try {
        await api.ping(signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    zones: (name, signal) => zones.list(name, signal),
    putZone: (wish, signal) => zones.put(wish, signal),
    deleteZone: (id, signal) => zones.remove(id, signal),

    async recordSets(zone, { name, type }, signal) {
      if (name !== undefined && type !== undefined) {
        return (await readSets(zone, [{ name, type }], signal)).map(({ set }) => set);
      }
      const all = (await api.recordSets(bareName(zone), signal)).map((set) => recordSetOf(set, zone));
      const fits = (set: RecordSet): boolean => (name ?? set.name) === set.name && (type ?? set.type) === set.type;
      return all.filter(fits).toSorted(compareRecordKeys);
    },

    change(zone, changes, _, signal) {
      const etags = new Map<string, string | null>();
      return changeRecords({
        capabilities: AZURE_RECORDS,
        changes,
        refuses: (group) => refusal(group, zone),
        async read(groups) {
          const held = await readSets(zone, groups, signal);
          for (const { set, etag } of held) etags.set(groupKeyText(set), etag);
          return held.map(({ set }) => set);
        },
        batches: (groups) => groups.map((group) => [group]),
        async write(groups) {
          for (const group of groups) await write(zone, group, etags.get(groupKeyText(group)) ?? null, signal);
          return null;
        },
      });
    },

    geoRegions: async () => ({}),
    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
