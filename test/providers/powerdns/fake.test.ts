import { describe, expect, it } from 'vitest';
import { createPowerDnsFake } from '../../../providers/powerdns/fake.ts';
import { luaSet } from '../../contracts/steering/powerdns-world.ts';

const ROOT = '/api/v1/servers/localhost/zones/example.com.';

const arrange = () => {
  const fake = createPowerDnsFake({ now: () => 0, propagationMs: 0, apiKey: 'key-1' });
  fake.dns.addZone('example.com');
  const call = async (method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await fake.handle({
      method,
      path,
      query: {},
      headers: { 'x-api-key': 'key-1', 'content-type': 'application/json', ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    });
    return typeof answer === 'string' ? 0 : answer.status;
  };
  return { fake, call };
};

const set = {
  name: 'www.example.com.',
  type: 'A',
  ttl: 60,
  changetype: 'REPLACE',
  records: [{ content: '192.0.2.1', disabled: false }],
};

describe('the fake of PowerDNS', () => {
  it.each([
    ['no TTL', { ...set, ttl: undefined }],
    ['a TTL that is text', { ...set, ttl: '60' }],
    ['another word for a change', { ...set, changetype: 'EXTEND' }],
    ['a name without its dot', { ...set, name: 'www.example.com' }],
    ['a name of another zone', { ...set, name: 'www.example.org.' }],
    ['a value that is none', { ...set, records: [{ content: '192.0.2.256', disabled: false }] }],
    ['a value twice', { ...set, records: [...set.records, ...set.records] }],
    ['a key that no record set has', { ...set, weight: 7 }],
    ['a key that no record has', { ...set, records: [{ ...set.records[0], weight: 7 }] }],
    ['records where a set is taken away', { ...set, changetype: 'DELETE' }],
  ])('refuses %s, and then nothing has changed', async (_, wrong) => {
    const { fake, call } = arrange();
    const before = fake.dns.serial('example.com');

    expect(await call('PATCH', ROOT, { rrsets: [luaSet('ok.example.com.', ['A "x()"']), wrong] })).toBe(422);
    expect(fake.dns.serial('example.com')).toBe(before);
    expect(fake.patches()).toBe(0);
  });

  it('refuses one record set twice, and a CNAME beside others', async () => {
    const { call } = arrange();
    const cname = { ...set, type: 'CNAME', records: [{ content: 'a.example.com.', disabled: false }] };

    expect(await call('PATCH', ROOT, { rrsets: [set, set] })).toBe(422);
    expect(await call('PATCH', ROOT, { rrsets: [set, cname] })).toBe(422);
  });

  it('takes broken Lua without a word, as the server does, and then answers nothing', async () => {
    const { fake, call } = arrange();

    expect(await call('PATCH', ROOT, { rrsets: [luaSet('www.example.com.', ['A "broken("'])] })).toBe(204);
    expect(fake.answered('example.com', 'www.example.com', 'A')).toEqual([]);
  });

  it('knows its key, its zones and what JSON is', async () => {
    const { call } = arrange();

    expect(await call('GET', ROOT, undefined, { 'x-api-key': 'other' })).toBe(401);
    expect(await call('GET', '/api/v1/servers/localhost/zones/example.org.')).toBe(404);
    expect(await call('PATCH', ROOT, { rrsets: [] }, { 'content-type': 'text/plain' })).toBe(400);
    expect(await call('POST', '/api/v1/servers/localhost/zones', { name: 'example.com.' })).toBe(409);
    expect(await call('PUT', ROOT, {})).toBe(405);
  });
});
