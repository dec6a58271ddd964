import type { IncomingMessage } from 'node:http';

/** Why a request is not served: the status, and a sentence for whoever tries. */
export interface Refused {
  readonly status: 403 | 405 | 415;
  readonly because: string;
}

/**
 * Nothing here may be driven by a page from elsewhere: a name that was pointed at this machine (DNS rebinding) shows in the
 * Host header, another page's form or script in Origin and Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/).
 */
export const refusedRequest = (message: IncomingMessage, port: number): Refused | null => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = '', origin, 'content-type': type = '' } = message.headers;
  if (!hosts.includes(host)) return { status: 403, because: `This page answers to ${hosts.join(' and ')} only.` };
  const { method = 'GET' } = message;
  if (method === 'GET' || method === 'HEAD') return null;
  if (method !== 'POST') return { status: 405, because: 'Only GET and POST are served here.' };
  const from = message.headers['sec-fetch-site'];
  if (origin !== `http://${host}` || (from !== undefined && from !== 'same-origin'))
    return { status: 403, because: 'Only the page itself may act here.' };
  if (type.split(';')[0]?.trim() !== 'application/json')
    return { status: 415, because: 'An act is sent as application/json.' };
  return null;
};

/** For every answer: nothing is kept, framed, sniffed or read from elsewhere, and no script but the page's own files runs. */
export const GUARDING_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
