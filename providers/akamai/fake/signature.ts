import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FakeRequest } from '../../fake-kit/wire.ts';
import { Problem } from './problem.ts';

export interface FakeClient {
  readonly clientSecret: string;
  readonly accessToken: string;
}

export interface SignatureRules {
  /** Scheme and host under which clients know the fake. */
  readonly origin: string;
  readonly clients: Readonly<Record<string, FakeClient>>;
  readonly now: () => number;
}

const HEADER =
  /^EG1-HMAC-SHA256 client_token=([^;]+);access_token=([^;]+);timestamp=(\d{4})(\d\d)(\d\d)T(\d\d:\d\d:\d\d)\+0000;nonce=([^;]+);signature=([^;]+)$/;

/** A request is good for half a minute on either side of its time. */
const LIFE_MS = 30_000;

const SIGNED_BYTES = 131_072;

const queryOf = ({ query }: FakeRequest): string => {
  const pairs = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const refused = (status: number, kind: string, title: string): never => {
  throw new Problem(status, kind, title);
};

/** Throws the vendor's refusal of a request that is not signed, wrongly signed, too old, or sent twice. */
export const createSignatureCheck = ({ origin, clients, now }: SignatureRules): ((request: FakeRequest) => void) => {
  const nonces = new Set<string>();
  const { protocol, host } = new URL(origin);
  return (request) => {
    const header = request.headers['authorization'] ?? '';
    const match = HEADER.exec(header);
    if (match === null) return refused(400, 'invalid-authorization', 'Invalid authorization request header');
    const [, token = '', access = '', year, month, day, time, nonce = '', signature = ''] = match;
    const client = clients[token];
    if (client === undefined) return refused(401, 'invalid-client-token', 'Invalid client token');
    if (client.accessToken !== access) return refused(401, 'invalid-access-token', 'Invalid access token');
    const sentAt = Date.parse(`${year}-${month}-${day}T${time}Z`);
    if (!(Math.abs(sentAt - now()) <= LIFE_MS)) return refused(400, 'invalid-timestamp', 'Invalid timestamp');
    if (nonces.has(nonce)) return refused(400, 'invalid-nonce', 'Invalid nonce');
    const hash =
      request.method === 'POST' && request.body !== ''
        ? createHash('sha256').update(Buffer.from(request.body).subarray(0, SIGNED_BYTES)).digest('base64')
        : '';
    const text = [
      request.method,
      protocol.slice(0, -1),
      host,
      `${request.path}${queryOf(request)}`,
      '',
      hash,
      header.slice(0, header.indexOf('signature=')),
    ].join('\t');
    const key = createHmac('sha256', client.clientSecret).update(`${year}${month}${day}T${time}+0000`).digest('base64');
    const right = createHmac('sha256', key).update(text).digest('base64');
    if (!isSame(right, signature)) return refused(401, 'signature-does-not-match', 'The signature does not match');
    nonces.add(nonce);
    return undefined;
  };
};
