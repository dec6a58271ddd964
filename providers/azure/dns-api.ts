import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';
import { type ArmPath, armRequest } from './arm.ts';
import { everyPage } from './paging.ts';
import { AZURE_RECORD_SET, AZURE_ZONE, type AzureRecordSet, type AzureZone } from './record-set.ts';

/** The stable version of Microsoft.Network/dnsZones. */
const VERSION = '2018-05-01';

const ANYTHING = z.unknown();

/** Which record set: the zone's own name, the type, the name relative to the zone. */
export interface SetPlace {
  readonly zone: string;
  readonly type: string;
  readonly relative: string;
}

/** `If-Match` for the one that was read, `If-None-Match: *` for none. */
export const condition = (etag: string | null): Readonly<Record<string, string>> =>
  etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };

const orNull = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ProviderError && failure.kind === 'not-found') return null;
    throw failure;
  }
};

/** Typed calls to Azure DNS in one resource group. */
export const createDnsApi = (account: HttpAccount, path: ArmPath, resourceGroup: string) => {
  const zones = `${path.group(resourceGroup)}/providers/Microsoft.Network/dnsZones`;
  const zoneUrl = (zone: string): string => `${zones}/${encodeURIComponent(zone)}`;
  const setUrl = ({ zone, type, relative }: SetPlace): string =>
    `${zoneUrl(zone)}/${type}/${encodeURIComponent(relative)}`;
  const { endpoint } = path;

  const changed = async (action: string, zone: string, request: HttpRequest, signal: AbortSignal): Promise<void> =>
    void (await account.call({ action, zone, request, changes: true, schema: ANYTHING }, signal));

  return {
    /** At most `top` zones of the first page, for the cheapest question there is. */
    async ping(signal: AbortSignal): Promise<void> {
      const request = armRequest('GET', `${zones}?$top=1`, VERSION);
      await account.call(
        { action: 'Zones_ListByResourceGroup', zone: null, request, changes: false, schema: ANYTHING },
        signal,
      );
    },

    zones: (signal: AbortSignal): Promise<readonly AzureZone[]> => {
      const request = armRequest('GET', zones, VERSION);
      return everyPage(
        account,
        { action: 'Zones_ListByResourceGroup', zone: null, request, item: AZURE_ZONE, endpoint },
        signal,
      );
    },

    /** Throws `not-found` for an unknown zone. */
    zone: (zone: string, signal: AbortSignal): Promise<AzureZone> =>
      account.call(
        {
          action: 'Zones_Get',
          zone,
          request: armRequest('GET', zoneUrl(zone), VERSION),
          changes: false,
          schema: AZURE_ZONE,
        },
        signal,
      ),

    createZone: (zone: string, signal: AbortSignal): Promise<void> => {
      const request = armRequest('PUT', zoneUrl(zone), VERSION, { location: 'global' }, condition(null));
      return changed('Zones_CreateOrUpdate', zone, request, signal);
    },

    /** Takes the zone away with everything in it. Azure does it in its own time. */
    deleteZone: (zone: string, signal: AbortSignal): Promise<void> =>
      changed('Zones_Delete', zone, armRequest('DELETE', zoneUrl(zone), VERSION), signal),

    /** Throws `not-found` for an unknown zone. */
    recordSets: (zone: string, signal: AbortSignal): Promise<readonly AzureRecordSet[]> => {
      const request = armRequest('GET', `${zoneUrl(zone)}/recordsets`, VERSION);
      const action = 'RecordSets_ListByDnsZone';
      return everyPage(account, { action, zone, request, item: AZURE_RECORD_SET, endpoint }, signal);
    },

    /** Null when there is no such set, and when there is no such zone. */
    recordSet: (place: SetPlace, signal: AbortSignal): Promise<AzureRecordSet | null> => {
      const request = armRequest('GET', setUrl(place), VERSION);
      const action = 'RecordSets_Get';
      const call = { action, zone: place.zone, request, changes: false, schema: AZURE_RECORD_SET };
      return orNull(account.call(call, signal));
    },

    /** Throws `conflict` when the set is not the one with this ETag any more. */
    putRecordSet: (place: SetPlace, properties: unknown, etag: string | null, signal: AbortSignal): Promise<void> => {
      const request = armRequest('PUT', setUrl(place), VERSION, { properties }, condition(etag));
      return changed('RecordSets_CreateOrUpdate', place.zone, request, signal);
    },

    /** As `putRecordSet`. */
    deleteRecordSet: (place: SetPlace, etag: string, signal: AbortSignal): Promise<void> => {
      const request = armRequest('DELETE', setUrl(place), VERSION, null, condition(etag));
      return changed('RecordSets_Delete', place.zone, request, signal);
    },
  };
};

export type DnsApi = ReturnType<typeof createDnsApi>;
