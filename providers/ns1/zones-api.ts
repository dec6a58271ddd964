import { z } from 'zod';
import type { HttpRequest } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';
import { ns1Request } from './api.ts';
import { bareName } from './names.ts';

const ZONE = z.looseObject({
  zone: z.string(),
  ttl: z.number().nullish(),
  hostmaster: z.string().nullish(),
  link: z.string().nullish(),
  /** The records in short; only in the answer about one zone. */
  records: z.array(z.looseObject({ domain: z.string(), type: z.string() })).nullish(),
});

const ZONES = z.array(ZONE);
const ANYTHING = z.unknown();

export type Ns1Zone = z.infer<typeof ZONE>;

export interface ZoneFields {
  readonly ttl?: number;
  readonly hostmaster?: string;
}

export const createZonesApi = (account: HttpAccount, endpoint: string) => {
  const one = (action: string, zone: string, method: HttpRequest['method'], body: unknown = null) => ({
    action,
    zone,
    request: ns1Request(endpoint, method, ['zones', bareName(zone)], body),
  });

  return {
    list(signal: AbortSignal): Promise<readonly Ns1Zone[]> {
      const request = ns1Request(endpoint, 'GET', ['zones']);
      return account.call({ action: 'ListZones', zone: null, request, changes: false, schema: ZONES }, signal);
    },

    /** Throws `not-found` for an unknown zone. */
    get: (zone: string, signal: AbortSignal): Promise<Ns1Zone> =>
      account.call({ ...one('GetZone', zone, 'GET'), changes: false, schema: ZONE }, signal),

    create: (zone: string, fields: ZoneFields, signal: AbortSignal): Promise<Ns1Zone> => {
      const body = { zone: bareName(zone), ...fields };
      return account.call({ ...one('CreateZone', zone, 'PUT', body), changes: true, schema: ZONE }, signal);
    },

    update: (zone: string, fields: ZoneFields, signal: AbortSignal): Promise<Ns1Zone> =>
      account.call({ ...one('UpdateZone', zone, 'POST', fields), changes: true, schema: ZONE }, signal),

    async remove(zone: string, signal: AbortSignal): Promise<void> {
      await account.call({ ...one('DeleteZone', zone, 'DELETE'), changes: true, schema: ANYTHING }, signal);
    },
  };
};

export type ZonesApi = ReturnType<typeof createZonesApi>;
