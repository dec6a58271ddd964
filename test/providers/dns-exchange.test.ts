import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { socketExchange, socketTransfer } from '../../providers/dns-exchange.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A server that does this with each connection that has asked something. */
const serve = async (answer: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => answer(socket));
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

const framed = (text: string): Buffer => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);

/** All at once, or byte by byte. */
const inPieces = (socket: Socket, bytes: Buffer): void => {
  for (const byte of bytes) socket.write(Buffer.from([byte]));
};

const never = (): AbortSignal => new AbortController().signal;
const question = Buffer.from('question');

describe('DNS over TCP', () => {
  it('gives the one message of an answer, in however many pieces it comes', async () => {
    const server = await serve((socket) => inPieces(socket, framed('answer')));

    expect(Buffer.from(await socketExchange(server, question, 'tcp', never())).toString()).toBe('answer');
  });

  it.each([
    ['at once', (socket: Socket, bytes: Buffer) => void socket.write(bytes)],
    ['byte by byte', inPieces],
  ])('gives every message of a transfer that comes %s, until the last', async (_, send) => {
    const server = await serve((socket) => send(socket, Buffer.concat(['one', 'two', 'end', 'more'].map(framed))));
    const seen: string[] = [];

    await socketTransfer(
      server,
      question,
      (message) => {
        seen.push(Buffer.from(message).toString());
        return seen.at(-1) === 'end';
      },
      never(),
    );

    expect(seen).toEqual(['one', 'two', 'end']);
  });

  it('fails when the server closes before the last message', async () => {
    const server = await serve((socket) => socket.end(framed('one')));

    await expect(socketTransfer(server, question, () => false, never())).rejects.toThrow(/closed without an answer/);
    await expect(socketExchange(server, question, 'tcp', never())).resolves.toHaveLength(3);
  });

  it('ends a transfer with what whoever reads it throws', async () => {
    const server = await serve((socket) => socket.write(framed('one')));
    const refuse = (): boolean => {
      throw new RangeError('not this');
    };

    await expect(socketTransfer(server, question, refuse, never())).rejects.toThrow('not this');
  });

  it('ends when it is aborted, also in the middle of a message', async () => {
    const abort = new AbortController();
    const server = await serve((socket) => {
      socket.write(framed('cut short').subarray(0, 5));
      abort.abort(new Error('enough'));
    });

    await expect(socketExchange(server, question, 'tcp', abort.signal)).rejects.toThrow('enough');
  });

  it('goes to a server that is written as host:port, and to no other', async () => {
    await expect(socketExchange('127.0.0.1', question, 'tcp', never())).rejects.toThrow(TypeError);
  });
});
