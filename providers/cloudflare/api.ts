import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import type { HttpAccount, HttpCall, ReadFailure } from '../http-account.ts';
import { BALANCER, type Balancer, type BalancerPatch, POOL, type Pool } from './balancer.ts';

const RESULT_INFO = z.looseObject({ count: z.number().nullish(), total_count: z.number().nullish() }).nullish();

const one = <T>(result: z.ZodType<T>) => z.looseObject({ success: z.literal(true), result });
const many = <T>(result: z.ZodType<T>) =>
  z.looseObject({ success: z.literal(true), result: z.array(result).nullable(), result_info: RESULT_INFO });

const FAILURE = z.looseObject({ errors: z.array(z.looseObject({ code: z.number(), message: z.string() })) });

/** Codes for credentials that are no good, whatever status they come with: bad header, unknown token, not permitted. */
const NOT_AUTHORISED: ReadonlySet<number> = new Set([6003, 6111, 9103, 9106, 9109, 10000]);
/** "No route for the URI" and "could not route": an id in the path that does not exist. */
const NOT_FOUND: ReadonlySet<number> = new Set([7000, 7003, 81044]);
/** A record that exists already, in one way or another. */
const EXISTS: ReadonlySet<number> = new Set([81053, 81057, 81058]);

const kindOf = (codes: readonly number[]) => {
  if (codes.some((code) => NOT_AUTHORISED.has(code))) return { kind: 'unauthorised' } as const;
  if (codes.some((code) => EXISTS.has(code))) return { kind: 'conflict' } as const;
  if (codes.some((code) => NOT_FOUND.has(code))) return { kind: 'not-found' } as const;
  return {};
};

/** The vendor's own words, `code message`, of its envelope. By the status alone where there is none, or the vendor is ill. */
export const failureOf: ReadFailure = ({ status, body }: HttpResponse) => {
  if (status >= 500 || status === 429) return null;
  try {
    const { errors } = FAILURE.parse(JSON.parse(body));
    const message = errors.map(({ code, message: words }) => `${code} ${words}`).join('; ');
    return { ...kindOf(errors.map(({ code }) => code)), message: message === '' ? `status ${status}` : message };
  } catch {
    return null;
  }
};

/** What every call says of itself. `path` begins after the endpoint. */
export interface Ask {
  readonly action: string;
  readonly zone: string | null;
  readonly path: string;
}

export interface CloudflareCalls {
  get<T>(ask: Ask, result: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** Every page. Where the vendor says how many there are, fewer than that is `unreadable`: a missing one looks deleted. */
  list<T>(ask: Ask & { readonly perPage: number | null }, result: z.ZodType<T>, signal: AbortSignal): Promise<T[]>;
  send<T>(
    ask: Ask & { readonly method: HttpCall<unknown>['request']['method']; readonly body: unknown },
    result: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T>;
}

const MOST_PAGES = 1000;

/** Lists of load balancers and pools know no pages by their description, so that their first one is asked for without. */
const pageQuery = ({ path, perPage }: Ask & { readonly perPage: number | null }, page: number): string => {
  if (page === 1 && perPage === null) return '';
  const size = perPage === null ? '' : `&per_page=${perPage}`;
  return `${path.includes('?') ? '&' : '?'}page=${page}${size}`;
};

/** The envelope and the pages that all of the vendor's calls have in common. */
export const cloudflareCalls = (account: HttpAccount, endpoint: string): CloudflareCalls => {
  const base = endpoint.replace(/\/+$/, '');
  const call = <T>(
    { action, zone, path }: Ask,
    method: HttpCall<T>['request']['method'],
    body: unknown,
    schema: z.ZodType<T>,
  ): HttpCall<T> => ({
    action,
    zone,
    request: {
      method,
      url: `${base}${path}`,
      headers: body === null ? {} : { 'content-type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
    },
    changes: method !== 'GET',
    schema,
  });
  return {
    async get(ask, result, signal) {
      return (await account.call(call(ask, 'GET', null, one(result)), signal)).result;
    },
    async list(ask, result, signal) {
      const found = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const path = `${ask.path}${pageQuery(ask, page)}`;
        const told = await account.call(call({ ...ask, path }, 'GET', null, many(result)), signal);
        const rows = told.result ?? [];
        found.push(...rows);
        if (found.length >= (told.result_info?.total_count ?? found.length)) return found;
        if (rows.length === 0) break;
      }
      throw new ProviderError('unreadable', `cloudflare ${ask.action}: the pages hold fewer than they say there are`);
    },
    async send(ask, result, signal) {
      return (await account.call(call(ask, ask.method, ask.body, one(result)), signal)).result;
    },
  };
};

export interface BalancerApi {
  balancers(zone: string, signal: AbortSignal): Promise<readonly Balancer[]>;
  balancer(zone: string, id: string, signal: AbortSignal): Promise<Balancer>;
  pools(signal: AbortSignal): Promise<readonly Pool[]>;
  patch(zone: string, id: string, patch: BalancerPatch, signal: AbortSignal): Promise<Balancer>;
}

export const balancerApi = (calls: CloudflareCalls, accountId: string): BalancerApi => {
  const path = (zone: string): string => `/zones/${encodeURIComponent(zone)}/load_balancers`;
  const one = (zone: string, id: string): string => `${path(zone)}/${encodeURIComponent(id)}`;
  return {
    balancers: (zone, signal) =>
      calls.list({ action: 'ListLoadBalancers', zone, path: path(zone), perPage: null }, BALANCER, signal),
    balancer: (zone, id, signal) =>
      calls.get({ action: 'LoadBalancerDetails', zone, path: one(zone, id) }, BALANCER, signal),
    pools: (signal) =>
      calls.list(
        {
          action: 'ListPools',
          zone: null,
          path: `/accounts/${encodeURIComponent(accountId)}/load_balancers/pools`,
          perPage: null,
        },
        POOL,
        signal,
      ),
    patch: (zone, id, body, signal) =>
      calls.send({ action: 'PatchLoadBalancer', zone, path: one(zone, id), method: 'PATCH', body }, BALANCER, signal),
  };
};
