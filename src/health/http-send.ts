import { type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';

interface HttpRequest {
  readonly url: URL;
  /** The address that was checked; nothing is resolved again, so that a name cannot change between check and use. */
  readonly address: string;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maximumBodyBytes: number;
}

/** Resolves with the status once the body has ended or is longer than asked for; rejects with an error that has a code. */
export type HttpSend = (request: HttpRequest, signal: AbortSignal) => Promise<{ readonly status: number }>;

const USER_AGENT = 'steer-health-probe';

const late = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });

const optionsOf = ({ url, address }: HttpRequest): RequestOptions & { servername?: string } => {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: { host: url.host, 'user-agent': USER_AGENT, accept: '*/*' },
    // A connection of its own each time: a kept one would prove that the old path works, not that a new user gets in.
    agent: false,
    // Without a name Node would check the certificate against the address; an address has no server name (RFC 6066).
    ...(isIP(name) === 0 ? { servername: name } : {}),
  };
};

/**
 * One GET over a fresh connection. Redirects are not followed: where they lead nobody has checked. The body must arrive
 * within the time-out, too, because a server that stops in the middle of its answer is not well.
 */
export const sendHttp: HttpSend = (request, signal) =>
  new Promise((resolve, reject) => {
    const send = request.url.protocol === 'https:' ? requestTls : requestPlain;
    const outgoing = send({ ...optionsOf(request), signal });
    const total = setTimeout(() => outgoing.destroy(late(`no answer in ${request.timeoutMs} ms`)), request.timeoutMs);
    const connect = setTimeout(
      () => outgoing.destroy(late(`no connection in ${request.connectTimeoutMs} ms`)),
      request.connectTimeoutMs,
    );
    const isReady = request.url.protocol === 'https:' ? 'secureConnect' : 'connect';
    const settle = (end: () => void): void => {
      clearTimeout(total);
      clearTimeout(connect);
      end();
    };
    outgoing.on('socket', (socket) => socket.once(isReady, () => clearTimeout(connect)));
    outgoing.on('error', (error) => settle(() => reject(error)));
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 0;
      let bytes = 0;
      const done = (): void =>
        settle(() => {
          resolve({ status });
          outgoing.destroy();
        });
      incoming.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > request.maximumBodyBytes) done();
      });
      incoming.on('end', done);
      incoming.on('error', (error) => settle(() => reject(error)));
    });
    outgoing.end();
  });
