import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { WireHandler, WireRequest } from '../../../src/sandbox/wire.ts';

const SETTINGS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  maxAttempts: 1,
  disableRequestCompression: true,
} as const;

type SdkRequest = { method: string; path: string; headers: Record<string, string>; body?: unknown };

const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');

/** The real SDK client, speaking to a handler without a socket. */
export const inProcessClient = (handle: WireHandler): CloudWatchClient =>
  new CloudWatchClient({
    ...SETTINGS,
    endpoint: 'http://127.0.0.1:1',
    requestHandler: {
      handle: async ({ method, path, headers, body }: SdkRequest) => {
        const answer = await handle({ method, path, query: {}, headers, body: textOf(body) });
        if (typeof answer === 'string') throw new Error(answer);
        const { status, headers: answered, body: text } = answer;
        return { response: { statusCode: status, headers: answered, body: new TextEncoder().encode(text) } };
      },
    },
  });

const readBody = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
  let body = '';
  for await (const chunk of chunks) body += chunk.toString('utf8');
  return body;
};

const start = async (handle: WireHandler, seen: WireRequest[]): Promise<Server> => {
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = await readBody(request);
    const wireRequest = { method: request.method ?? '', path: request.url ?? '', query: {}, headers, body };
    seen.push(wireRequest);
    const answer = await handle(wireRequest);
    if (answer === 'reset') request.socket.resetAndDestroy();
    else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

/** The real SDK client over a loopback socket, with the requests as they came over the wire. */
export const loopbackClient = async (handle: WireHandler, requestTimeoutMs: number) => {
  const seen: WireRequest[] = [];
  const server = await start(handle, seen);
  const { port } = server.address() as AddressInfo;
  const client = new CloudWatchClient({
    ...SETTINGS,
    endpoint: `http://127.0.0.1:${port}`,
    requestHandler: { requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  });
  const close = async (): Promise<void> => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { client, seen, close };
};
