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

/**
 * As `DnsExchange` over TCP, for an answer of several messages (a zone transfer): `isLast` is given each one as it comes and
 * says whether it was the last; what it throws ends the transfer. Rejects when the server closes before that.
 */
export type DnsTransfer = (
  server: string,
  message: Uint8Array,
  isLast: (answer: Uint8Array) => boolean,
  signal: AbortSignal,
) => Promise<void>;

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

/** The messages that have arrived whole, and what is left of the bytes. */
const unframed = (received: Buffer): { readonly messages: readonly Buffer[]; readonly rest: Buffer } => {
  const messages: Buffer[] = [];
  let at = 0;
  while (received.length >= at + 2 && received.length >= at + 2 + received.readUInt16BE(at)) {
    const end = at + 2 + received.readUInt16BE(at);
    messages.push(received.subarray(at + 2, end));
    at = end;
  }
  return { messages, rest: received.subarray(at) };
};

const overTcp = (
  { host, port }: Address,
  message: Uint8Array,
  isLast: (answer: Uint8Array) => boolean,
  signal: AbortSignal,
): Promise<void> =>
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
      const { messages, rest } = unframed(Buffer.concat([received, chunk]));
      received = Buffer.from(rest);
      try {
        if (messages.some(isLast)) end(resolve);
      } catch (cause) {
        end(() => reject(cause));
      }
    });
    socket.once('error', (cause) => end(() => reject(cause)));
    socket.once('close', () => end(() => reject(new Error(`${host}:${port} closed without an answer`))));
  });

const oneOverTcp = async (address: Address, message: Uint8Array, signal: AbortSignal): Promise<Uint8Array> => {
  const answers: Uint8Array[] = [];
  await overTcp(address, message, (answer) => answers.push(answer) > 0, signal);
  const [answer] = answers;
  if (answer === undefined) throw new Error(`${address.host}:${address.port} closed without an answer`);
  return answer;
};

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
  return over === 'tcp' ? oneOverTcp(address, message, signal) : overUdp(address, message, signal);
};

export const socketTransfer: DnsTransfer = async (server, message, isLast, signal) =>
  overTcp(addressOf(server), message, isLast, signal);
