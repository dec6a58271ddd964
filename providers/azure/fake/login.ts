import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import type { FakeState } from './state.ts';

export interface FakeAccount {
  readonly now: () => number;
  readonly tenantId: string;
  readonly clientId: string;
  readonly subscriptionId: string;
  readonly audience: string;
  readonly tokenSeconds: number;
}

const refused = (status: number, error: string, code: number, why: string): FakeResponse =>
  json(status, { error, error_description: `AADSTS${code}: ${why}`, error_codes: [code] });

/** The token endpoint of the Microsoft identity platform, version 2.0, for client credentials alone. */
export const answerLogin = (request: FakeRequest, state: FakeState, account: FakeAccount): FakeResponse => {
  const [, tenant] = request.path.split('/');
  if (tenant !== account.tenantId) return refused(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
  if (request.method !== 'POST') return refused(400, 'invalid_request', 900561, 'The endpoint only accepts POST.');
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
    return refused(400, 'invalid_request', 900144, "The request body must contain 'grant_type'.");
  }
  const form = new URLSearchParams(request.body);
  if (form.get('grant_type') !== 'client_credentials') {
    return refused(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
  }
  if (form.get('scope') !== `${account.audience}/.default`) {
    return refused(400, 'invalid_scope', 70011, 'The provided value for scope is not valid.');
  }
  if (form.get('client_id') !== account.clientId) {
    return refused(400, 'unauthorized_client', 700016, 'Application was not found in the directory.');
  }
  if (form.get('client_secret') !== state.secret) {
    return refused(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }
  state.tokensMade += 1;
  const token = `token-${state.tokensMade}`;
  state.tokens.set(token, account.now() + account.tokenSeconds * 1000);
  return json(200, { token_type: 'Bearer', expires_in: account.tokenSeconds, access_token: token });
};

/** Whether the request carries a token that was given out and has not ended. */
export const isAuthorised = (request: FakeRequest, state: FakeState, now: number): boolean => {
  const [scheme, token = ''] = (request.headers['authorization'] ?? '').split(' ');
  return scheme === 'Bearer' && (state.tokens.get(token) ?? 0) > now;
};
