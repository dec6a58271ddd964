import { text } from 'node:stream/consumers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsTransport } from '../../../providers/aws-credentials.ts';
import type { WorldFault } from '../../contracts/steering/world.ts';

/** Real sockets for an AWS client, with faults of the connection between: before a request leaves, or after its answer came. */
export interface FaultyLine {
  readonly transport: AwsTransport;
  fail(on: 'read' | 'write', fault: WorldFault): void;
  hung(): Promise<void>;
  /** Requests that reached the server, and ids of the changes that it has made. */
  counts(): { readonly requests: number; readonly changes: readonly string[] };
}

type SdkRequest = Parameters<NodeHttpHandler['handle']>[0];
type SdkOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;

const KNOWN: ReadonlySet<WorldFault> = new Set(['reset-before', 'reset-after', 'hang-before', 'hang-after', 'garbage']);

/** By the name and code that the SDK's own handler gives it. */
const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { name: 'TimeoutError', code: 'ECONNRESET' });

/** Records are listed and changed at one path; other calls never fail. */
const effectOf = ({ method, path }: SdkRequest): 'read' | 'write' | null => {
  if (!/\/rrset\/?$/.test(path)) return null;
  return method === 'GET' ? 'read' : 'write';
};

const untilAborted = (signal: SdkOptions['abortSignal']): Promise<never> =>
  new Promise((_, reject) => {
    if (signal === undefined || !('addEventListener' in signal))
      throw new TypeError('a request that hangs needs a signal');
    const abort = (): void => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });

export const faultyLine = (): FaultyLine => {
  const sockets = new NodeHttpHandler({ connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true });
  const waiting: { readonly on: 'read' | 'write'; readonly fault: WorldFault }[] = [];
  const changes: string[] = [];
  let requests = 0;
  let onHung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });

  const take = (effect: 'read' | 'write' | null): WorldFault | undefined => {
    const at = waiting.findIndex(({ on }) => on === effect);
    return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
  };
  const hang = (signal: SdkOptions['abortSignal']): Promise<never> => {
    const aborted = untilAborted(signal);
    onHung();
    return aborted;
  };

  const handle = async (request: SdkRequest, options: SdkOptions = {}) => {
    const effect = effectOf(request);
    const fault = take(effect);
    if (fault === 'reset-before') throw reset();
    if (fault === 'hang-before') return hang(options.abortSignal);
    requests += 1;
    const { response } = await sockets.handle(request, options);
    const body = await text(response.body);
    const [, change] = /<Id>\/change\/([^<]+)<\/Id>/.exec(body) ?? [];
    if (effect === 'write' && change !== undefined) changes.push(change);
    if (fault === 'reset-after') throw reset();
    if (fault === 'hang-after') return hang(options.abortSignal);
    const { statusCode, headers } = response;
    return {
      response: { statusCode, headers, body: Buffer.from(fault === 'garbage' ? '<html>no vendor</html>' : body) },
    };
  };

  return {
    transport: {
      metadata: sockets.metadata,
      handle,
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
      destroy: () => sockets.destroy(),
    },
    fail: (on, fault) => {
      if (!KNOWN.has(fault)) throw new TypeError(`a connection knows no fault "${fault}"`);
      waiting.push({ on, fault });
    },
    hung: () => isHung,
    counts: () => ({ requests, changes }),
  };
};
