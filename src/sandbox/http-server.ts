import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WireHandler, WireRequest } from './wire.ts';

export type LoopbackServer = {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string;
  /** Ends every connection, hanging ones too. */
  readonly close: () => Promise<void>;
};

/** More than any request of a vendor's client; a stray upload must not fill the memory. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError(`a request body has at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
};

const toWire = async (message: IncomingMessage): Promise<WireRequest> => {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  const bytes = await readBody(message);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body: bytes.toString('utf8'),
    bytes,
  };
};

const serveOne = async (handler: WireHandler, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const answer = await handler(await toWire(message));
  // Never answered: the connection stays open until the client gives up or the server is closed.
  if (answer === 'hang') return;
  if (answer === 'reset') {
    message.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
};

/** Takes over a connection that asks for another protocol, such as WebSocket. */
export type Upgrade = (message: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Serves a fake on loopback, on a free port unless one is named. */
export const serveHttp = async (handler: WireHandler, port = 0, upgrade?: Upgrade): Promise<LoopbackServer> => {
  const server = createServer((message, response) => {
    serveOne(handler, message, response).catch((error: unknown) => {
      // A fake that throws is broken; its client shall see that at once and not wait for a time-out.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`the fake failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  if (upgrade !== undefined) server.on('upgrade', upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
