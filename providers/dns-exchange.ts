import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';

/**
 * Sends one DNS message to one server (`host:port`, IPv6 in brackets) and resolves with its answer, whole. TCP for updates and
 * for anything that must not be lost half-way; UDP for counting answers. Rejects when the connection breaks, the server closes
 * without an answer, or the signal is aborted: an update may have had its effect then.
 */
export type DnsExchange = (
  server: string,
  message: Uint8Array,
  over: 'tcp' | 'udp',
  signal: AbortSignal,
) => Promise<Uint8Array>;

interface Address {
  readonly host: string;
  readonly port: number;
}

const addressOf = (server: string): Address => {
  const at = server.lastIndexOf(':');
  const host = server.slice(0, at).replace(/^\[|\]$/g, '');
  const port = Number(server.slice(at + 1));
  if (at > 0 && Number.isInteger(port) && port > 0 && port < 65_536) return { host, port };
  throw new TypeError(`"${server}" is no server; write host:port`);
};

/** Two bytes of length before the message (RFC 1035, 4.2.2). */
const framed = (message: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(message.length + 2);
  new DataView(frame.buffer).setUint16(0, message.length);
  frame.set(message, 2);
  return frame;
};

const overTcp = ({ host, port }: Address, message: Uint8Array, signal: AbortSignal): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    let received = Buffer.alloc(0);
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      settle();
    };
    const onAbort = (): void => end(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => socket.write(framed(message)));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < received.readUInt16BE(0) + 2) return;
      end(() => resolve(received.subarray(2, received.readUInt16BE(0) + 2)));
    });
    socket.once('error', (cause) => end(() => reject(cause)));
    socket.once('close', () => end(() => reject(new Error(`${host}:${port} closed without an answer`))));
  });

const overUdp = ({ host, port }: Address, message: Uint8Array, signal: AbortSignal): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.close();
      settle();
    };
    const onAbort = (): void => end(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', (cause) => end(() => reject(cause)));
    socket.connect(port, host, () => socket.send(message));
    socket.on('message', (answer) => {
      // Only the answer to this question: a late one of an earlier question has another id.
      if (answer.length < 2 || answer[0] !== message[0] || answer[1] !== message[1]) return;
      end(() => resolve(answer));
    });
  });

export const socketExchange: DnsExchange = async (server, message, over, signal) => {
  const address = addressOf(server);
  return over === 'tcp' ? overTcp(address, message, signal) : overUdp(address, message, signal);
};
