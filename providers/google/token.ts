import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpAccount } from '../http-account.ts';

/** Reading and changing Cloud DNS and nothing else. <https://developers.google.com/identity/protocols/oauth2/scopes#dns>, 2026-11. */
const SCOPE = 'https://www.googleapis.com/auth/ndev.clouddns.readwrite';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TOKEN_ENDPOINT = 'https://oauth2.googleapis.com/token';
const METADATA_ENDPOINT = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';

/** An assertion may live for an hour at most; ours is used at once. */
const ASSERTION_SECONDS = 300;

/** A token this close to its end could end on the way. */
const SPARE_MS = 60_000;

const KEY_FILE = z.looseObject({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().min(1),
  private_key_id: z.string().exactOptional(),
});

const TOKEN = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

interface Key {
  readonly email: string;
  readonly id: string | null;
  readonly key: KeyObject;
}

/** Null where the text is no such file. Nothing of why is kept: both parsers quote what they read. */
const parsedKey = (text: string): Key | null => {
  try {
    const file = KEY_FILE.parse(JSON.parse(text));
    const key = createPrivateKey(file.private_key);
    return key.asymmetricKeyType === 'rsa' ? { email: file.client_email, id: file.private_key_id ?? null, key } : null;
  } catch {
    return null;
  }
};

const keyOf = (text: string): Key => {
  const key = parsedKey(text);
  if (key !== null) return key;
  throw new ProviderError(
    'unauthorised',
    'google token: the secret serviceAccountKey is not the JSON key file of a service account (type, client_email and an RSA private_key); download a new one',
  );
};

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The signed claim that is exchanged for a token: RFC 7523, RS256. */
const assertionOf = ({ email, id, key }: Key, audience: string, nowMs: number): string => {
  const iat = Math.floor(nowMs / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(id === null ? {} : { kid: id }) };
  const claims = { iss: email, scope: SCOPE, aud: audience, iat, exp: iat + ASSERTION_SECONDS };
  const text = `${base64url(header)}.${base64url(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
};

export interface TokenOptions {
  readonly identity: 'service-account-key' | 'metadata-server';
  /** Null for Google's own. */
  readonly endpoint: string | null;
  readonly secret: (name: string) => Promise<string>;
  readonly account: HttpAccount;
  readonly now: () => number;
}

/** An access token; `again` asks for a new one because the last was refused. */
export type TokenSource = (again: boolean, signal: AbortSignal) => Promise<string>;

/**
 * Tokens are kept in memory until shortly before their end, and dropped when the key changes. One is asked for at a time: calls
 * that begin together share it. Throws `unauthorised` when there is no good key or it is refused.
 */
export const createTokenSource = ({ identity, endpoint, secret, account, now }: TokenOptions): TokenSource => {
  let held: { readonly of: string; readonly token: string; readonly until: number } | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const request = (keyText: string) => {
    if (identity === 'metadata-server') {
      const headers = { 'metadata-flavor': 'Google' };
      return { method: 'GET', url: endpoint ?? METADATA_ENDPOINT, headers, body: null } as const;
    }
    const url = endpoint ?? TOKEN_ENDPOINT;
    const assertion = assertionOf(keyOf(keyText), url, now());
    const body = new URLSearchParams({ grant_type: GRANT, assertion }).toString();
    return { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body } as const;
  };

  const fetched = async (keyText: string, of: string, signal: AbortSignal): Promise<string> => {
    const call = { action: 'token', zone: null, request: request(keyText), changes: false, schema: TOKEN };
    const { access_token: token, expires_in: seconds } = await account.call(call, signal);
    held = { of, token, until: now() + seconds * 1000 - SPARE_MS };
    return token;
  };

  return (again, signal) => {
    const refused = again ? held?.token : undefined;
    const mine = turn.then(async () => {
      const keyText = identity === 'metadata-server' ? '' : await secret('serviceAccountKey');
      const of = createHash('sha256').update(keyText).digest('hex');
      if (held !== null && held.of === of && now() < held.until && held.token !== refused) return held.token;
      return fetched(keyText, of, signal);
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
};
