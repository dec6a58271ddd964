import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveHttp } from '../http-server.ts';
import type { LinkEnd } from './delivery/socket-hub.ts';
import { createWorkspace, type SlackWorkspace, type WorkspaceOptions } from './workspace.ts';

/** A client takes a connection for dead when 30 s pass without a ping. */
const PING_MS = 10_000;

export interface ServedWorkspace {
  readonly workspace: SlackWorkspace;
  readonly port: number;
  /** `http://127.0.0.1:PORT/api/`, with the slash that clients need. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

/** Ties a WebSocket to the workspace: what the one says the other hears. */
const attach = (workspace: SlackWorkspace, socket: WebSocket): void => {
  const end: LinkEnd = workspace.connect({
    send: (text) => socket.send(text),
    // Without the closing handshake, for which a stalled client would have to answer.
    close: () => socket.terminate(),
  });
  const pings = setInterval(() => socket.ping(), PING_MS);
  pings.unref();
  socket.on('message', (data) => end.receive(String(data)));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(pings);
    end.closed();
  });
};

const isWelcome = (workspace: SlackWorkspace, message: IncomingMessage): boolean => {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  return url.pathname === '/link/' && !workspace.isOut() && workspace.redeem(url.searchParams.get('ticket') ?? '');
};

/** A workspace on loopback: Web API and Socket Mode on one port, a free one unless one is named. */
export const serveWorkspace = async (options: WorkspaceOptions, port = 0): Promise<ServedWorkspace> => {
  const workspace = createWorkspace(options);
  const sockets = new WebSocketServer({ noServer: true });
  const upgrade = (message: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!isWelcome(workspace, message)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(message, socket, head, (accepted) => attach(workspace, accepted));
  };
  const server = await serveHttp(workspace.handle, port, upgrade);
  workspace.reachableAt(server.url);
  return {
    workspace,
    port: server.port,
    apiUrl: `${server.url}/api/`,
    close: async () => {
      workspace.shutDown();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await server.close();
    },
  };
};
