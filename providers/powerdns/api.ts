import { z } from 'zod';
import { comparable } from '../dns-wire/names.ts';
import { ProviderError } from '../errors.ts';
import { createHttpAccount, type HttpAccountOptions, type HttpCall, type ReadFailure } from '../http-account.ts';
import { sideBySide } from '../side-by-side.ts';

const RECORD = z.looseObject({ content: z.string(), disabled: z.boolean().optional() });
const COMMENT = z.looseObject({ content: z.string(), account: z.string() });
const RRSET = z.looseObject({
  name: z.string(),
  type: z.string(),
  ttl: z.int(),
  records: z.array(RECORD),
  comments: z.array(COMMENT).optional(),
});
const ZONE = z.looseObject({ id: z.string(), name: z.string(), serial: z.int(), edited_serial: z.int().optional() });
const ZONE_WITH_SETS = ZONE.extend({ rrsets: z.array(RRSET) });
const ERROR = z.looseObject({ error: z.string() });

export type ApiRrset = z.infer<typeof RRSET>;
export type ApiZone = z.infer<typeof ZONE>;

/** What one PATCH does to one record set. Comments are left out: the server keeps what it is not told about. */
export type RrsetPatch =
  | { readonly changetype: 'DELETE'; readonly name: string; readonly type: string; readonly records: readonly [] }
  | {
      readonly changetype: 'REPLACE';
      readonly name: string;
      readonly type: string;
      readonly ttl: number;
      readonly records: readonly { readonly content: string; readonly disabled: boolean }[];
    };

/** Some record sets of a zone, and the serial that its servers show. */
export interface ZoneSets {
  readonly name: string;
  readonly editedSerial: number;
  readonly rrsets: readonly ApiRrset[];
}

/** The calls of the HTTP API that steer makes (PowerDNS Authoritative 4.7, docs/http-api, 2026-11). */
export interface PowerDnsApi {
  server(signal: AbortSignal): Promise<void>;
  zones(name: string | null, signal: AbortSignal): Promise<readonly ApiZone[]>;
  /** The sets of these names, or all of them; those of the first name are read before the others. */
  sets(zone: string, names: readonly string[] | null, signal: AbortSignal): Promise<ZoneSets>;
  /** All of it or nothing (seen with 4.7.3). */
  patch(zone: string, rrsets: readonly RrsetPatch[], signal: AbortSignal): Promise<void>;
  createZone(name: string, signal: AbortSignal): Promise<ApiZone>;
  deleteZone(zone: string, signal: AbortSignal): Promise<void>;
}

/** From here on the whole zone is one call and less work. */
const MOST_NAMES = 4;

const LIMITS_AT_ONCE = 4;

/** `{"error": "…"}` for data that it does not take; plain words for the rest. */
const failureOf: ReadFailure = ({ status, body }) => {
  if (status !== 422 && status !== 400) return null;
  try {
    const told = ERROR.safeParse(JSON.parse(body));
    return told.success ? { message: told.data.error } : null;
  } catch {
    return null;
  }
};

export interface PowerDnsApiOptions extends Omit<HttpAccountOptions, 'vendor' | 'authorised' | 'failureOf' | 'renews'> {
  readonly endpoint: string;
  readonly serverId: string;
  readonly apiKey: () => Promise<string>;
}

type Wanted<T> = Pick<HttpCall<T>, 'action' | 'zone' | 'schema'> & {
  readonly method: HttpCall<T>['request']['method'];
  readonly path: string;
  readonly body?: unknown;
};

export const createPowerDnsApi = (options: PowerDnsApiOptions): PowerDnsApi => {
  const { endpoint, serverId, apiKey } = options;
  const base = `${endpoint.replace(/\/+$/, '')}/api/v1/servers/${encodeURIComponent(serverId)}`;
  const account = createHttpAccount({
    ...options,
    vendor: 'powerdns',
    failureOf,
    renews: false,
    authorised: async (request) => ({ ...request, headers: { ...request.headers, 'x-api-key': await apiKey() } }),
  });

  const call = <T>({ method, path, body, ...rest }: Wanted<T>, signal: AbortSignal): Promise<T> => {
    const sent = body === undefined ? null : JSON.stringify(body);
    const headers = { accept: 'application/json', ...(sent === null ? {} : { 'content-type': 'application/json' }) };
    const request = { method, url: `${base}${path}`, headers, body: sent };
    return account.call({ ...rest, changes: method !== 'GET', request }, signal);
  };

  const at = (zone: string): string => `/zones/${encodeURIComponent(zone)}`;

  const setsAt = (zone: string, query: string, signal: AbortSignal) =>
    call({ action: 'listZone', zone, method: 'GET', path: `${at(zone)}${query}`, schema: ZONE_WITH_SETS }, signal);

  const nothing = z.unknown().transform(() => undefined);

  return {
    server: (signal) => call({ action: 'listServer', zone: null, method: 'GET', path: '', schema: nothing }, signal),

    zones: (name, signal) => {
      const query = name === null ? '' : `?zone=${encodeURIComponent(name)}`;
      return call(
        { action: 'listZones', zone: name, method: 'GET', path: `/zones${query}`, schema: z.array(ZONE) },
        signal,
      );
    },

    async sets(zone, names, signal) {
      const [first, ...more] = names === null || names.length > MOST_NAMES ? [] : [...new Set(names)];
      const of = (name: string) => setsAt(zone, `?rrset_name=${encodeURIComponent(name)}`, signal);
      const head = await (first === undefined ? setsAt(zone, '', signal) : of(first));
      const rest = await sideBySide(more, LIMITS_AT_ONCE, of);
      return {
        name: comparable(head.name),
        editedSerial: head.edited_serial ?? head.serial,
        rrsets: [head, ...rest].flatMap(({ rrsets }) => rrsets).map((set) => ({ ...set, name: comparable(set.name) })),
      };
    },

    patch: (zone, rrsets, signal) =>
      call({ action: 'patchZone', zone, method: 'PATCH', path: at(zone), body: { rrsets }, schema: nothing }, signal),

    createZone: (name, signal) => {
      // Without a serial of its own kind the server makes one from the date; the plain next one is easier to follow.
      const body = { name, kind: 'Native', nameservers: [], soa_edit_api: 'INCREASE' };
      return call({ action: 'createZone', zone: name, method: 'POST', path: '/zones', body, schema: ZONE }, signal);
    },

    deleteZone: (zone, signal) =>
      call({ action: 'deleteZone', zone, method: 'DELETE', path: at(zone), schema: nothing }, signal),
  };
};

/** The address of the API. Throws `rejected` for one that is no web address. */
export const apiAddress = (provider: string, endpoint: string | null): string => {
  if (endpoint !== null && /^https?:\/\//.test(endpoint)) return endpoint;
  throw new ProviderError('rejected', `provider ${provider}: endpoint is the address of its API, as https://host:port`);
};
