import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import type { Settings } from './settings.ts';

/** Null where the text is no such key. Nothing of why is kept: the parser quotes what it reads. */
const parsedKey = (pem: string): KeyObject | null => {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
};

const keyOf = (pem: string): KeyObject => {
  const key = parsedKey(pem);
  if (key !== null) return key;
  throw new ProviderError(
    'unauthorised',
    'oci: the secret privateKey is no PEM of an RSA private key without a passphrase; write the key out again with `openssl rsa`',
  );
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/**
 * The request with its signature: HTTP Signatures (draft-cavage-http-signatures-08), RSA-SHA256, over the request target, host
 * and date, and for requests with a body over its length, type and digest too.
 * <https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm>, 2026-11. The date is `x-date`, which Oracle's
 * own SDK sends: what stands between may set `date` itself.
 */
export const signed = (
  request: HttpRequest,
  { tenancy, user, fingerprint }: Settings,
  privateKey: string,
  nowMs: number,
): HttpRequest => {
  const { host, pathname, search } = new URL(request.url);
  const base = { host, 'x-date': new Date(nowMs).toUTCString() };
  const ofBody =
    request.body === null
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': `${Buffer.byteLength(request.body)}`,
          'x-content-sha256': sha256(request.body),
        };
  const headers: Record<string, string> = { ...base, ...ofBody };
  const lines = [
    `(request-target): ${request.method.toLowerCase()} ${pathname}${search}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  const names = ['(request-target)', ...Object.keys(headers)].join(' ');
  const signature = sign('sha256', Buffer.from(lines.join('\n')), keyOf(privateKey)).toString('base64');
  const keyId = `${tenancy}/${user}/${fingerprint}`;
  const authorization = `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`;
  // The host is set by whoever opens the connection, from the same URL.
  const { host: _, ...sent } = headers;
  return { ...request, headers: { ...request.headers, ...sent, authorization } };
};
