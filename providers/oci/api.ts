import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';
import { ATTACHMENT, type Attachment, type OciZone, POLICY, type Policy, ZONE } from './shapes.ts';

const PAGE = 100;

/** A list that never ends is a broken one. */
const MOST_PAGES = 10_000;

/** What was read, and what says later whether it is still so. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

/** What of a policy is given back by an update: everything that one may set. */
export type PolicyDetails = Pick<Policy, 'displayName' | 'ttl' | 'template' | 'answers' | 'rules'> & {
  readonly [key: string]: unknown;
};

/** OCI DNS 20180115, as far as steering needs it. */
export interface OciApi extends Pick<OciClient, 'parallel'> {
  zone(zone: string, signal: AbortSignal): Promise<OciZone>;
  /** Attachments of the compartment in one zone, or of one policy in all zones. */
  attachments(
    of: { readonly zoneId: string } | { readonly steeringPolicyId: string },
    signal: AbortSignal,
  ): Promise<readonly Attachment[]>;
  policy(id: string, signal: AbortSignal): Promise<Versioned<Policy>>;
  /** Throws `conflict` when the policy is no longer the one of this ETag. */
  putPolicy(id: string, details: PolicyDetails, etag: string, signal: AbortSignal): Promise<Policy>;
}

export interface OciClient {
  readonly account: HttpAccount;
  /** With the version of the API, without a slash at its end. */
  readonly base: string;
  readonly compartmentId: string;
  /** How many may ask at the same time without the last one waiting longer than a wait may be hidden. */
  readonly parallel: () => number;
}

const withQuery = (url: string, query: Readonly<Record<string, string>>): string =>
  `${url}?${new URLSearchParams(query).toString()}`;

export const etagOf = ({ headers }: HttpResponse): string => {
  const etag = headers['etag'];
  if (etag !== undefined && etag !== '') return etag;
  throw new ProviderError('unreadable', 'oci: the answer has no ETag, without which nothing can be changed safely');
};

/** Every page of a list; `items` takes them out of one page's body. */
export const everyPage = async <T>(
  { account, base }: OciClient,
  { action, path, query }: { action: string; path: string; query: Readonly<Record<string, string>> },
  items: z.ZodType<readonly T[]>,
  signal: AbortSignal,
): Promise<readonly T[]> => {
  const all: T[] = [];
  let page: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const url = withQuery(`${base}${path}`, { limit: `${PAGE}`, ...query, ...(page === undefined ? {} : { page }) });
    const request: HttpRequest = { method: 'GET', url, headers: { accept: 'application/json' }, body: null };
    const { body, response } = await account.exchange(
      { action, zone: query['zoneId'] ?? null, request, changes: false, schema: items },
      signal,
    );
    all.push(...body);
    const next = response.headers['opc-next-page'];
    if (next === undefined || next === '') return all;
    if (next === page) break;
    page = next;
  }
  throw new ProviderError('unreadable', `oci ${action}: a list began again where it had begun`);
};

export const createApi = (client: OciClient): OciApi => {
  const { account, base, compartmentId } = client;
  const policyAt = (id: string): string => `${base}/steeringPolicies/${encodeURIComponent(id)}`;

  return {
    parallel: client.parallel,

    zone(zone, signal) {
      const url = withQuery(`${base}/zones/${encodeURIComponent(zone)}`, { compartmentId });
      const request: HttpRequest = { method: 'GET', url, headers: { accept: 'application/json' }, body: null };
      return account.call({ action: 'GetZone', zone, request, changes: false, schema: ZONE }, signal);
    },

    attachments(of, signal) {
      const list = { action: 'ListSteeringPolicyAttachments', path: '/steeringPolicyAttachments' };
      return everyPage(client, { ...list, query: { compartmentId, ...of } }, z.array(ATTACHMENT), signal);
    },

    async policy(id, signal) {
      const request: HttpRequest = {
        method: 'GET',
        url: policyAt(id),
        headers: { accept: 'application/json' },
        body: null,
      };
      const call = { action: 'GetSteeringPolicy', zone: null, request, changes: false, schema: POLICY };
      const { body, response } = await account.exchange(call, signal);
      return { value: body, etag: etagOf(response) };
    },

    putPolicy(id, details, etag, signal) {
      const request: HttpRequest = {
        method: 'PUT',
        url: policyAt(id),
        headers: { accept: 'application/json', 'if-match': etag },
        body: JSON.stringify(details),
      };
      return account.call(
        { action: 'UpdateSteeringPolicy', zone: null, request, changes: true, schema: POLICY },
        signal,
      );
    },
  };
};
