import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { DecodedPacket } from 'dns-packet';
import type { DnsAnswer } from './dns-types.ts';
import { decode, decodeRecord, encode, RCODES } from './dns-wire.ts';

export type DnsClientOptions = {
  readonly port: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Uniform in [0, 1), for the query id. */
  readonly random: () => number;
};

/** Asks one server. Rejects with a `DnsTimeout` when no attempt got an answer. */
export type DnsClient = (name: string, type: string) => Promise<DnsAnswer>;

export class DnsTimeout extends Error {
  override readonly name = 'DnsTimeout';
}

type Asked = { readonly id: number; readonly name: string; readonly type: string; readonly query: Buffer };

/** Types that the packet library can name; a question of another type cannot be asked with it. */
const isKnownType = (type: string): type is 'A' | 'AAAA' | 'CNAME' | 'NS' | 'TXT' | 'MX' | 'SRV' | 'SOA' | 'PTR' =>
  ['A', 'AAAA', 'CNAME', 'NS', 'TXT', 'MX', 'SRV', 'SOA', 'PTR'].includes(type);

const questionOf = (name: string, type: string, random: () => number): Asked => {
  if (!isKnownType(type)) throw new TypeError(`this client cannot ask for ${type}`);
  const id = Math.floor(random() * 65_536);
  const bare = name.replace(/\.$/, '');
  const opt = { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0 } as const;
  const additionals = [{ ...opt, flag_do: false, options: [] }];
  const query = encode({ type: 'query', id, flags: 0, questions: [{ name: bare, type, class: 'IN' }], additionals });
  return { id, name: bare, type, query };
};

/** A stray packet, an answer to somebody else's question or garbage is no answer. */
const readReply = (bytes: Buffer, asked: Asked): DecodedPacket | undefined => {
  try {
    const reply = decode(bytes);
    const [question] = reply.questions ?? [];
    const isMine = reply.id === asked.id && reply.flag_qr && question?.name.toLowerCase() === asked.name.toLowerCase();
    return isMine && question?.type === asked.type ? reply : undefined;
  } catch {
    return undefined;
  }
};

/** One socket for one query, so that the system chooses a fresh source port every time. */
const askUdp = (asked: Asked, port: number, timeoutMs: number): Promise<DecodedPacket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      socket.close();
      finish();
    };
    const timer = setTimeout(() => end(() => reject(new DnsTimeout('no answer over UDP in time'))), timeoutMs);
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('message', (bytes, from) => {
      const reply = from.port === port ? readReply(bytes, asked) : undefined;
      if (reply !== undefined) end(() => resolve(reply));
    });
    socket.send(asked.query, port, '127.0.0.1');
  });

const askTcp = (asked: Asked, port: number, timeoutMs: number): Promise<DecodedPacket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received: Buffer = Buffer.alloc(0);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new DnsTimeout('no answer over TCP in time')));
    socket.on('error', fail);
    socket.on('close', () => reject(new DnsTimeout('the server closed the connection without an answer')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const reply = readReply(received.subarray(2), asked);
      if (reply === undefined) return fail(new Error('the answer over TCP belongs to another question'));
      resolve(reply);
      socket.destroy();
    });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(asked.query.length, 0);
    socket.write(Buffer.concat([length, asked.query]));
  });

const rcodeOf = (reply: DecodedPacket): DnsAnswer['rcode'] => {
  const code = (reply.flags ?? 0) & 0xf;
  if (code === RCODES.NOERROR) return 'NOERROR';
  if (code === RCODES.NXDOMAIN) return 'NXDOMAIN';
  return code === RCODES.REFUSED ? 'REFUSED' : 'SERVFAIL';
};

export const createDnsClient = ({ port, timeoutMs, attempts, random }: DnsClientOptions): DnsClient => {
  const once = async (name: string, type: string): Promise<DnsAnswer> => {
    const asked = questionOf(name, type, random);
    const first = await askUdp(asked, port, timeoutMs);
    const reply = first.flag_tc ? await askTcp(asked, port, timeoutMs) : first;
    return {
      rcode: rcodeOf(reply),
      answers: (reply.answers ?? []).map(decodeRecord),
      authority: (reply.authorities ?? []).map(decodeRecord),
    };
  };

  return async (name, type) => {
    let last: unknown = new DnsTimeout('no attempt was allowed');
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      try {
        return await once(name, type);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        last = error;
      }
    }
    throw last;
  };
};
