import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import type { HttpAccount, HttpCall } from '../http-account.ts';
import { bareName } from './names.ts';
import { type Ns1Record, RECORD } from './record.ts';

export interface RecordPlace {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

const ANYTHING = z.unknown();

export const orNull = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ProviderError && failure.kind === 'not-found') return null;
    throw failure;
  }
};

/** One request to NS1 under `endpoint`, e.g. `https://api.nsone.net/v1`. */
export const ns1Request = (
  endpoint: string,
  method: HttpRequest['method'],
  path: readonly string[],
  body: unknown = null,
): HttpRequest => ({
  method,
  url: [endpoint.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/'),
  headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }) },
  body: body === null ? null : JSON.stringify(body),
});

/** Typed calls about records. `PUT` makes one, `POST` changes one: the other way round than elsewhere. */
export const createRecordsApi = (account: HttpAccount, endpoint: string) => {
  const pathOf = ({ zone, name, type }: RecordPlace): readonly string[] => [
    'zones',
    bareName(zone),
    bareName(name),
    type.toUpperCase(),
  ];
  const made = (place: RecordPlace, action: string, method: HttpRequest['method'], body: unknown = null) => ({
    action,
    zone: place.zone,
    request: ns1Request(endpoint, method, pathOf(place), body),
  });
  const sent = async (call: Omit<HttpCall<unknown>, 'schema' | 'changes'>, signal: AbortSignal): Promise<void> =>
    void (await account.call({ ...call, changes: true, schema: RECORD }, signal));

  return {
    /** Null when the zone has no such record, and when there is no such zone. */
    get: (place: RecordPlace, signal: AbortSignal): Promise<Ns1Record | null> =>
      orNull(account.call({ ...made(place, 'GetRecord', 'GET'), changes: false, schema: RECORD }, signal)),

    create: (place: RecordPlace, record: Ns1Record, signal: AbortSignal): Promise<void> =>
      sent(made(place, 'CreateRecord', 'PUT', record), signal),

    /** Every field sent is replaced as a whole; `record` is therefore complete. */
    update: (place: RecordPlace, record: Ns1Record, signal: AbortSignal): Promise<void> =>
      sent(made(place, 'UpdateRecord', 'POST', record), signal),

    async remove(place: RecordPlace, signal: AbortSignal): Promise<void> {
      await account.call({ ...made(place, 'DeleteRecord', 'DELETE'), changes: true, schema: ANYTHING }, signal);
    },
  };
};

export type RecordsApi = ReturnType<typeof createRecordsApi>;
