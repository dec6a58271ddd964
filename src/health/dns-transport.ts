import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';

export interface DnsServer {
  readonly address: string;
  readonly port: number;
}

export interface DnsExchangeOptions<T> {
  readonly server: DnsServer;
  readonly question: Uint8Array;
  /** What the bytes mean, or null when they are no reply to this question and waiting goes on. */
  readonly accept: (bytes: Uint8Array) => T | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Both ways to carry one question. Each rejects with an error that has a code, or with the signal's reason. */
export interface DnsTransport {
  udp<T>(options: DnsExchangeOptions<T>): Promise<T>;
  tcp<T>(options: DnsExchangeOptions<T>): Promise<T>;
}

const late = (): Error => Object.assign(new Error('no reply in time'), { code: 'ETIMEDOUT' });

/** Settles once, whatever comes first, and closes what was opened. */
const exchange = <T>(
  { timeoutMs, signal }: Pick<DnsExchangeOptions<T>, 'timeoutMs' | 'signal'>,
  open: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (signal.aborted) return Promise.reject(signal.reason);
  const close = open(resolve, reject);
  const timer = setTimeout(() => reject(late()), timeoutMs);
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    close();
  });
};

/** A connected socket of its own for every question: a fresh port, and the kernel drops what comes from elsewhere. */
const udp = <T>({ server, question, accept, ...limits }: DnsExchangeOptions<T>): Promise<T> =>
  exchange(limits, (resolve, reject) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    socket.on('error', reject);
    socket.on('message', (bytes) => {
      const reply = accept(bytes);
      if (reply !== null) resolve(reply);
    });
    socket.connect(server.port, server.address, () => socket.send(question));
    return () => socket.close();
  });

const LENGTH_BYTES = 2;

/** The first whole message of a stream (RFC 1035, 4.2.2: two bytes of length before it), or null while it is incomplete. */
const firstMessage = (stream: Buffer): Buffer | null => {
  if (stream.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + stream.readUInt16BE(0);
  return stream.length < end ? null : stream.subarray(LENGTH_BYTES, end);
};

const tcp = <T>({ server, question, accept, ...limits }: DnsExchangeOptions<T>): Promise<T> =>
  exchange(limits, (resolve, reject) => {
    const socket = connect(server.port, server.address);
    let received = Buffer.alloc(0);
    const refuse = (code: string): void => reject(Object.assign(new Error('no usable reply over TCP'), { code }));
    socket.on('error', reject);
    socket.on('close', () => refuse('ECONNRESET'));
    socket.on('connect', () => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(question.length);
      socket.write(Buffer.concat([length, question]));
    });
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      const message = firstMessage(received);
      if (message === null) return;
      const reply = accept(message);
      if (reply === null) refuse('EBADMSG');
      else resolve(reply);
    });
    return () => socket.destroy();
  });

export const socketDnsTransport: DnsTransport = { udp, tcp };
