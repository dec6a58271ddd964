import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDnsClient, DnsTimeout } from '../../src/sandbox/dns-client.ts';
import { serveDns } from '../../src/sandbox/dns-server.ts';
import type { DnsAnswer, DnsAnswerer, DnsRecord } from '../../src/sandbox/dns-types.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const found = (...data: string[]): DnsAnswer => ({
  rcode: 'NOERROR',
  answers: data.map((value): DnsRecord => ({ name: 'www.example.com.', type: 'A', ttlSeconds: 60, data: value })),
  authority: [],
});

const clientFor = (port: number, timeoutMs = 2000, attempts = 1) =>
  createDnsClient({ port, timeoutMs, attempts, random: () => 0.3 });

const serve = async (answerer: DnsAnswerer) => {
  const server = await serveDns(answerer);
  closers.push(server.close);
  return { ...server, ask: clientFor(server.port) };
};

describe('a DNS server and its client on loopback', () => {
  it('exchange a question and an answer over UDP', async () => {
    const { ask } = await serve(({ name, type }) =>
      found(name === 'www.example.com' && type === 'A' ? '192.0.2.1' : '192.0.2.99'),
    );

    const answer = await ask('www.example.com.', 'A');

    expect(answer).toEqual({
      rcode: 'NOERROR',
      answers: [{ name: 'www.example.com.', type: 'A', ttlSeconds: 60, data: '192.0.2.1' }],
      authority: [],
    });
  });

  it('go on over TCP, on the same port, when the answer is too large for UDP', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    const { ask } = await serve(() => found(...many));

    const answer = await ask('www.example.com', 'A');

    expect(answer.answers.map(({ data }) => data)).toEqual(many);
  });

  it.each(['NXDOMAIN', 'REFUSED', 'SERVFAIL'] as const)('say %s to each other', async (rcode) => {
    const { ask } = await serve(() => ({ rcode, answers: [], authority: [] }));

    const answer = await ask('www.example.com', 'A');

    expect(answer.rcode).toBe(rcode);
  });

  it('serve many at once, each from a port of its own', async () => {
    let asked = 0;
    const { ask } = await serve(() => {
      asked += 1;
      return found(`192.0.2.${asked}`);
    });

    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('www.example.com', 'A')));

    expect(new Set(answers.map((answer) => answer.answers[0]?.data)).size).toBe(100);
  });

  it('a closed server leaves its port to the next one', async () => {
    const first = await serveDns(() => found('192.0.2.1'));
    await first.close();

    const second = await serveDns(() => found('192.0.2.2'), first.port);
    closers.push(second.close);

    expect(second.port).toBe(first.port);
  });
});

describe('a DNS client', () => {
  /** A UDP socket that answers with bytes of its own making. */
  const impostor = async (
    reply: (message: Buffer) => Buffer | undefined,
  ): Promise<{ port: number; asked: () => number }> => {
    let asked = 0;
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      asked += 1;
      const bytes = reply(message);
      if (bytes !== undefined) socket.send(bytes, from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => socket.close(() => resolve())));
    return { port: socket.address().port, asked: () => asked };
  };

  /** The query as a response without answers, but for one thing. */
  const asResponse = (message: Buffer, spoil: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(message);
    bytes.writeUInt16BE(0x8400, 2);
    spoil(bytes);
    return bytes;
  };

  it('takes a response that is its own', async () => {
    const honest = await impostor((message) => asResponse(message, () => {}));

    const answer = await clientFor(honest.port)('www.example.com', 'A');

    expect(answer).toEqual({ rcode: 'NOERROR', answers: [], authority: [] });
  });

  it('gives up after its attempts, each with a time-out', async () => {
    const silent = await impostor(() => undefined);

    await expect(clientFor(silent.port, 30, 3)('www.example.com', 'A')).rejects.toBeInstanceOf(DnsTimeout);
    expect(silent.asked()).toBe(3);
  });

  it.each<readonly [string, (message: Buffer) => Buffer]>([
    ['another id', (message) => asResponse(message, (bytes) => bytes.writeUInt16BE(0xffff, 0))],
    ['to another name', (message) => asResponse(message, (bytes) => bytes.write('x', 13))],
    ['its own question', (message) => message],
    ['garbage', () => Buffer.from('garbage, and more of it')],
  ])('takes no answer that is %s', async (_, reply) => {
    const liar = await impostor(reply);

    await expect(clientFor(liar.port, 30)('www.example.com', 'A')).rejects.toBeInstanceOf(DnsTimeout);
  });

  it('refuses a type that it cannot ask for', async () => {
    await expect(clientFor(1)('www.example.com', 'SVCB')).rejects.toThrow('this client cannot ask for SVCB');
  });

  it('does not wait for ever for a TCP server that says nothing', async () => {
    const truncated = await impostor((message) => {
      const bytes = Buffer.from(message);
      bytes.writeUInt16BE(0x8600, 2);
      return bytes;
    });
    const tcp = createServer((socket) => {
      // Reads and never answers; it goes when the client goes.
      socket.on('error', () => {});
      socket.resume();
    });
    await new Promise<void>((resolve) => tcp.listen(truncated.port, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => tcp.close(() => resolve())));

    await expect(clientFor(truncated.port, 50)('www.example.com', 'A')).rejects.toBeInstanceOf(DnsTimeout);
  });
});
