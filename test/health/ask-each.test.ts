import { describe, expect, it, onTestFinished } from 'vitest';
import type { ManyQuestions } from '../../src/domain/seen-answers.ts';
import { resolveHost } from '../../src/health/addresses.ts';
import { askEach } from '../../src/health/ask-each.ts';
import { socketDnsTransport } from '../../src/health/dns-transport.ts';
import { type Answerer, address, nameServer } from './name-server.ts';

const EAST = '192.0.2.1';
const WEST = '192.0.2.2';

const serve = async (answer: Answerer) => {
  const server = await nameServer(answer);
  onTestFinished(server.close);
  return server;
};

let lastId = 0;

const ask = (question: Partial<ManyQuestions>, resolve = resolveHost, timeoutMs = 2000) =>
  askEach(
    { name: 'checkout.example.', type: 'A', servers: [], queries: 10, ...question },
    timeoutMs,
    {
      transport: socketDnsTransport,
      resolve,
      freshId: () => {
        lastId += 1;
        return lastId;
      },
      observe: () => {},
    },
    new AbortController().signal,
  );

describe('each server asked for itself', () => {
  it('gets every question, and is counted apart from the others', async () => {
    let turn = 0;
    const one = await serve(() => {
      turn += 1;
      return [{ answers: [address(turn % 5 === 0 ? WEST : EAST)] }];
    });
    const two = await serve(() => [{ answers: [address(WEST), address(EAST)] }]);

    const seen = await ask({ servers: [one.server, two.server], queries: 20 });

    expect(seen.map(({ server, asked, replies }) => [server, asked, replies])).toEqual([
      [
        one.server,
        20,
        expect.arrayContaining([
          { data: [EAST], count: 16 },
          { data: [WEST], count: 4 },
        ]),
      ],
      [two.server, 20, [{ data: [WEST, EAST], count: 20 }]],
    ]);
  });

  it('gets a fresh id from a fresh port each time, without asking it to recurse', async () => {
    const { server, asked } = await serve(() => [{ answers: [address(EAST)] }]);

    await ask({ servers: [server], queries: 25 });

    expect(new Set(asked.map(({ query }) => query.id)).size).toBe(25);
    expect(new Set(asked.map(({ port }) => port)).size).toBeGreaterThan(20);
    expect(asked.some(({ query }) => query.flag_rd)).toBe(false);
  });

  it('is asked again over TCP when its reply did not fit', async () => {
    const { server } = await serve(({ over }) =>
      over === 'udp' ? [{ isTruncated: true }] : [{ answers: [address(EAST), address(WEST)] }],
    );

    const [seen] = await ask({ servers: [server] });

    expect(seen).toMatchObject({ overTcp: 10, replies: [{ data: [EAST, WEST], count: 10 }], failures: [] });
  });

  it.each([
    ['has no authority', { answers: [address(EAST)], hasAuthority: false }, /does not answer with authority/],
    ['fails', { code: 'SERVFAIL' }, /response code 2/],
    ['refuses', { code: 'REFUSED' }, /response code 5/],
  ] as const)('is no answer when it %s, and is given up after three', async (_, reply, because) => {
    const { server, asked } = await serve(() => [reply]);

    const [seen] = await ask({ servers: [server] });

    expect(seen).toMatchObject({ asked: 3, replies: [], isBeyondReach: false });
    expect(seen?.failures).toEqual([{ because: expect.stringMatching(because), count: 3 }]);
    expect(asked).toHaveLength(3);
  });

  it('answers, too, when there is no such name', async () => {
    const { server } = await serve(() => [{ code: 'NXDOMAIN' }]);

    const [seen] = await ask({ servers: [server] });

    expect(seen).toMatchObject({ noSuchName: 10, replies: [{ data: [], count: 10 }], failures: [] });
  });

  it('is told apart by its addresses, each of which is asked', async () => {
    const { server } = await serve(() => [{ answers: [address(EAST)] }]);
    const port = server.split(':')[1];

    const seen = await ask({ servers: [`ns1.example:${port}`], queries: 2 }, async () => ['127.0.0.1', '127.0.0.1']);
    const none = await ask({ servers: ['ns1.example:53', 'nonsense'], queries: 2 }, async () => []);

    expect(seen.map(({ address: at, asked }) => [at, asked])).toEqual([['127.0.0.1', 2]]);
    expect(none.map(({ address: at, failures }) => [at, failures[0]?.because])).toEqual([
      [null, 'ns1.example:53 has no address'],
      [null, '"nonsense" is no name server: host:port is expected'],
    ]);
  });

  it('that never answers does not keep the others waiting for every question', async () => {
    const silent = await serve(() => []);
    const good = await serve(() => [{ answers: [address(EAST)] }]);

    const [lost, seen] = await ask({ servers: [silent.server, good.server], queries: 50 }, resolveHost, 30);

    expect(lost).toMatchObject({ asked: 3, replies: [], isBeyondReach: false });
    expect(seen?.replies).toEqual([{ data: [EAST], count: 50 }]);
  });
});
