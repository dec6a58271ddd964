import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import { etagOf, everyPage, type OciClient, type Versioned } from './api.ts';
import { type OciRecord, type OciZone, RECORDS, ZONE } from './shapes.ts';

/** One line of a PATCH: a condition, or what shall be so afterwards. Conditions compare every field that they name. */
export type Operation = { readonly operation: 'REQUIRE' | 'PROHIBIT' | 'ADD' | 'REMOVE' } & Partial<OciRecord>;

/** One record set as the vendor holds it. `etag: null`: there is none, and nothing to hold a condition against. */
export type HeldRecords = Versioned<readonly OciRecord[]> | { readonly value: readonly []; readonly etag: null };

/** Zones and records of OCI DNS 20180115. `zone` is an OCID or a name, `domain` has no dot at its end. */
export interface OciRecordsApi extends Pick<OciClient, 'parallel'> {
  zones(name: string | null, signal: AbortSignal): Promise<readonly OciZone[]>;
  zone(zone: string, signal: AbortSignal): Promise<Versioned<OciZone>>;
  createZone(name: string, signal: AbortSignal): Promise<OciZone>;
  deleteZone(zone: string, etag: string, signal: AbortSignal): Promise<void>;
  /** All records of a zone, or those of one domain. */
  records(zone: string, domain: string | null, signal: AbortSignal): Promise<readonly OciRecord[]>;
  recordSet(zone: string, domain: string, rtype: string, signal: AbortSignal): Promise<HeldRecords>;
  /** Throws `conflict` when a condition does not hold or the set is no longer the one of this ETag. */
  patch(
    at: readonly [zone: string, domain: string, rtype: string],
    operations: readonly Operation[],
    etag: string | null,
    signal: AbortSignal,
  ): Promise<readonly OciRecord[]>;
  /** Replaces a set whole. */
  put(
    at: readonly [zone: string, domain: string, rtype: string],
    items: readonly OciRecord[],
    etag: string,
    signal: AbortSignal,
  ): Promise<readonly OciRecord[]>;
}

const ZONES = z.array(ZONE);
const NOTHING = z.unknown();
const JSON_ONLY = { accept: 'application/json' };

const itemsOf = ({ items }: z.infer<typeof RECORDS>): readonly OciRecord[] => items ?? [];

export const createRecordsApi = (client: OciClient): OciRecordsApi => {
  const { account, base, compartmentId } = client;
  const inCompartment = new URLSearchParams({ compartmentId }).toString();
  const zoneAt = (zone: string): string => `${base}/zones/${encodeURIComponent(zone)}`;
  const setAt = ([zone, domain, rtype]: readonly [string, string, string]): string =>
    `${zoneAt(zone)}/records/${encodeURIComponent(domain)}/${rtype}?${inCompartment}`;
  const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: JSON_ONLY, body: null });

  const send = <T>(action: string, zone: string, request: HttpRequest, schema: z.ZodType<T>, signal: AbortSignal) =>
    account.call({ action, zone, request, changes: true, schema }, signal);

  const zone = async (id: string, signal: AbortSignal): Promise<Versioned<OciZone>> => {
    const request = get(`${zoneAt(id)}?${inCompartment}`);
    const call = { action: 'GetZone', zone: id, request, changes: false, schema: ZONE };
    const { body, response } = await account.exchange(call, signal);
    return { value: body, etag: etagOf(response) };
  };

  return {
    parallel: client.parallel,

    zones(name, signal) {
      const query = { compartmentId, ...(name === null ? {} : { name }) };
      return everyPage(client, { action: 'ListZones', path: '/zones', query }, ZONES, signal);
    },

    zone,

    createZone(name, signal) {
      const body = JSON.stringify({ migrationSource: 'NONE', name, compartmentId, zoneType: 'PRIMARY' });
      const request: HttpRequest = { method: 'POST', url: `${base}/zones?${inCompartment}`, headers: JSON_ONLY, body };
      return send('CreateZone', name, request, ZONE, signal);
    },

    async deleteZone(id, etag, signal) {
      const url = `${zoneAt(id)}?${inCompartment}`;
      const request: HttpRequest = { method: 'DELETE', url, headers: { ...JSON_ONLY, 'if-match': etag }, body: null };
      await send('DeleteZone', id, request, NOTHING, signal);
    },

    async records(id, domain, signal) {
      const list = { action: 'GetZoneRecords', path: `/zones/${encodeURIComponent(id)}/records` };
      const query = { compartmentId, ...(domain === null ? {} : { domain }) };
      return everyPage(client, { ...list, query }, RECORDS.transform(itemsOf), signal);
    },

    async recordSet(id, domain, rtype, signal) {
      const call = { action: 'GetRRSet', zone: id, request: get(setAt([id, domain, rtype])), changes: false };
      try {
        const { body, response } = await account.exchange({ ...call, schema: RECORDS }, signal);
        return { value: itemsOf(body), etag: etagOf(response) };
      } catch (failure) {
        if (!(failure instanceof ProviderError) || failure.kind !== 'not-found') throw failure;
        // Either the set or the zone is not there; only the zone's own word tells which.
        await zone(id, signal);
        return { value: [], etag: null };
      }
    },

    async patch(at, items, etag, signal) {
      const headers = { ...JSON_ONLY, ...(etag === null ? {} : { 'if-match': etag }) };
      const request: HttpRequest = { method: 'PATCH', url: setAt(at), headers, body: JSON.stringify({ items }) };
      return itemsOf(await send('PatchRRSet', at[0], request, RECORDS, signal));
    },

    async put(at, items, etag, signal) {
      const headers = { ...JSON_ONLY, 'if-match': etag };
      const request: HttpRequest = { method: 'PUT', url: setAt(at), headers, body: JSON.stringify({ items }) };
      return itemsOf(await send('UpdateRRSet', at[0], request, RECORDS, signal));
    },
  };
};
