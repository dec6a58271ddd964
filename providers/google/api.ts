import type { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';
import { CHANGE, type GoogleRecordSet, MANAGED_ZONE, MANAGED_ZONES, type ManagedZone, RECORD_SETS } from './shapes.ts';

/** Asked for on every list; the vendor may give fewer, and its token is followed. */
const PAGE = 1000;

/** A list that never ends is a broken one. */
const MOST_PAGES = 10_000;

export interface RecordSetPage {
  readonly recordSets: readonly GoogleRecordSet[];
  readonly next: string | null;
}

export interface Change {
  readonly deletions: readonly GoogleRecordSet[];
  readonly additions: readonly GoogleRecordSet[];
}

/** A zone to be made; `name` is the vendor's own, `dnsName` that of the DNS. */
export interface NewZone {
  readonly name: string;
  readonly dnsName: string;
  readonly description: string;
}

/** Cloud DNS v1, as far as steer needs it. `zone` is the name or the number of a managed zone. */
export interface GoogleApi {
  zone(zone: string, signal: AbortSignal): Promise<ManagedZone>;
  /** All, or those of one DNS name. */
  zones(dnsName: string | null, signal: AbortSignal): Promise<readonly ManagedZone[]>;
  createZone(zone: NewZone, signal: AbortSignal): Promise<ManagedZone>;
  deleteZone(zone: string, signal: AbortSignal): Promise<void>;
  /** One page of a zone, from its beginning with `page: null`. */
  page(zone: string, page: string | null, signal: AbortSignal): Promise<RecordSetPage>;
  /** All record sets of one name, or the one of a name and type. */
  named(zone: string, name: string, type: string | null, signal: AbortSignal): Promise<readonly GoogleRecordSet[]>;
  /** Throws `conflict` when a deletion is not there exactly so, or an addition is there already. */
  change(zone: string, change: Change, signal: AbortSignal): Promise<string>;
  /** How many may ask at the same time without the last one waiting longer than a wait may be hidden. */
  parallel(): number;
  /** The cheapest call there is. */
  ping(signal: AbortSignal): Promise<void>;
}

const withQuery = (url: string, query: Readonly<Record<string, string>>): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? url : `${url}?${text}`;
};

const asConflict = (cause: ProviderError): ProviderError => new ProviderError('conflict', cause.message, { cause });

export interface ApiOptions {
  readonly endpoint: string;
  readonly project: string;
  readonly parallel: () => number;
}

export const createApi = (account: HttpAccount, { endpoint, project, parallel }: ApiOptions): GoogleApi => {
  const base = `${endpoint.replace(/\/$/, '')}/dns/v1/projects/${encodeURIComponent(project)}/managedZones`;
  const at = (zone: string): string => `${base}/${encodeURIComponent(zone)}`;

  const get = <T>(
    [action, zone]: readonly [string, string | null],
    url: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ) => {
    const request: HttpRequest = { method: 'GET', url, headers: { accept: 'application/json' }, body: null };
    return account.call({ action, zone, request, changes: false, schema }, signal);
  };

  const post = <T>(
    [action, zone]: readonly [string, string | null],
    url: string,
    body: unknown,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const request: HttpRequest = { method: 'POST', url, headers, body: JSON.stringify(body) };
    return account.call({ action, zone, request, changes: true, schema }, signal);
  };

  const everyPage = async <T>(
    read: (page: string | null) => Promise<{ items: readonly T[]; next: string | null }>,
  ): Promise<readonly T[]> => {
    const all: T[] = [];
    let page: string | null = null;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const { items, next } = await read(page);
      all.push(...items);
      if (next === null) return all;
      if (next === page) break;
      page = next;
    }
    throw new ProviderError('unreadable', 'google: a list began again where it had begun');
  };

  const list = async (zone: string, query: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const url = withQuery(`${at(zone)}/rrsets`, { maxResults: `${PAGE}`, ...query });
    const { rrsets = [], nextPageToken } = await get(['resourceRecordSets.list', zone], url, RECORD_SETS, signal);
    return { items: rrsets, next: nextPageToken ?? null };
  };

  const from = (page: string | null) => (page === null ? {} : { pageToken: page });

  return {
    zone: (zone, signal) => get(['managedZones.get', zone], at(zone), MANAGED_ZONE, signal),

    zones: (dnsName, signal) =>
      everyPage(async (page) => {
        const query = { maxResults: `${PAGE}`, ...(dnsName === null ? {} : { dnsName }), ...from(page) };
        const url = withQuery(base, query);
        const { managedZones = [], nextPageToken } = await get(['managedZones.list', null], url, MANAGED_ZONES, signal);
        return { items: managedZones, next: nextPageToken ?? null };
      }),

    createZone: (zone, signal) =>
      post(['managedZones.create', zone.name], base, { kind: 'dns#managedZone', ...zone }, MANAGED_ZONE, signal),

    async deleteZone(zone, signal) {
      const request: HttpRequest = { method: 'DELETE', url: at(zone), headers: {}, body: null };
      const schema = CHANGE.partial().nullable();
      await account.call({ action: 'managedZones.delete', zone, request, changes: true, schema }, signal);
    },

    async page(zone, page, signal) {
      const { items, next } = await list(zone, from(page), signal);
      return { recordSets: items, next };
    },

    named: (zone, name, type, signal) =>
      everyPage((page) => list(zone, { name, ...(type === null ? {} : { type }), ...from(page) }, signal)),

    async change(zone, { deletions, additions }, signal) {
      const body = { kind: 'dns#change', additions, deletions };
      try {
        return (await post(['changes.create', zone], `${at(zone)}/changes`, body, CHANGE, signal)).id;
      } catch (failure) {
        // 404 is said of a record set that shall be deleted as of a zone; whoever reads next learns which it was.
        if (!(failure instanceof ProviderError) || failure.kind !== 'not-found') throw failure;
        throw asConflict(failure);
      }
    },

    parallel,

    async ping(signal) {
      await get(['managedZones.list', null], withQuery(base, { maxResults: '1' }), MANAGED_ZONES, signal);
    },
  };
};
