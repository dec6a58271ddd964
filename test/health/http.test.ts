import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SignalSource } from '../../src/domain/signals.ts';
import { resolveHost } from '../../src/health/addresses.ts';
import { type HttpProbeOptions, httpProbe } from '../../src/health/http.ts';
import { sendHttp } from '../../src/health/http-send.ts';
import { becauseOf, callLog, listening, NOW, signalOf, stateOf, webServer } from './arrange.ts';

type HttpSource = Extract<SignalSource, { kind: 'http' }>;

const page = (url: string, overrides: Partial<HttpSource> = {}): HttpSource => ({
  kind: 'http',
  url,
  timeoutMs: 2000,
  expectStatus: { from: 200, to: 299 },
  allowPrivateAddress: true,
  ...overrides,
});

const ask = async (
  source: HttpSource,
  overrides: Partial<HttpProbeOptions> = {},
  signal = new AbortController().signal,
) => {
  const probe = httpProbe({
    resolve: resolveHost,
    send: sendHttp,
    observe: () => {},
    connectTimeoutMs: 2000,
    ...overrides,
  });
  const [reading] = await probe.read([signalOf(source)], NOW, signal);
  return reading;
};

const serve = async (...args: Parameters<typeof webServer>) => {
  const server = await webServer(...args);
  onTestFinished(server.close);
  return server;
};

/** A server below HTTP, e.g. one that never answers. */
const serveRaw = async (onConnection: Parameters<typeof createServer>[1]) => {
  const server = createServer(onConnection);
  const port = await listening(server);
  onTestFinished(() => void server.close());
  return port;
};

const failingWith = (code: string) => () => Promise.reject(Object.assign(new Error('secret'), { code }));

describe('a health page', () => {
  it('is ok inside the expected range of status, both ends included, and alarm outside', async () => {
    const { url } = await serve((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      response.end('well');
    });

    const readings = await Promise.all([200, 299, 300, 404, 503].map((status) => ask(page(`${url}/${status}`))));

    expect(readings.map(stateOf)).toEqual(['ok', 'ok', 'alarm', 'alarm', 'alarm']);
    expect(becauseOf(readings[4])).toBe(`GET ${url}/503 answered 503, 200 to 299 expected`);
  });

  it('is asked under its own name at the address that was checked', async () => {
    let host = '';
    const { port } = await serve((request, response) => {
      host = request.headers.host ?? '';
      response.end();
    });

    const reading = await ask(page(`http://checkout.example:${port}/`), { resolve: async () => ['127.0.0.1'] });

    expect(stateOf(reading)).toBe('ok');
    expect(host).toBe(`checkout.example:${port}`);
  });

  it('is resolved once: a name that changes its address between check and use changes nothing', async () => {
    const { port } = await serve((_, response) => response.end());
    const answers = [['127.0.0.1'], ['169.254.169.254']];

    const reading = await ask(page(`http://checkout.example:${port}/`), { resolve: async () => answers.shift() ?? [] });

    expect(stateOf(reading)).toBe('ok');
    expect(answers).toEqual([['169.254.169.254']]);
  });

  it('that redirects is not followed', async () => {
    let asked = 0;
    const other = await serve((_, response) => {
      asked += 1;
      response.end();
    });
    const { url } = await serve((_, response) => response.writeHead(302, { location: other.url }).end());

    const reading = await ask(page(url));

    expect([stateOf(reading), asked]).toEqual(['alarm', 0]);
  });

  it('is not read to the end when it is endless, and still counts', async () => {
    const { url } = await serve((_, response) => {
      const writing = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(writing));
    });

    const reading = await ask(page(url));

    expect(stateOf(reading)).toBe('ok');
  });

  it('is asked once for all signals that want it', async () => {
    let asked = 0;
    const { url } = await serve((_, response) => {
      asked += 1;
      response.end();
    });
    const log = callLog();
    const probe = httpProbe({ resolve: resolveHost, send: sendHttp, observe: log.observe, connectTimeoutMs: 2000 });

    const readings = await probe.read(
      [signalOf(page(url), 'one'), signalOf(page(url), 'two')],
      NOW,
      new AbortController().signal,
    );

    expect(readings.map(({ signal }) => signal)).toEqual(['one', 'two']);
    expect(asked).toBe(1);
    expect(log.calls).toEqual([{ backend: 'http', action: 'GET', outcome: 'ok' }]);
  });
});

describe('a health page that does not answer', () => {
  it('is alarm when the connection is refused', async () => {
    const port = await serveRaw(() => {});
    const { url, close } = await webServer(() => {});
    await close();

    const reading = await ask(page(url));

    expect(port).toBeGreaterThan(0);
    expect(stateOf(reading)).toBe('alarm');
    expect(becauseOf(reading)).toContain('ECONNREFUSED');
  });

  it('is alarm when it is silent, resets, speaks no HTTP or stops in the middle of its answer', async () => {
    const silent = await serveRaw(() => {});
    const resets = await serveRaw((socket) => socket.resetAndDestroy());
    const rubbish = await serveRaw((socket) => socket.end('220 mail ready\r\n\r\n'));
    const half = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab'));

    const readings = await Promise.all(
      [silent, resets, rubbish, half].map((port) => ask(page(`http://127.0.0.1:${port}/`, { timeoutMs: 150 }))),
    );

    expect(readings.map(stateOf)).toEqual(['alarm', 'alarm', 'alarm', 'alarm']);
    expect(becauseOf(readings[0])).toContain('ETIMEDOUT');
  });

  it('is alarm when TLS fails or never ends', async () => {
    const { port } = await serve((_, response) => response.end());
    const silent = await serveRaw(() => {});

    const plain = await ask(page(`https://127.0.0.1:${port}/`));
    const stalled = await ask(page(`https://127.0.0.1:${silent}/`), { connectTimeoutMs: 100 });

    expect([stateOf(plain), stateOf(stalled)]).toEqual(['alarm', 'alarm']);
    expect(becauseOf(stalled)).toContain('ETIMEDOUT');
  });

  it.each(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EMFILE', 'ERR_INVALID_CHAR'])(
    'rule 6: is an error, not a FAIL, when steer itself may be at fault (%s)',
    async (code) => {
      const reading = await ask(page('http://192.0.2.1/'), { send: failingWith(code) });

      expect(reading?.kind).toBe('error');
      expect(becauseOf(reading)).toBe(`GET http://192.0.2.1/ got no usable answer (${code})`);
    },
  );

  it('rule 6: is an error when the name cannot be resolved, or the caller gives up', async () => {
    const silent = await serveRaw(() => {});
    const controller = new AbortController();

    const unresolved = await ask(page('http://checkout.example/'), { resolve: failingWith('ENOTFOUND') });
    const nowhere = await ask(page('http://checkout.example/'), { resolve: async () => [] });
    const pending = ask(page(`http://127.0.0.1:${silent}/`), {}, controller.signal);
    controller.abort();

    expect([unresolved?.kind, nowhere?.kind, (await pending)?.kind]).toEqual(['error', 'error', 'error']);
  });
});

describe('an address that must not be asked', () => {
  const never = () => Promise.reject(new Error('must not be sent'));
  const refused = async (address: string, allowPrivateAddress: boolean): Promise<boolean> => {
    let isSent = false;
    await ask(page('http://checkout.example/', { allowPrivateAddress }), {
      resolve: async () => ['8.8.8.8', address],
      send: () => {
        isSent = true;
        return never();
      },
    });
    return !isSent;
  };

  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd12::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
  ])('is %s, unless the config allows it', async (address) => {
    expect(await refused(address, false)).toBe(true);
    expect(await refused(address, true)).toBe(false);
  });

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fe80::1',
    '0.0.0.0',
    '224.0.0.1',
    'fd00:ec2::254',
    'not-an-address',
  ])('is %s, whatever the config says', async (address) => {
    expect(await refused(address, true)).toBe(true);
  });

  it('is not a public one', async () => {
    expect(await refused('203.0.113.7', false)).toBe(false);
    expect(await refused('2600:1f00::1', false)).toBe(false);
  });

  it.each(['ftp://checkout.example/', 'no url', 'http://user:secret@checkout.example/'])(
    'is the URL %s, and its secret is not shown',
    async (url) => {
      const reading = await ask(page(url), { send: never });

      expect(reading?.kind).toBe('error');
      expect(becauseOf(reading)).not.toContain('secret');
    },
  );

  it('may have a query, which is not shown', async () => {
    const reading = await ask(page('http://checkout.example/health?key=secret'), {
      resolve: async () => ['192.0.2.1'],
      send: async () => ({ status: 500 }),
    });

    expect(becauseOf(reading)).toBe('GET http://checkout.example/health answered 500, 200 to 299 expected');
  });
});
