import { createHash, createPublicKey, verify } from 'node:crypto';
import type { FakeRequest } from '../../fake-kit/wire.ts';
import { Refusal } from './errors.ts';

export interface AuthOptions {
  readonly now: () => number;
  /** tenancy/user/fingerprint. */
  readonly keyId: string;
  /** PEM of the public half of the API key. */
  readonly publicKey: string;
  /** What the request was sent to, which the signature covers. */
  readonly host: string;
}

const SKEW_MS = 300_000;
const USUAL = ['(request-target)', 'host'];
const OF_BODY = ['x-content-sha256', 'content-type', 'content-length'];

const unknown = (why: string): Refusal =>
  new Refusal(
    401,
    'NotAuthenticated',
    `The required information to complete authentication was not provided or was incorrect. (${why})`,
  );

const partsOf = (authorization: string): Readonly<Record<string, string>> => {
  if (!authorization.startsWith('Signature ')) return {};
  const pairs = authorization.slice('Signature '.length).matchAll(/([a-zA-Z]+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, value]));
};

const queryText = (query: FakeRequest['query']): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
};

/** Throws a `Refusal` for a request that is not signed as Oracle wants it: what must be covered, the digest, the time, the signature. */
export const assertSigned = (request: FakeRequest, { now, keyId, publicKey, host }: AuthOptions): void => {
  const { method, path, query, headers, body } = request;
  const parts = partsOf(headers['authorization'] ?? '');
  const covered = (parts['headers'] ?? '').split(' ');
  const date = covered.includes('x-date') ? 'x-date' : 'date';
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  const uncovered = [...USUAL, date, ...(hasBody ? OF_BODY : [])].find((name) => !covered.includes(name));
  if (uncovered !== undefined) throw unknown(`${uncovered} is not signed`);
  if (parts['version'] !== '1' || parts['algorithm'] !== 'rsa-sha256') throw unknown('version or algorithm');
  if (parts['keyId'] !== keyId) throw unknown('keyId');
  const at = Date.parse(headers[date] ?? '');
  if (Number.isNaN(at) || Math.abs(at - now()) > SKEW_MS) throw unknown('date');
  if (hasBody) {
    const digest = createHash('sha256').update(body).digest('base64');
    if (headers['x-content-sha256'] !== digest) throw unknown('x-content-sha256');
    if (headers['content-length'] !== `${Buffer.byteLength(body)}`) throw unknown('content-length');
  }
  const lines = covered.map((name) => {
    if (name === '(request-target)') return `${name}: ${method.toLowerCase()} ${path}${queryText(query)}`;
    return `${name}: ${name === 'host' ? host : headers[name]}`;
  });
  const signature = Buffer.from(parts['signature'] ?? '', 'base64');
  if (!verify('sha256', Buffer.from(lines.join('\n')), createPublicKey(publicKey), signature))
    throw unknown('signature');
};
