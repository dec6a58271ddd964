import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.page.close();
  house.workspace.shutDown();
});

/** fetch sets Host itself; a rebound name needs the bare client. */
const statusWithHost = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: house.page.port, path: '/', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

const SAY = JSON.stringify({ kind: 'type', as: 'U0OPERATOR', channel: 'C0OPS', thread: null, text: 'hello' });
const said = (): readonly string[] => house.workspace.messages('U0OPERATOR', 'C0OPS').map(({ text }) => text);

describe("the page's server", () => {
  it('listens on loopback only and serves a page that no other may frame, read, keep or put scripts into', async () => {
    const answer = await house.get('/');

    expect(answer.status).toBe(200);
    expect(house.page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(await answer.text()).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style="/);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example'])(
    'refuses the host name %j, which may have been pointed at this machine',
    async (host) => {
      expect(await statusWithHost(host)).toBeGreaterThanOrEqual(400);
    },
  );

  it('answers to its two names', async () => {
    const { port } = house.page;

    expect(await statusWithHost(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusWithHost(`localhost:${port}`)).toBe(200);
  });

  it.each([
    ['of another origin', { origin: 'https://evil.example' }, 403],
    ['of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['of a sandboxed frame', { origin: 'null' }, 403],
    ['without an origin', { origin: '' }, 403],
    ['that a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['that a browser calls same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['of a plain form', { 'content-type': 'text/plain' }, 415],
    ['of an encoded form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('does nothing for an act %s', async (_, headers, status) => {
    const answer = await house.post(SAY, headers);

    expect(answer.status).toBe(status);
    expect(said()).toEqual([]);
  });

  it('acts for its own page', async () => {
    const answer = await house.post(SAY, { 'sec-fetch-site': 'same-origin' });

    expect(answer.status).toBe(200);
    expect(said()).toEqual(['hello']);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS'])('serves no %s', async (method) => {
    const answer = await fetch(`${house.page.url}act`, { method });

    expect(answer.status).toBe(405);
  });

  it.each([
    ['nothing', ''],
    ['half a document', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown kind', '{"kind":"deleteEverything"}'],
    ['too few fields', '{"kind":"type","as":"U0OPERATOR"}'],
    ['too many fields', JSON.stringify({ ...JSON.parse(SAY), more: true })],
    ['a field of another type', JSON.stringify({ kind: 'switch', id: 'slack-out', isOn: 'yes' })],
    ['a text without end', JSON.stringify({ ...JSON.parse(SAY), text: 'x'.repeat(20_000) })],
  ])('refuses an act of %s', async (_, body) => {
    expect((await house.post(body)).status).toBe(400);
  });

  it('takes no more bytes than an act can have', async () => {
    const answer = await house.post(`"${'x'.repeat(300_000)}"`).catch(() => null);

    expect(answer?.status ?? 413).toBe(413);
  });

  it.each([
    '/../package.json',
    '/browser/../guards.ts',
    '/browser/%2e%2e/guards.ts',
    '/browser/..%2fguards.ts',
    '/guards.ts',
    '/style/../guards.ts',
    '/style/none.css',
    '/browser/none.ts',
    '/file/../../package.json',
    '/file/F0NONE',
    '/act',
  ])('has nothing at %s', async (path) => {
    expect((await house.get(path)).status).toBe(404);
  });

  it('serves its modules as scripts without types, its styles, and the library of charts', async () => {
    const main = await house.get('/browser/main.ts');
    const text = await main.text();
    const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => new URL(path, 'http://x/browser/'));
    const found = await Promise.all(imports.map(({ pathname }) => house.get(pathname)));
    const style = await house.get('/style/base.css');
    const library = await house.get('/vendor/echarts.mjs');

    expect(main.headers.get('content-type')).toContain('text/javascript');
    expect(text).not.toContain('import type');
    expect(imports.length).toBeGreaterThan(5);
    expect(found.map(({ status }) => status)).toEqual(found.map(() => 200));
    expect(style.headers.get('content-type')).toContain('text/css');
    expect((await library.text()).length).toBeGreaterThan(500_000);
  });

  it('says so when the port that is asked for is taken', async () => {
    const taken = openHouse(house.page.port);

    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
