import { z } from 'zod';
import type { Clock } from '../../src/ports/clock.ts';
import { ProviderError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';
import { isAboutZone } from './failures.ts';
import { LARGEST_PAGE } from './limits.ts';
import { fullName, type JsonObject, RRSET, type Rrset, typeOf } from './rrset.ts';

export interface ApiOptions {
  readonly account: HttpAccount;
  readonly clock: Clock;
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** In front of `/zones/…/rrsets`, `/tasks` and the rest; empty where the API has no version there. */
  readonly prefix: string;
  /** In front of `/zones` alone. */
  readonly zonesPrefix: string;
}

export interface RrsetPage {
  readonly rrsets: readonly Rrset[];
  readonly total: number;
}

export interface ListedZone {
  readonly name: string;
  readonly type: string;
}

/** The vendor's calls, typed. Zones are named with or without their trailing dot; owners are given in full. */
export interface UltraApi {
  /** Null when there is none. Throws `not-found` for an unknown zone, where the vendor tells the two apart. */
  rrset(zone: string, type: string, owner: string, signal: AbortSignal): Promise<Rrset | null>;
  /** All types of one name. The word for "all" is that of the vendor's Go SDK (`RRSetKey.URI`, 2025). */
  owner(zone: string, owner: string, signal: AbortSignal): Promise<readonly Rrset[]>;
  /** One page of the largest size, from `offset`; all types where `type` is null. */
  rrsets(zone: string, type: string | null, offset: number, signal: AbortSignal): Promise<RrsetPage>;
  /** Resolves once the vendor has done it, tasks in the background included. */
  write(
    method: 'POST' | 'PUT' | 'DELETE',
    at: { readonly zone: string; readonly type: string; readonly owner: string },
    body: JsonObject | null,
    signal: AbortSignal,
  ): Promise<void>;
  zone(zone: string, signal: AbortSignal): Promise<ListedZone>;
  /** One page of zones; `cursor` null for the first, `next` null after the last. */
  zones(
    query: string | null,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<{ readonly zones: readonly ListedZone[]; readonly next: string | null }>;
  createZone(name: string, account: string, signal: AbortSignal): Promise<void>;
  deleteZone(name: string, signal: AbortSignal): Promise<void>;
  status(signal: AbortSignal): Promise<void>;
  /** Territories inside each of these, in their order; the continents where none is given. */
  territories(code: string | null, signal: AbortSignal): Promise<readonly { code: string; type: string }[]>;
}

const RRSETS = z.looseObject({
  rrSets: z.array(RRSET),
  resultInfo: z.looseObject({ totalCount: z.int().min(0) }).optional(),
});

const ZONE = z.looseObject({ properties: z.looseObject({ name: z.string().min(1), type: z.string() }) });

const ZONES = z.looseObject({
  zones: z.array(ZONE),
  cursorInfo: z.looseObject({ next: z.string().optional() }).optional(),
});

const TASK = z.looseObject({ code: z.string(), message: z.string().optional() });
const TERRITORIES = z.array(z.array(z.looseObject({ code: z.string(), type: z.string() })));

const isFoundOrNot = (status: number): boolean => status === 404 || (status >= 200 && status < 300);

/** A task that is not done after these waits is left to the caller: longer ones belong into the journal. */
const TASK_WAITS_MS = [100, 200, 400, 800, 800, 800];

const listedZone = ({ properties }: z.infer<typeof ZONE>): ListedZone => ({
  name: fullName(properties.name),
  type: properties.type,
});

const unfollowed = (task: string, cause: unknown): ProviderError =>
  new ProviderError('unknown-outcome', `ultradns task ${task} could not be followed; read it again`, { cause });

const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

export const createUltraApi = ({ account, clock, endpoint, prefix, zonesPrefix }: ApiOptions): UltraApi => {
  const requestOf = (method: HttpRequest['method'], path: string, body: JsonObject | null = null): HttpRequest => ({
    method,
    url: `${endpoint}${path}`,
    headers: body === null ? { accept: 'application/json' } : JSON_HEADERS,
    body: body === null ? null : JSON.stringify(body),
  });

  const inZone = (zone: string, rest: string): string => `${prefix}/zones/${encodeURIComponent(zone)}${rest}`;

  /** Null where the vendor found nothing. */
  const found = async <T>(
    action: string,
    zone: string,
    path: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T | null> => {
    const { body, response } = await account.exchange<T | unknown>(
      { action, zone, request: requestOf('GET', path), changes: false, accepts: isFoundOrNot, schema: z.unknown() },
      signal,
    );
    if (response.status === 404) {
      if (isAboutZone(response)) throw new ProviderError('not-found', `this account has no zone ${zone}`);
      return null;
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map(({ path: at }) => at.join('.') || 'the whole').slice(0, 5);
    throw new ProviderError(
      'unreadable',
      `ultradns ${action}: the answer has another shape than its description at ${places.join(', ')}`,
    );
  };

  const taskDone = async (task: string, zone: string, signal: AbortSignal): Promise<void> => {
    for (const waitMs of TASK_WAITS_MS) {
      await clock.sleep(waitMs, signal);
      const { code, message } = await account.call(
        {
          action: 'GET task',
          zone,
          request: requestOf('GET', `${prefix}/tasks/${encodeURIComponent(task)}`),
          changes: false,
          schema: TASK,
        },
        signal,
      );
      if (code === 'COMPLETE') return;
      if (code === 'ERROR')
        throw new ProviderError('rejected', `ultradns task ${task} failed: ${message ?? 'no reason'}`);
    }
    throw new ProviderError('unknown-outcome', `ultradns task ${task} is still at work; read the zone again`);
  };

  /** A task whose end cannot be learned has happened or not. */
  const settled = async (response: HttpResponse, zone: string, signal: AbortSignal): Promise<void> => {
    if (response.status !== 202) return;
    const task = response.headers['x-task-id'];
    if (task === undefined) {
      throw new ProviderError('unknown-outcome', 'ultradns does it in the background and names no task; read it again');
    }
    try {
      await taskDone(task, zone, signal);
    } catch (cause) {
      if (cause instanceof ProviderError && ['rejected', 'unknown-outcome'].includes(cause.kind)) throw cause;
      throw unfollowed(task, cause);
    }
  };

  const changed = async (action: string, zone: string, request: HttpRequest, signal: AbortSignal): Promise<void> => {
    // A deletion answers with nothing, everything else with a message that says nothing more than the status.
    const call = { action, zone, request, changes: true, schema: z.unknown() };
    const { response } = await account.exchange(call, signal);
    await settled(response, zone, signal);
  };

  return {
    async rrset(zone, type, owner, signal) {
      const path = inZone(zone, `/rrsets/${encodeURIComponent(type)}/${encodeURIComponent(owner)}`);
      const list = await found('GET rrset', zone, path, RRSETS, signal);
      const same = (list?.rrSets ?? []).filter(
        ({ ownerName, rrtype }) => fullName(ownerName) === fullName(owner) && typeOf(rrtype) === type,
      );
      if (same.length < 2) return same[0] ?? null;
      throw new ProviderError('unreadable', `ultradns GET rrset: ${owner} ${type} in ${zone} was listed twice`);
    },

    async owner(zone, owner, signal) {
      const list = await found(
        'GET rrset',
        zone,
        inZone(zone, `/rrsets/ANY/${encodeURIComponent(owner)}`),
        RRSETS,
        signal,
      );
      return (list?.rrSets ?? []).filter(({ ownerName }) => fullName(ownerName) === fullName(owner));
    },

    async rrsets(zone, type, offset, signal) {
      const path = inZone(zone, `/rrsets${type === null ? '' : `/${encodeURIComponent(type)}`}`);
      const query = `?limit=${LARGEST_PAGE}&offset=${offset}`;
      const list = await found('GET rrsets', zone, `${path}${query}`, RRSETS, signal);
      if (list === null) return { rrsets: [], total: 0 };
      return { rrsets: list.rrSets, total: list.resultInfo?.totalCount ?? offset + list.rrSets.length };
    },

    write(method, { zone, type, owner }, body, signal) {
      const path = inZone(zone, `/rrsets/${encodeURIComponent(type)}/${encodeURIComponent(owner)}`);
      return changed(`${method} rrset`, zone, requestOf(method, path, body), signal);
    },

    async zone(zone, signal) {
      const path = `${zonesPrefix}/zones/${encodeURIComponent(zone)}`;
      const one = await found('GET zone', zone, path, ZONE, signal);
      if (one === null) throw new ProviderError('not-found', `this account has no zone ${zone}`);
      return listedZone(one);
    },

    async zones(query, cursor, signal) {
      const parameters = new URLSearchParams({
        limit: String(LARGEST_PAGE),
        ...(query === null ? {} : { q: query }),
        ...(cursor === null ? {} : { cursor }),
      });
      const list = await found('GET zones', '*', `${zonesPrefix}/zones?${parameters}`, ZONES, signal);
      const next = list?.cursorInfo?.next;
      // An account without zones is answered with 404.
      return { zones: (list?.zones ?? []).map(listedZone), next: next === undefined || next === '' ? null : next };
    },

    createZone(name, accountName, signal) {
      const body = {
        properties: { name, accountName, type: 'PRIMARY' },
        primaryCreateInfo: { createType: 'NEW', forceImport: false },
      };
      return changed('POST zone', name, requestOf('POST', `${zonesPrefix}/zones`, body), signal);
    },

    deleteZone(name, signal) {
      const path = `${zonesPrefix}/zones/${encodeURIComponent(name)}`;
      return changed('DELETE zone', name, requestOf('DELETE', path), signal);
    },

    async status(signal) {
      const request = requestOf('GET', `${prefix}/status`);
      await account.call({ action: 'GET status', zone: null, request, changes: false, schema: z.unknown() }, signal);
    },

    async territories(code, signal) {
      const request = requestOf('GET', `${prefix}/geoip/territories?codes=${encodeURIComponent(code ?? '')}`);
      const call = { action: 'GET territories', zone: null, request, changes: false, schema: TERRITORIES };
      const [inside = []] = await account.call(call, signal);
      return inside;
    },
  };
};
