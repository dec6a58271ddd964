import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { WireAnswer, WireHandler } from './wire.ts';

type SdkRequest = Parameters<NodeHttpHandler['handle']>[0];
type SdkResponse = Awaited<ReturnType<NodeHttpHandler['handle']>>;
type SdkOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;

export type InProcessOptions = {
  /** Called with the request's method and path before the fake sees it, e.g. to wait for the latency of a virtual network. */
  readonly before?: (method: string, path: string) => Promise<void>;
  /**
   * When a request without an answer ends. Resolves after the time-out on the mount's own clock; left out, it ends only
   * when the caller aborts.
   */
  readonly timeout?: () => Promise<void>;
};

/** What an AWS client takes as `requestHandler`: the fake in the same process, without a socket and without a timer. */
export type InProcessHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  readonly handle: (request: SdkRequest, options?: SdkOptions) => Promise<SdkResponse>;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
  readonly destroy: () => void;
};

/** The SDK's own handler gives resets and time-outs this one name; only the code tells them apart. */
const connectionError = (code: 'ECONNRESET' | 'ETIMEDOUT', message: string): Error =>
  Object.assign(new Error(message), { name: 'TimeoutError', code });

const abortError = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });

type Ending = { readonly promise: Promise<never>; readonly stop: () => void };

/** Rejects when the caller aborts. The listener is taken off again: one signal serves thousands of requests. */
const abortOf = (signal: SdkOptions['abortSignal']): Ending => {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const abort = () => reject(abortError());
    if (signal.aborted) abort();
    if (!('addEventListener' in signal)) {
      signal.onabort = abort;
      return;
    }
    signal.addEventListener('abort', abort);
    stop = () => signal.removeEventListener('abort', abort);
  });
  promise.catch(() => {});
  return { promise, stop };
};

const textOf = (body: unknown): string => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  throw new TypeError('the in-process transport takes requests whose body is text or bytes, not a stream');
};

const queryOf = (query: SdkRequest['query']): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value ?? ''].flat().join(',')]));

const headersOf = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const never = (): Promise<never> => new Promise(() => {});

const toSdk = (answer: Exclude<WireAnswer, string>): SdkResponse => ({
  response: {
    statusCode: answer.status,
    headers: { ...answer.headers },
    // Bytes, not a stream: the SDK then reads them without waiting for the event loop.
    body: new TextEncoder().encode(answer.body),
  },
});

export const createInProcessHandler = (handler: WireHandler, options: InProcessOptions = {}): InProcessHandler => {
  const exchange = async (request: SdkRequest): Promise<SdkResponse> => {
    await options.before?.(request.method, request.path);
    const answer = await handler({
      method: request.method,
      path: request.path,
      query: queryOf(request.query),
      headers: headersOf(request.headers),
      body: textOf(request.body),
    });
    if (answer === 'hang') return never();
    if (answer === 'reset') throw connectionError('ECONNRESET', 'read ECONNRESET');
    return toSdk(answer);
  };
  const timedOut = async (): Promise<never> => {
    if (options.timeout === undefined) return never();
    await options.timeout();
    throw connectionError('ETIMEDOUT', 'the request got no answer in time');
  };

  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, { abortSignal } = {}) => {
      const abort = abortOf(abortSignal);
      try {
        return await Promise.race([exchange(request), timedOut(), abort.promise]);
      } finally {
        abort.stop();
      }
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    destroy: () => {},
  };
};
