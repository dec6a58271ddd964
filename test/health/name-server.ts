import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import packet, { type Answer, type DecodedPacket, type Question } from 'dns-packet';
import { listening } from './arrange.ts';

const RESPONSE_CODE = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

interface Reply {
  readonly answers?: readonly Answer[];
  readonly code?: keyof typeof RESPONSE_CODE;
  readonly hasAuthority?: boolean;
  readonly isTruncated?: boolean;
  readonly id?: number;
  readonly question?: Question;
}

/** What was asked, over which transport and from which port. */
export interface Asked {
  readonly over: 'udp' | 'tcp';
  readonly query: DecodedPacket;
  readonly port: number;
}

/** Replies to each question in turn; several replies are several datagrams, none is silence. */
export type Answerer = (asked: Asked) => readonly (Reply | Buffer)[];

const encode = (query: DecodedPacket, reply: Reply | Buffer): Buffer => {
  if (Buffer.isBuffer(reply)) return reply;
  const authority = reply.hasAuthority === false ? 0 : packet.AUTHORITATIVE_ANSWER;
  const truncated = reply.isTruncated === true ? packet.TRUNCATED_RESPONSE : 0;
  return packet.encode({
    type: 'response',
    id: reply.id ?? query.id ?? 0,
    flags: authority | truncated | RESPONSE_CODE[reply.code ?? 'NOERROR'],
    questions: reply.question === undefined ? (query.questions ?? []) : [reply.question],
    answers: [...(reply.answers ?? [])],
  });
};

const bound = (socket: Socket, port: number): Promise<void> =>
  new Promise((resolve) => socket.bind(port, '127.0.0.1', resolve));

/** A name server on loopback, one port for UDP and TCP. */
export const nameServer = async (answer: Answerer) => {
  const asked: Asked[] = [];
  const repliesTo = (over: Asked['over'], bytes: Buffer, port: number): readonly Buffer[] => {
    const one = { over, query: packet.decode(bytes), port };
    asked.push(one);
    return answer(one).map((reply) => encode(one.query, reply));
  };
  const tcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      for (const reply of repliesTo('tcp', bytes.subarray(2), socket.remotePort ?? 0)) {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        // In two pieces, as a slow network would deliver it.
        socket.write(length);
        setImmediate(() => socket.write(reply));
      }
    });
  });
  const port = await listening(tcp);
  const udp = createSocket('udp4');
  await bound(udp, port);
  udp.on('message', (bytes, from) => {
    for (const reply of repliesTo('udp', bytes, from.port)) udp.send(reply, from.port, from.address);
  });
  const close = (): void => {
    udp.close();
    tcp.close();
  };
  return { server: `127.0.0.1:${port}`, asked, close };
};

export const address = (data: string, name = 'checkout.example'): Answer => ({ type: 'A', name, ttl: 60, data });
