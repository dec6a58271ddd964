import { z } from 'zod';
import type { Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import { batchesBySize, changeRecords, type GroupKey } from '../record-change.ts';
import type { RecordQuery, Records } from '../records.ts';
import type { BalancerApi, CloudflareCalls } from './api.ts';
import { type DnsRecord, RECORD, type RecordBatch } from './record.ts';
import { batchOf, fullName, MOST_IN_A_BATCH, refusalOf, setsOf, sizeOf } from './record-sets.ts';
import { RECORDS } from './records-capabilities.ts';
import { assertZoneId } from './zone-id.ts';

const ZONE = z.looseObject({ id: z.string(), name: z.string() });

const zoneOf = ({ id, name }: z.infer<typeof ZONE>): Zone => ({
  id,
  name: fullName(name),
  ttlSeconds: null,
  email: null,
});

/** The most that one page of zones holds; records come in pages as large as one likes. */
const ZONES_ON_A_PAGE = 50;
const RECORDS_ON_A_PAGE = 5000;

const bare = (name: string): string => name.replace(/\.$/, '').toLowerCase();

const queryText = (query: RecordQuery): string => {
  const parts = new URLSearchParams();
  if (query.name !== undefined) parts.set('name', bare(query.name));
  if (query.type !== undefined) parts.set('type', query.type);
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
};

export interface CloudflareRecordsDeps {
  readonly calls: CloudflareCalls;
  readonly balancers: Pick<BalancerApi, 'balancers'>;
  readonly accountId: string;
}

/** `Records` over the zones and DNS records of one account. Load balancers are no records: they are `Steering`'s. */
export const cloudflareRecords = ({ calls, balancers, accountId }: CloudflareRecordsDeps): Records => {
  const pathOf = (zone: string): string => `/zones/${encodeURIComponent(zone)}`;

  const zones = async (name: string | null, signal: AbortSignal): Promise<readonly Zone[]> => {
    const path = name === null ? '/zones' : `/zones?name=${encodeURIComponent(bare(name))}`;
    const found = await calls.list({ action: 'ListZones', zone: null, path, perPage: ZONES_ON_A_PAGE }, ZONE, signal);
    return found.map(zoneOf);
  };

  const recordsOf = async (zone: string, query: RecordQuery, signal: AbortSignal): Promise<readonly DnsRecord[]> => {
    assertZoneId(zone);
    const path = `${pathOf(zone)}/dns_records${queryText(query)}`;
    return calls.list({ action: 'ListDnsRecords', zone, path, perPage: RECORDS_ON_A_PAGE }, RECORD, signal);
  };

  const send = (zone: string, body: RecordBatch, signal: AbortSignal) => {
    const path = `${pathOf(zone)}/dns_records/batch`;
    return calls.send({ action: 'BatchDnsRecords', zone, path, method: 'POST', body }, z.unknown(), signal);
  };

  /** One name and type are asked for alone; several come with the whole zone, in one call. */
  const queryFor = (groups: readonly GroupKey[]): RecordQuery => {
    const [only, ...others] = groups;
    return only === undefined || others.length > 0 ? {} : only;
  };

  return {
    capabilities: RECORDS,

    async checkConnection(signal) {
      try {
        await calls.get({ action: 'ListZones', zone: null, path: '/zones?per_page=5' }, z.array(ZONE), signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    zones,

    async putZone({ name }, signal) {
      const [live] = await zones(name, signal);
      if (live !== undefined) return live;
      const body = { name: bare(name), account: { id: accountId } };
      const ask = { action: 'CreateZone', zone: null, path: '/zones', method: 'POST', body } as const;
      return zoneOf(await calls.send(ask, ZONE, signal));
    },

    async deleteZone(id, signal) {
      assertZoneId(id);
      try {
        const [records, its] = [await recordsOf(id, {}, signal), await balancers.balancers(id, signal)];
        if (records.length + its.length > 0) {
          throw new ProviderError('rejected', `zone ${id} still has records or load balancers; take them away first`);
        }
        const ask = { action: 'DeleteZone', zone: id, path: pathOf(id), method: 'DELETE', body: null } as const;
        await calls.send(ask, z.unknown(), signal);
      } catch (failure) {
        if (failure instanceof ProviderError && failure.kind === 'not-found') return;
        throw failure;
      }
    },

    recordSets: async (zone, query, signal) => setsOf(await recordsOf(zone, query, signal)),

    async change(zone, changes, _, signal) {
      assertZoneId(zone);
      let records: readonly DnsRecord[] = [];
      return changeRecords({
        capabilities: RECORDS,
        changes,
        refuses: refusalOf,
        read: async (groups) => {
          records = await recordsOf(zone, queryFor(groups), signal);
          const wanted = new Set(groups.map(({ name, type }) => `${bare(name)} ${type}`));
          return setsOf(records.filter(({ name, type }) => wanted.has(`${bare(name)} ${type}`)));
        },
        batches: (groups) => batchesBySize(groups, MOST_IN_A_BATCH, sizeOf),
        write: async (groups) => {
          await send(zone, batchOf(groups, records), signal);
          // Nobody but the name servers themselves says how far a change has got.
          return null;
        },
      });
    },

    geoRegions: async () => ({}),

    propagation: async (changes) => new Map(changes.map((id) => [id, 'unknown-change'])),
  };
};
