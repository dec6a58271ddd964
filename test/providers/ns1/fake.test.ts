import { describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { createNs1Fake } from '../../../providers/ns1/fake.ts';
import { answer, record } from '../../contracts/steering/ns1-world.ts';

const PATH = '/v1/zones/example.com/www.example.com/A';

const arrange = (limits = { reads: 900, changes: 300 }) => {
  let now = 0;
  const fake = createNs1Fake({ now: () => now, apiKey: 'key-1', zones: ['example.com'], limits });
  fake.put('example.com', 'www.example.com', 'A', record([answer('east', { up: true, weight: 1 })]));
  const send = async (request: Partial<FakeRequest> = {}) => {
    const headers = { 'x-nsone-key': 'key-1', 'content-type': 'application/json', ...request.headers };
    const told = await fake.handle({ method: 'GET', path: PATH, query: {}, body: '', ...request, headers });
    if (typeof told === 'string') throw new Error(told);
    return { status: told.status, headers: told.headers, body: JSON.parse(told.body) };
  };
  const advance = (ms: number): void => {
    now += ms;
  };
  return { fake, send, advance };
};

const body = (fields: object): string => JSON.stringify(fields);

describe('the fake of NS1', () => {
  it.each<[string, Partial<FakeRequest>, number]>([
    ['another key', { headers: { 'x-nsone-key': 'other' } }, 401],
    ['an unknown zone', { path: '/v1/zones/example.org/www.example.org/A' }, 404],
    ['an unknown record', { path: PATH.replace('www', 'api') }, 404],
    ['another version', { path: PATH.replace('v1', 'v2') }, 404],
    ['query parameters', { query: { limit: '1' } }, 400],
    ['a change of a record that is not there', { method: 'POST', path: PATH.replace('www', 'api'), body: '{}' }, 404],
    ['a record made twice', { method: 'PUT', body: body({ answers: [{ answer: ['192.0.2.1'] }] }) }, 400],
    ['a method that it does not know', { method: 'PATCH', body: '{}' }, 405],
    ['a body that is no JSON', { method: 'POST', body: '{' }, 400],
    ['a body of another kind', { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
  ])('refuses %s', async (_, request, status) => {
    const { send, fake } = arrange();

    expect((await send(request)).status).toBe(status);
    expect(fake.counts().landed).toBe(0);
  });

  it.each<[string, object]>([
    ['an unknown field', { ttls: 5 }],
    ['a TTL as text', { ttl: '60' }],
    ['an unknown filter', { filters: [{ filter: 'down', config: {} }] }],
    ['a filter without its config', { filters: [{ filter: 'up' }] }],
    ['unknown metadata', { meta: { wieght: 5 } }],
    ['a weight below zero', { meta: { weight: -1 } }],
    ['`up` as a word', { meta: { up: 'yes' } }],
    ['a region that is not there', { answers: [{ answer: ['192.0.2.1'], region: 'north' }] }],
    ['too many fields in an answer', { answers: [{ answer: ['192.0.2.1', '192.0.2.2'] }] }],
    ['another zone in the body', { zone: 'example.org' }],
  ])('refuses a change with %s', async (_, fields) => {
    const { send, fake } = arrange();

    const { status, body: said } = await send({ method: 'POST', body: body(fields) });

    expect(status).toBe(400);
    expect(said.message).toMatch(/\S/);
    expect(fake.counts().landed).toBe(0);
  });

  it('replaces what is sent as a whole and keeps what is not', async () => {
    const { send } = arrange();
    const before = (await send()).body;

    const after = (await send({ method: 'POST', body: body({ meta: { note: 'new' } }) })).body;

    expect(after).toEqual({ ...before, meta: { note: 'new' } });
  });

  it('says with each answer what is left, and throttles when nothing is', async () => {
    const { send, advance } = arrange({ reads: 2, changes: 1 });

    const [first, second, third] = [await send(), await send(), await send()];
    advance(300_000);
    const later = await send();

    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
    expect([first, second, third, later].map(({ status }) => status)).toEqual([200, 200, 429, 200]);
  });

  it('answers with every address when nothing in the chain chooses', () => {
    const { fake } = arrange();
    const both = [answer('east', { up: false, weight: 1 }), answer('west', { up: true, weight: 1 })];
    fake.put('example.com', 'www.example.com', 'A', { ...record(both), filters: [] });

    expect(fake.answers('example.com', 'www.example.com', 'A')).toEqual({ east: 1, west: 1 });
  });
});
