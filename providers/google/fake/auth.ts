import { createPublicKey, verify } from 'node:crypto';
import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { Refusal } from './errors.ts';

export interface FakeServiceAccount {
  readonly email: string;
  readonly keyId: string;
  /** PEM of the public half; a key that was taken away gives no more tokens. */
  readonly publicKey: string;
}

export interface AuthOptions {
  readonly now: () => number;
  readonly account: FakeServiceAccount;
  readonly tokenEndpoint: string;
  readonly tokenSeconds: number;
}

export interface FakeAuth {
  /** The token endpoint. */
  token(request: FakeRequest): FakeResponse;
  /** Throws a `Refusal` for a request without a good token. */
  assertKnown(request: FakeRequest): void;
  /** Every token that was given is good no more. */
  endTokens(): void;
  /** The key is deleted at the vendor: no tokens, old or new. */
  revoke(): void;
  /** Only this key is good from now on. */
  replaceKey(key: Pick<FakeServiceAccount, 'keyId' | 'publicKey'>): void;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPES = [
  'https://www.googleapis.com/auth/ndev.clouddns.readwrite',
  'https://www.googleapis.com/auth/cloud-platform',
];

const refused = (error: string, description: string): FakeResponse =>
  json(400, { error, error_description: description });

const partOf = (part: string | undefined): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return {};
  }
};

/** OAuth's JWT grant of Google: RS256, one hour at most, the clock within five minutes. */
export const createFakeAuth = ({ now, account: first, tokenEndpoint, tokenSeconds }: AuthOptions): FakeAuth => {
  let account = first;
  const tokens = new Map<string, number>();
  let given = 0;
  let isRevoked = false;

  /** Null when the assertion is good, else what the endpoint says of it. */
  const wrongWith = (assertion: string): string | null => {
    const [head, body, signature, ...more] = assertion.split('.');
    const [header, claims] = [partOf(head), partOf(body)];
    const seconds = now() / 1000;
    const { iss, scope, aud, iat, exp } = claims;
    if (more.length > 0 || header['alg'] !== 'RS256' || header['typ'] !== 'JWT') return 'Invalid JWT';
    if (iss !== account.email || isRevoked || header['kid'] !== account.keyId)
      return 'Invalid grant: account not found';
    if (aud !== tokenEndpoint) return 'Invalid JWT audience';
    if (typeof scope !== 'string' || !SCOPES.includes(scope)) return 'Invalid OAuth scope';
    const isTime = typeof iat === 'number' && typeof exp === 'number' && exp > iat && exp - iat <= 3600;
    if (!isTime || Math.abs(iat - seconds) > 300 || exp < seconds) return 'Invalid JWT: Token must be short-lived';
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      createPublicKey(account.publicKey),
      Buffer.from(signature ?? '', 'base64url'),
    );
    return isSigned ? null : 'Invalid JWT Signature.';
  };

  return {
    token({ method, headers, body }) {
      if (method !== 'POST') return refused('invalid_request', 'POST is needed');
      if (headers['content-type'] !== 'application/x-www-form-urlencoded')
        return refused('invalid_request', 'a form is needed');
      const form = new URLSearchParams(body);
      if (form.get('grant_type') !== GRANT) return refused('unsupported_grant_type', 'Invalid grant_type');
      const wrong = wrongWith(form.get('assertion') ?? '');
      if (wrong !== null) return refused('invalid_grant', wrong);
      given += 1;
      const token = `ya29.fake-${given}`;
      tokens.set(token, now() + tokenSeconds * 1000);
      return json(200, { access_token: token, expires_in: tokenSeconds, token_type: 'Bearer' });
    },
    assertKnown({ headers }) {
      const [scheme, token = ''] = (headers['authorization'] ?? '').split(' ');
      const until = scheme === 'Bearer' ? tokens.get(token) : undefined;
      if (until !== undefined && now() < until && !isRevoked) return;
      throw new Refusal(401, 'authError', 'Request had invalid authentication credentials.');
    },
    endTokens: () => tokens.clear(),
    revoke() {
      isRevoked = true;
    },
    replaceKey(key) {
      account = { ...account, ...key };
      tokens.clear();
    },
  };
};
