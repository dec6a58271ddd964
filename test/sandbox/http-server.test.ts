import { afterEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, serveHttp } from '../../src/sandbox/http-server.ts';
import type { WireHandler, WireRequest } from '../../src/sandbox/wire.ts';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const serve = async (handler: WireHandler): Promise<LoopbackServer> => {
  const server = await serveHttp(handler);
  servers.push(server);
  return server;
};

describe('a fake behind a loopback socket', () => {
  it('gets method, path, query, headers and body as they were sent, and answers as it likes', async () => {
    const seen: WireRequest[] = [];
    const { url } = await serve(async (request) => {
      seen.push(request);
      return { status: 418, headers: { 'x-tea': 'green' }, body: 'short and stout ☕' };
    });

    const answer = await fetch(`${url}/a%20b/c?x=1%2B1&y=`, {
      method: 'POST',
      headers: { 'X-Loud': 'Yes' },
      body: 'größe',
    });

    expect(seen[0]).toMatchObject({ method: 'POST', path: '/a%20b/c', query: { x: '1+1', y: '' }, body: 'größe' });
    expect(seen[0]?.headers['x-loud']).toBe('Yes');
    expect([answer.status, answer.headers.get('x-tea'), await answer.text()]).toEqual([
      418,
      'green',
      'short and stout ☕',
    ]);
  });

  it('can break the connection instead of answering', async () => {
    const { url } = await serve(async () => 'reset');

    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('can leave a request hanging, and still be closed', async () => {
    const server = await serveHttp(async () => 'hang');
    const pending = fetch(server.url).catch((error: unknown) => error);

    const early = await Promise.race([pending, new Promise((resolve) => setImmediate(() => resolve('still waiting')))]);
    await server.close();

    expect(early).toBe('still waiting');
    expect(await pending).toBeInstanceOf(TypeError);
  });

  it('that throws is seen as broken at once', async () => {
    const { url } = await serve(async () => {
      throw new Error('a bug in the fake');
    });

    const answer = await fetch(url);

    expect([answer.status, await answer.text()]).toEqual([500, 'the fake failed: a bug in the fake']);
  });
});
