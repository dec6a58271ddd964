import type { WireAnswer, WireRequest, WireResponse } from '../wire.ts';
import { requireScope } from './access.ts';
import { ApiError } from './api-error.ts';
import { createArguments } from './arguments.ts';
import type { CallFault, CallFaults } from './call-faults.ts';
import type { CallLog } from './call-log.ts';
import { type JsonObject, textOf } from './json.ts';
import { METHODS } from './method-table.ts';
import { type Method, RateLimited, type Workshop } from './methods/method.ts';
import { argumentsOf } from './request-body.ts';

export interface WebApiParts extends Workshop {
  readonly faults: CallFaults;
  readonly log: CallLog;
  /** Resolves after so many milliseconds of the workspace's clock. */
  readonly wait: (ms: number) => Promise<void>;
}

const json = (status: number, body: JsonObject, headers: Record<string, string> = {}): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

const limited = (seconds: number): WireResponse =>
  json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });

const tokenOf = (request: WireRequest, given: JsonObject): string =>
  /^Bearer (.*)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? textOf(given['token']);

const authenticate = ({ state }: Workshop, method: Method, token: string): void => {
  if (method.token === 'none') return;
  if (token === '') throw new ApiError('not_authed');
  const { botToken, appToken } = state.app;
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if ((token === botToken) !== (method.token === 'bot')) throw new ApiError('not_allowed_token_type');
  requireScope(state, method.scopes);
};

const answerFault = (fault: CallFault): WireResponse | null => {
  switch (fault.kind) {
    case 'rate-limit':
      return limited(fault.retryAfterSeconds);
    case 'fail':
      return json(200, { ok: false, error: fault.error });
    case 'http':
      return { status: fault.status, headers: { 'content-type': 'text/html' }, body: 'upstream error' };
    case 'slow':
      return null;
  }
};

/** One call of the Web API, answered as Slack would: `ok: false` with a code, or 429. It never throws for a bad call. */
export const createWebApi = (parts: WebApiParts): ((name: string, request: WireRequest) => Promise<WireAnswer>) => {
  const { state, faults, limits, log } = parts;

  const spoil = async (name: string): Promise<WireResponse | null> => {
    for (const fault of faults.next(name)) {
      if (fault.kind === 'slow') await parts.wait(fault.ms);
      const answer = answerFault(fault);
      if (answer !== null) return answer;
    }
    return null;
  };

  const perform = (name: string, request: WireRequest): WireResponse => {
    const given = argumentsOf(request);
    const method = METHODS.get(name);
    if (method === undefined) throw new ApiError('unknown_method', { req_method: name });
    if (given === null) throw new ApiError('invalid_json');
    authenticate(parts, method, tokenOf(request, given));
    const wait = limits.take(name, method.tier);
    if (wait !== null) throw new RateLimited(wait);
    const result = method.run(createArguments(given, method.arguments), parts);
    const scopes = {
      'x-oauth-scopes': state.app.scopes.join(','),
      'x-accepted-oauth-scopes': method.scopes.join(','),
    };
    return json(200, { ok: true, ...result }, method.token === 'bot' ? scopes : {});
  };

  const serve = (name: string, request: WireRequest): WireResponse => {
    try {
      return perform(name, request);
    } catch (error) {
      if (error instanceof RateLimited) return limited(error.retryAfterSeconds);
      if (error instanceof ApiError) return json(200, { ok: false, error: error.code, ...error.details });
      throw error;
    }
  };

  return async (name, request) => {
    const answer = (await spoil(name)) ?? serve(name, request);
    log.add(name, answer.status === 200 && answer.body.startsWith('{"ok":true'));
    return { ...answer, headers: { ...answer.headers, 'x-slack-req-id': state.ids.secret(32) } };
  };
};
