/** One HTTP request of ours to a vendor. Header names are in lower case. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request. Rejects when the connection breaks or the signal is aborted: the request may have had its effect then.
 * In production over sockets, in tests and under virtual time a function of this process.
 */
export type HttpTransport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** Below the policy's limit of one attempt, so that the transport is the first to say so. */
const GIVE_UP_MS = 7000;

/** Sockets that give up, and that follow no redirect: a vendor's API answers itself, and credentials go nowhere else. */
export const fetchTransport: HttpTransport = async ({ method, url, headers, body }, signal) => {
  const response = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(GIVE_UP_MS)]),
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
};
