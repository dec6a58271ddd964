import type { z } from 'zod';
import type { Clock } from '../src/ports/clock.ts';
import type { CallObserver } from './calls.ts';
import { ProviderError, type ProviderFailure } from './errors.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from './http.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { CallPolicy } from './resilience.ts';

/** How a vendor says no. Null: by the status alone. */
export type ReadFailure = (
  response: HttpResponse,
) => { readonly kind?: ProviderFailure; readonly message: string } | null;

export interface HttpAccountOptions {
  readonly vendor: string;
  readonly transport: HttpTransport;
  readonly limiter: RateLimiter;
  readonly policy: CallPolicy;
  readonly clock: Clock;
  readonly observe: CallObserver;
  /**
   * The request with its credentials. `again` is true after the vendor has refused them once (401): a token is fetched anew
   * then. Never called in a loop, because failed logins lock accounts.
   */
  readonly authorised: (request: HttpRequest, again: boolean, signal: AbortSignal) => Promise<HttpRequest>;
  readonly failureOf: ReadFailure;
  /** Whether a 401 is worth one more try with fresh credentials: true for tokens, false for keys. */
  readonly renews: boolean;
}

export interface HttpCall<T> {
  /** The vendor's own name of the operation, for counts and the limiter. */
  readonly action: string;
  readonly zone: string | null;
  readonly request: HttpRequest;
  /** Whether the request changes something: a lost answer is `unknown-outcome` then, and it is not sent again. */
  readonly changes: boolean;
  /** Statuses that mean success; 200 to 299 where left out. */
  readonly accepts?: (status: number) => boolean;
  /** Of the parsed body; an empty body is null. Unknown keys must be kept by the schema where they are to be given back. */
  readonly schema: z.ZodType<T>;
}

export interface HttpAccount {
  call<T>(call: HttpCall<T>, signal: AbortSignal): Promise<T>;
  /** As `call`, with the headers: for ETags, task ids and pages. */
  exchange<T>(call: HttpCall<T>, signal: AbortSignal): Promise<{ readonly body: T; readonly response: HttpResponse }>;
}

const KIND_OF_STATUS: Readonly<Record<number, ProviderFailure>> = {
  400: 'rejected',
  401: 'unauthorised',
  403: 'unauthorised',
  404: 'not-found',
  405: 'rejected',
  408: 'unavailable',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  413: 'too-large',
  415: 'rejected',
  422: 'rejected',
  423: 'busy',
  429: 'throttled',
};

const ok = (status: number): boolean => status >= 200 && status < 300;

/** A vendor that fails itself, or is not there, has told nothing about a change. */
const whenUnsure = (changes: boolean): ProviderFailure => (changes ? 'unknown-outcome' : 'unavailable');

const kindOf = (status: number, changes: boolean): ProviderFailure =>
  status >= 500 || status === 408 ? whenUnsure(changes) : (KIND_OF_STATUS[status] ?? 'rejected');

/** An empty body is null. The parser's own error quotes the text, which may hold a token: it goes no further. */
const parsed = (body: string): { readonly json: unknown } | 'no JSON' => {
  try {
    return { json: body.trim() === '' ? null : JSON.parse(body) };
  } catch {
    return 'no JSON';
  }
};

const LONGEST_MESSAGE = 300;

/** One account of a vendor with a JSON API: credentials, pace, repeats, counting and the closed set of failures, once for all. */
export const createHttpAccount = (options: HttpAccountOptions): HttpAccount => {
  const { vendor, transport, limiter, policy, clock, observe, failureOf } = options;

  const failed = (action: string, kind: ProviderFailure, why: string): ProviderError =>
    new ProviderError(kind, `${vendor} ${action}: ${why.slice(0, LONGEST_MESSAGE)}`);

  const sent = async <T>(call: HttpCall<T>, again: boolean, signal: AbortSignal): Promise<HttpResponse> => {
    const request = await options.authorised(call.request, again, signal);
    try {
      return await transport(request, signal);
    } catch (cause) {
      // The cause may carry the request, and with it the credentials: only its sentence is kept.
      const why = cause instanceof Error ? cause.message : String(cause);
      throw failed(call.action, whenUnsure(call.changes), `no answer (${why})`);
    }
  };

  const judged = <T>(call: HttpCall<T>, response: HttpResponse): { body: T; response: HttpResponse } => {
    const { action, changes } = call;
    if (!(call.accepts ?? ok)(response.status)) {
      const said = failureOf(response);
      const kind = said?.kind ?? kindOf(response.status, changes);
      if (kind === 'throttled') limiter.throttled(action);
      throw failed(action, kind, said?.message ?? `status ${response.status}`);
    }
    const unreadable = changes ? 'unknown-outcome' : 'unreadable';
    const told = parsed(response.body);
    if (told === 'no JSON') throw failed(action, unreadable, 'the answer is no JSON');
    const body = call.schema.safeParse(told.json);
    if (body.success) return { body: body.data, response };
    const places = body.error.issues.map(({ path }) => path.join('.') || 'the whole').slice(0, 5);
    throw failed(action, unreadable, `the answer has another shape than its description at ${places.join(', ')}`);
  };

  const attempt = async <T>(call: HttpCall<T>, signal: AbortSignal) => {
    await limiter.take(call.action, signal);
    const startedAt = clock.now();
    const tell = (outcome: 'ok' | ProviderFailure): void =>
      observe({ vendor, action: call.action, zone: call.zone, outcome, tookMs: clock.now() - startedAt });
    try {
      const first = await sent(call, false, signal);
      const response = first.status === 401 && options.renews ? await sent(call, true, signal) : first;
      const result = judged(call, response);
      tell('ok');
      return result;
    } catch (failure) {
      tell(failure instanceof ProviderError ? failure.kind : 'unreadable');
      throw failure;
    }
  };

  const exchange = <T>(call: HttpCall<T>, signal: AbortSignal) => {
    const run = (inner: AbortSignal) => attempt(call, inner);
    return call.changes ? policy.write(run, signal) : policy.read(run, signal);
  };

  return { exchange, call: async (call, signal) => (await exchange(call, signal)).body };
};
