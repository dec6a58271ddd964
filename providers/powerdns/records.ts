import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import type { Zone } from '../../src/domain/record-sets.ts';
import type { DnsAccount } from '../dns-wire/account.ts';
import { serialId } from '../dns-wire/change-id.ts';
import { comparable, isWithin } from '../dns-wire/names.ts';
import { ProviderError } from '../errors.ts';
import { batchesBySize, changeRecords, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { emailOf, withEmail } from '../soa-value.ts';
import type { ApiRrset, ApiZone, PowerDnsApi } from './api.ts';
import { RECORDS_CAPABILITIES } from './capabilities.ts';
import { zoneNameOf } from './ground.ts';
import { serverPropagation } from './propagation.ts';
import { namesOf, objectionTo, patchesFor, recordSetsOf } from './record-translate.ts';

export interface PowerDnsRecordsDeps {
  readonly api: PowerDnsApi;
  /** Servers that must show the new serial, `host:port`; empty: only what the API shows counts. */
  readonly servers: readonly string[];
  readonly soaAt: DnsAccount['soaAt'];
}

const isOwn = ({ name, type }: ApiRrset, apex: string): boolean =>
  comparable(name) === apex && (type === 'SOA' || type === 'NS');

const soaOf = (rrsets: readonly ApiRrset[]): ApiRrset | null => rrsets.find(({ type }) => type === 'SOA') ?? null;

const zoneFrom = ({ id, name }: Pick<ApiZone, 'id' | 'name'>, soa: ApiRrset | null): Zone => {
  const value = soa?.records[0]?.content;
  return {
    id,
    name: comparable(name),
    ttlSeconds: soa?.ttl ?? null,
    email: value === undefined ? null : emailOf(value),
  };
};

/** `Records` over the HTTP API. It compares nothing by itself: what was read is compared, written and read back. */
export const powerDnsRecords = ({ api, servers, soaAt }: PowerDnsRecordsDeps): Records => {
  const details = async (zone: ApiZone, signal: AbortSignal): Promise<Zone> => {
    const { rrsets } = await api.sets(zone.id, [comparable(zone.name)], signal);
    return zoneFrom(zone, soaOf(rrsets));
  };

  const refuses =
    (apex: string) =>
    (group: RecordGroup): string | null => {
      if (!isWithin(group.name, apex)) return `${group.name} is outside ${apex}`;
      const isApexNs = group.type === 'NS' && comparable(group.name) === apex;
      if (isApexNs && group.after.length === 0) return `${apex} needs its own NS records`;
      return objectionTo(group);
    };

  /** The SOA with another TTL or mailbox; nothing is sent where it is so already. */
  const wished = async (
    zone: ApiZone,
    { ttlSeconds, email }: { readonly ttlSeconds: number | null; readonly email: string | null },
    signal: AbortSignal,
  ): Promise<Zone> => {
    const apex = comparable(zone.name);
    const soa = soaOf((await api.sets(zone.id, [apex], signal)).rrsets);
    const value = soa?.records[0]?.content;
    if (soa === null || value === undefined) throw new ProviderError('unreadable', `zone ${zone.id} has no SOA`);
    const next = { ttl: ttlSeconds ?? soa.ttl, content: email === null ? value : withEmail(value, email) };
    if (next.ttl === soa.ttl && next.content === value) return zoneFrom(zone, soa);
    const records = [{ content: next.content, disabled: false }];
    await api.patch(zone.id, [{ changetype: 'REPLACE', name: apex, type: 'SOA', ttl: next.ttl, records }], signal);
    return details(zone, signal);
  };

  /** The serial with the change in it, or a later one. Null where it cannot be read: the change has landed all the same. */
  const changeAfter = async (zone: string, signal: AbortSignal): Promise<string | null> => {
    const apex = zoneNameOf(zone);
    try {
      const [found] = await api.zones(apex, signal);
      return found === undefined ? null : serialId(apex, found.edited_serial ?? found.serial);
    } catch {
      return null;
    }
  };

  return {
    capabilities: RECORDS_CAPABILITIES,

    async checkConnection(signal) {
      try {
        await api.server(signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    async zones(name, signal) {
      const found = await api.zones(name, signal);
      // The list shows no SOA: one question more for each zone would be too many for a server with thousands.
      return name === null
        ? found.map((zone) => zoneFrom(zone, null))
        : Promise.all(found.map((zone) => details(zone, signal)));
    },

    async putZone(wish, signal) {
      const [held] = await api.zones(wish.name, signal);
      return wished(held ?? (await api.createZone(wish.name, signal)), wish, signal);
    },

    async deleteZone(id, signal) {
      const apex = zoneNameOf(id);
      const [held] = await api.zones(apex, signal);
      if (held === undefined) return;
      const { rrsets } = await api.sets(held.id, null, signal);
      if (rrsets.some((set) => !isOwn(set, apex)))
        throw new ProviderError('rejected', `zone ${apex} still has records; take them away first`);
      await api.deleteZone(held.id, signal);
    },

    async recordSets(zone, { name, type }, signal) {
      const { rrsets } = await api.sets(zone, name === undefined ? null : [name], signal);
      return recordSetsOf(rrsets)
        .filter((set) => set.name === comparable(name ?? set.name) && set.type === (type ?? set.type))
        .toSorted(compareRecordKeys);
    },

    change(zone, changes, _comment, signal) {
      const apex = zoneNameOf(zone);
      let live: readonly ApiRrset[] = [];
      return changeRecords({
        capabilities: RECORDS_CAPABILITIES,
        changes,
        refuses: refuses(apex),
        read: async (groups) => {
          const found = await api.sets(zone, namesOf(groups), signal);
          live = found.rrsets;
          const wanted = new Set(groups.map(groupKeyText));
          return recordSetsOf(live).filter((set) => wanted.has(groupKeyText(set)));
        },
        batches: (groups) => batchesBySize(groups, RECORDS_CAPABILITIES.batch),
        write: async (groups) => {
          await api.patch(zone, patchesFor(groups, live), signal);
          return changeAfter(zone, signal);
        },
      });
    },

    geoRegions: async () => ({}),

    propagation: serverPropagation({ api, servers, soaAt }),
  };
};
