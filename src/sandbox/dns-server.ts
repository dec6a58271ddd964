import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket as TcpSocket } from 'node:net';
import { createDnsResponder, type DnsResponder } from './dns-responder.ts';
import type { DnsAnswerer } from './dns-types.ts';

export type DnsServer = {
  /** The same for UDP and TCP. */
  readonly port: number;
  readonly close: () => Promise<void>;
};

/** A client that says nothing for so long has gone (RFC 7766 asks for seconds). */
const TCP_IDLE_MS = 10_000;

/** A port that is free for UDP may be taken for TCP; another one is tried, but not for ever. */
const BIND_ATTEMPTS = 20;

const bindUdp = (port: number): Promise<UdpSocket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

const listenTcp = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });

const serveUdp = (socket: UdpSocket, responder: DnsResponder): void => {
  // A client that is gone makes an ICMP error here; it is nobody's concern.
  socket.on('error', () => {});
  socket.on('message', (message, from) => {
    responder(message, from.address, 'udp').then(
      (bytes) => {
        if (bytes !== undefined) socket.send(bytes, from.port, from.address, () => {});
      },
      () => {},
    );
  });
};

/** Cuts complete messages off the front of a stream in which each has a length of two bytes before it. */
const cutMessages = (stream: Buffer): { readonly messages: readonly Buffer[]; readonly rest: Buffer } => {
  const messages: Buffer[] = [];
  let rest = stream;
  while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
    const end = 2 + rest.readUInt16BE(0);
    messages.push(rest.subarray(2, end));
    rest = rest.subarray(end);
  }
  return { messages, rest };
};

const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length, 0);
  return Buffer.concat([length, bytes]);
};

const serveConnection = (socket: TcpSocket, responder: DnsResponder): void => {
  let waiting: Buffer = Buffer.alloc(0);
  const from = socket.remoteAddress ?? '';
  const respond = async (message: Buffer): Promise<void> => {
    const bytes = await responder(message, from, 'tcp');
    if (bytes === undefined) socket.destroy();
    else if (socket.writable) socket.write(framed(bytes));
  };
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const { messages, rest } = cutMessages(Buffer.concat([waiting, chunk]));
    waiting = rest;
    for (const message of messages) respond(message).catch(() => socket.destroy());
  });
};

const tryBind = async (responder: DnsResponder, wanted: number): Promise<DnsServer | undefined> => {
  const udp = await bindUdp(wanted);
  const connections = new Set<TcpSocket>();
  const tcp = createServer((socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    serveConnection(socket, responder);
  });
  const { port } = udp.address();
  if (!(await listenTcp(tcp, port))) {
    udp.close();
    return undefined;
  }
  serveUdp(udp, responder);
  return {
    port,
    close: async () => {
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
};

/** Serves answers on 127.0.0.1 over UDP and TCP, both on one port, a free one unless it is named. */
export const serveDns = async (answerer: DnsAnswerer, port = 0): Promise<DnsServer> => {
  const responder = createDnsResponder(answerer);
  for (let attempt = 0; attempt < BIND_ATTEMPTS; attempt += 1) {
    const server = await tryBind(responder, port);
    if (server !== undefined) return server;
  }
  throw new Error(`no port on 127.0.0.1 was free for both UDP and TCP in ${BIND_ATTEMPTS} attempts`);
};
