import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SignalSource } from '../../src/domain/signals.ts';
import { resolveHost } from '../../src/health/addresses.ts';
import { type AuthoritativeQuestion, askAuthoritative, type DnsAsker } from '../../src/health/ask-authoritative.ts';
import { dnsAnswersProbe } from '../../src/health/dns-answers.ts';
import { decodeReply, encodeQuestion, normalAnswer } from '../../src/health/dns-message.ts';
import { socketDnsTransport } from '../../src/health/dns-transport.ts';
import { becauseOf, callLog, NOW, numberOf, signalOf } from './arrange.ts';
import { type Answerer, address, nameServer } from './name-server.ts';

const EAST = '192.0.2.1';
const WEST = '192.0.2.2';

const ids = (() => {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
})();

const asker = (overrides: Partial<DnsAsker> = {}): DnsAsker => ({
  transport: socketDnsTransport,
  resolve: resolveHost,
  freshId: ids,
  observe: () => {},
  ...overrides,
});

const serve = async (answer: Answerer) => {
  const server = await nameServer(answer);
  onTestFinished(server.close);
  return server;
};

const ask = (overrides: Partial<AuthoritativeQuestion>, who = asker(), signal = new AbortController().signal) =>
  askAuthoritative(
    { name: 'checkout.example.', type: 'A', servers: [], queries: 1, timeoutMs: 2000, ...overrides },
    who,
    signal,
  );

describe('authoritative servers', () => {
  it('are asked in turn, and what they answer is counted', async () => {
    let turn = 0;
    const one = await serve(() => {
      turn += 1;
      return [{ answers: [address(turn % 4 === 0 ? WEST : EAST)] }];
    });
    const two = await serve(() => [{ answers: [address(WEST)] }]);

    const seen = await ask({ servers: [one.server, two.server], queries: 16 });

    expect([one.asked.length, two.asked.length]).toEqual([8, 8]);
    expect(seen).toEqual({
      asked: 16,
      answered: 16,
      answers: [
        { data: [WEST], count: 10 },
        { data: [EAST], count: 6 },
      ],
      failures: [],
    });
  });

  it('get every question with RD=0, a fresh id and a fresh port', async () => {
    const { server, asked } = await serve(() => [{ answers: [address(EAST)] }]);

    await ask({ servers: [server], queries: 12 });

    expect(new Set(asked.map(({ query }) => query.id)).size).toBe(12);
    expect(new Set(asked.map(({ port }) => port)).size).toBe(12);
    expect(asked.every(({ query }) => !query.flag_rd)).toBe(true);
  });

  it('each get at least one question, and a name that does not exist is an answer', async () => {
    const one = await serve(() => [{ code: 'NXDOMAIN' }]);
    const two = await serve(() => [{}]);

    const seen = await ask({ servers: [one.server, two.server], queries: 1 });

    expect(seen).toMatchObject({ asked: 2, answered: 2, answers: [{ data: [], count: 2 }] });
  });

  it('are asked again over TCP when the reply did not fit', async () => {
    const { server, asked } = await serve(({ over }) => [
      over === 'udp' ? { isTruncated: true } : { answers: [address(WEST), address(EAST)] },
    ]);

    const seen = await ask({ servers: [server] });

    expect(asked.map(({ over }) => over)).toEqual(['udp', 'tcp']);
    expect(seen.answers).toEqual([{ data: [EAST, WEST], count: 1 }]);
  });

  it('are believed only with the right id and question; rubbish before the reply is ignored', async () => {
    const forged = { answers: [address('203.0.113.66')] };
    const { server } = await serve(({ query }) => [
      { ...forged, id: ((query.id ?? 0) + 1) % 65_536 },
      { ...forged, question: { type: 'A', name: 'other.example' } },
      { ...forged, question: { type: 'AAAA', name: 'checkout.example' } },
      Buffer.from('rubbish'),
      Buffer.alloc(0),
      { answers: [address(EAST)], question: { type: 'A', name: 'CheckOut.Example' } },
    ]);

    const seen = await ask({ servers: [server] });

    expect(seen.answers).toEqual([{ data: [EAST], count: 1 }]);
  });

  it.each([
    ['refuses', { code: 'REFUSED' as const }, 'answers with response code 5'],
    ['fails', { code: 'SERVFAIL' as const }, 'answers with response code 2'],
    ['has no authority', { hasAuthority: false, answers: [address(EAST)] }, 'does not answer with authority'],
    ['truncates over TCP, too', { isTruncated: true }, 'truncates over TCP, too'],
  ])('count for nothing where one %s', async (_, reply, words) => {
    const { server } = await serve(() => [reply]);

    const seen = await ask({ servers: [server], queries: 3 });

    expect(seen).toEqual({ asked: 3, answered: 0, answers: [], failures: [`${server} ${words}`] });
  });

  it('count for nothing where one is silent, gone, unknown or misspelt, and the others still count', async () => {
    const silent = await serve(() => []);
    const gone = await nameServer(() => []);
    gone.close();
    const well = await serve(() => [{ answers: [address(EAST)] }]);
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const servers = [silent.server, gone.server, 'ns.example:53', 'misspelt', well.server];
    const log = callLog();

    const seen = await ask({ servers, timeoutMs: 100 }, asker({ resolve, observe: log.observe }));

    expect(seen).toMatchObject({ asked: 5, answered: 1, answers: [{ data: [EAST], count: 1 }] });
    expect(seen.failures).toEqual([
      `asking ${silent.server} got no usable answer (ETIMEDOUT)`,
      `asking ${gone.server} got no usable answer (ECONNREFUSED)`,
      'resolving ns.example got no usable answer (ENOTFOUND)',
      '"misspelt" is no name server: host:port is expected',
    ]);
    expect(log.calls.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'failed', 'ok']);
  });

  it('are left alone once the caller gives up', async () => {
    const { server } = await serve(() => []);
    const controller = new AbortController();

    const pending = ask({ servers: [server], queries: 40, timeoutMs: 60_000 }, asker(), controller.signal);
    controller.abort();

    expect((await pending).failures).toEqual([`asking ${server} was not answered in time (AbortError)`]);
  });

  it('cannot be asked for a type whose answers cannot be compared', async () => {
    const { server, asked } = await serve(() => [{}]);

    const seen = await ask({ servers: [server], type: 'AXFR' });

    expect(seen.failures).toEqual(['answers of type AXFR cannot be compared']);
    expect(asked).toEqual([]);
  });
});

describe('a share by answers', () => {
  type DnsSource = Extract<SignalSource, { kind: 'dns-answers' }>;
  const share = (servers: readonly string[], answers: readonly string[]): DnsSource => ({
    kind: 'dns-answers',
    name: 'checkout.example.',
    type: 'A',
    servers,
    queries: 8,
    answers,
    timeoutMs: 2000,
  });

  it('is the part of the answers that belong to the region, and regions share the questions', async () => {
    let turn = 0;
    const { server, asked } = await serve(() => {
      turn += 1;
      return [{ answers: [address(turn % 4 === 0 ? WEST : EAST)] }];
    });

    const readings = await dnsAnswersProbe(asker()).read(
      [signalOf(share([server], [EAST]), 'east'), signalOf(share([server], [WEST]), 'west')],
      NOW,
      new AbortController().signal,
    );

    expect(readings.map(numberOf)).toEqual([7500, 2500]);
    expect(readings[0]).toMatchObject({ kind: 'number', latest: { at: NOW, sampleCount: 8 }, lastWeek: null });
    expect(asked).toHaveLength(8);
  });

  it('rule 6: is an error, not zero, when nobody answers', async () => {
    const { server } = await serve(() => [{ code: 'REFUSED' }]);

    const [reading] = await dnsAnswersProbe(asker()).read(
      [signalOf(share([server], [EAST]))],
      NOW,
      new AbortController().signal,
    );

    expect(reading?.kind).toBe('error');
    expect(becauseOf(reading)).toContain('0 of 8 answered');
  });

  it('rule 6: is an error without a server to ask', async () => {
    const [reading] = await dnsAnswersProbe(asker()).read(
      [signalOf(share([], [EAST]))],
      NOW,
      new AbortController().signal,
    );

    expect(reading?.kind).toBe('error');
  });
});

describe('answers', () => {
  it('have one form each', () => {
    expect(normalAnswer('2001:DB8:0:0::1')).toBe('2001:db8::1');
    expect(normalAnswer('LB.Example.')).toBe('lb.example');
    expect(normalAnswer(' 192.0.2.1')).toBe('192.0.2.1');
    expect(normalAnswer('no:address')).toBe('no:address');
  });

  it('are never read out of bytes that are no reply', () => {
    const question = { id: 7, name: 'checkout.example', type: 'A' as const };

    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(decodeReply(bytes, question)).toBe(null);
      }),
    );
    expect(decodeReply(encodeQuestion(question), question)).toBe(null);
  });
});
