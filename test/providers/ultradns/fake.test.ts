import { describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { createUltraFake, type UltraFake, type UltraFakeOptions } from '../../../providers/ultradns/fake.ts';
import { HOME, sbPool, tcPool } from './arrange.ts';
import { EAST, PAIR, WEST } from './moves.ts';

const FORM = 'application/x-www-form-urlencoded';
const WWW = `/zones/${HOME}/rrsets/A/www.example.com.`;

const open = (options: Partial<UltraFakeOptions> = {}): UltraFake => {
  const fake = createUltraFake({ now: () => 0, ...options });
  fake.zones.add(HOME);
  return fake;
};

const ask = async (fake: UltraFake, request: Partial<FakeRequest>) => {
  const answer = await fake.handle({ method: 'GET', path: '/status', query: {}, headers: {}, body: '', ...request });
  if (typeof answer === 'string') return expect.fail(`the fake answered with "${answer}"`);
  const body: unknown = answer.body === '' ? null : JSON.parse(answer.body);
  const [first = body]: unknown[] = Array.isArray(body) ? body : [body];
  const code = typeof first === 'object' && first !== null && 'errorCode' in first ? first.errorCode : null;
  return { status: answer.status, code, body, headers: answer.headers };
};

const login = (fake: UltraFake, form: Readonly<Record<string, string>>, headers = { 'content-type': FORM }) =>
  ask(fake, { method: 'POST', path: '/authorization/token', headers, body: new URLSearchParams(form).toString() });

const GOOD = { grant_type: 'password', username: 'operator-1', password: 'correct horse' };

const authorised = async (fake: UltraFake) => {
  await login(fake, GOOD);
  return { authorization: 'Bearer access-1' };
};

const send = async (fake: UltraFake, method: string, body: unknown, path = WWW) => {
  const headers = { ...(await authorised(fake)), 'content-type': 'application/json' };
  return ask(fake, { method, path, headers, body: JSON.stringify(body) });
};

const info = (over: Readonly<Record<string, unknown>>) =>
  tcPool(PAIR, { rdataInfo: [{ priority: 1, ...over }, { priority: 1 }] });

describe('the fake of UltraDNS', () => {
  it.each([
    ['no grant', {}, 400, 60005],
    ['no user', { grant_type: 'password', password: 'x' }, 400, 60007],
    ['no password', { grant_type: 'password', username: 'x' }, 400, 60008],
    ['no refresh token', { grant_type: 'refresh_token' }, 400, 60009],
    ['a wrong password', { ...GOOD, password: 'x' }, 401, 60001],
    ['a refresh token that never was', { grant_type: 'refresh_token', refresh_token: 'x' }, 401, 60001],
  ])('refuses a login with %s', async (_, form, status, code) => {
    expect(await login(open(), form)).toMatchObject({ status, code });
  });

  it('locks the account after five failed logins', async () => {
    const fake = open();
    for (let n = 0; n < 5; n += 1) await login(fake, { ...GOOD, password: 'x' });

    expect(await login(fake, GOOD)).toMatchObject({ status: 401, code: 60013 });
  });

  it('takes the login as a form only', async () => {
    expect(await login(open(), GOOD, { 'content-type': 'application/json' })).toMatchObject({
      status: 415,
      code: 240002,
    });
  });

  it.each([
    ['no token', {}, 400, 60004],
    ['a token in another form', { authorization: 'Basic eA==' }, 400, 60003],
    ['a token that never was', { authorization: 'Bearer x' }, 401, 60001],
  ])('refuses a call with %s', async (_, headers, status, code) => {
    expect(await ask(open(), { path: WWW, headers })).toMatchObject({ status, code });
  });

  it.each([
    ['an unknown field', { ...tcPool(PAIR), comment: 'x' }, 53005],
    ['an unknown field of the profile', tcPool(PAIR, { order: 'FIXED' }), 53005],
    ['an unknown field of a record', info({ colour: 'red' }), 53005],
    ['an odd weight', info({ weight: 3 }), 110015],
    ['a weight of zero', info({ weight: 0 }), 110015],
    ['a weight above 100', info({ weight: 102 }), 110015],
    ['another account’s word for a state', info({ state: 'FORCE_FAIL' }), 53005],
    ['a priority of zero', info({ priority: 0 }), 110008],
    ['settings that do not pair', tcPool(PAIR, { rdataInfo: [{ priority: 1 }] }), 110009],
    ['a failure threshold above its records', tcPool(PAIR, { failureThreshold: 3 }), 2951],
    ['more balanced than there are', tcPool(PAIR, { maxToLB: 3 }), 53005],
    [
      'INACTIVE where probes mean nothing',
      tcPool(PAIR, {
        actOnProbes: false,
        rdataInfo: PAIR.map(() => ({ priority: 1, state: 'INACTIVE', runProbes: false })),
      }),
      150016,
    ],
    ['NORMAL where probes run for nothing', tcPool(PAIR, { actOnProbes: false }), 150015],
    ['a SiteBacker field missing its range', sbPool(PAIR, { maxActive: 3 }), 53005],
    ['an order that does not exist', sbPool(PAIR, { order: 'UP' }), 70007],
    ['a record that is no address', { ttl: 60, rdata: ['192.0.2.256'] }, 53005],
    ['several addresses without a pool', { ttl: 60, rdata: [EAST, WEST] }, 53005],
    ['the same record twice', tcPool([{ rdata: EAST }, { rdata: EAST }]), 450001],
    ['a TTL that is a text', { ttl: '60', rdata: [EAST] }, 53005],
    ['an owner that is not the path’s', { ownerName: 'api.example.com.', rdata: [EAST] }, 53005],
  ])('refuses %s', async (_, body, code) => {
    const fake = open();

    expect(await send(fake, 'POST', body)).toMatchObject({ status: 400, code });
    expect(fake.landedWrites()).toBe(0);
  });

  const geo = (...rdataInfo: unknown[]) => ({
    rdata: rdataInfo.map((_, index) => `192.0.2.${index + 1}`),
    profile: { '@context': 'http://schemas.ultradns.com/DirPool.jsonschema', rdataInfo },
  });
  const at = (name: string, ...codes: readonly string[]) => ({ geoInfo: { name, codes } });

  it.each([
    ['territories of two groups that overlap', geo(at('a', 'DE', 'FR'), at('b', 'FR')), 7023],
    ['a territory that does not exist', geo(at('a', 'Germany')), 80002],
    ['a group without territories', geo(at('a')), 80005],
    [
      'a group that is said to be there and is not',
      geo({ geoInfo: { name: 'a', isExistingGroupFromPool: true } }),
      90003,
    ],
    ['a group that is there and is not said to be', geo(at('a', 'DE'), at('a', 'DE')), 90003],
    ['everybody else twice', geo({ allNonConfigured: true }, { allNonConfigured: true }), 53005],
    ['a record for nobody', geo({ ttl: 60 }), 53005],
  ])('refuses a directional pool with %s', async (_, body, code) => {
    expect(await send(open(), 'POST', body)).toMatchObject({ status: 400, code });
  });

  it('keeps territories sorted, and says nothing of a group’s wishes when it answers', async () => {
    const fake = open();
    await send(fake, 'POST', geo(at('a', 'FR', 'DE'), { geoInfo: { name: 'a', isExistingGroupFromPool: true } }));

    const { body } = await ask(fake, { path: WWW, headers: await authorised(fake) });

    const group = { geoInfo: { name: 'a', codes: ['DE', 'FR'] } };
    expect(body).toMatchObject({ rrSets: [{ profile: { rdataInfo: [group, group] } }] });
    expect(JSON.stringify(body)).not.toContain('isExistingGroupFromPool');
  });

  it('adds health to its answers, which changes by itself', async () => {
    const fake = open();
    fake.put(HOME, 'www.example.com', 'A', tcPool(PAIR));
    fake.setIll(EAST, true);

    const { body } = await ask(fake, { path: WWW, headers: await authorised(fake) });

    expect(body).toMatchObject({
      rrSets: [
        {
          rrtype: 'A (1)',
          profile: { status: 'WARNING', rdataInfo: [{ availableToServe: false }, { availableToServe: true }] },
        },
      ],
    });
  });

  it('serves the backup alone once as many records are out as the threshold says', () => {
    const fake = open();
    fake.put(
      HOME,
      'www.example.com',
      'A',
      tcPool([{ rdata: EAST, weight: null }, { rdata: WEST }], { failureThreshold: 1 }),
    );

    expect([...fake.answers(HOME, 'www.example.com', 'A')]).toEqual([['203.0.113.99', 1]]);
  });

  it('serves by weight the first by priority of those that are on', () => {
    const fake = open();
    const records = [
      { rdata: EAST, weight: 20, priority: 2 },
      { rdata: WEST, weight: 60 },
    ];
    fake.put(HOME, 'www.example.com', 'A', tcPool(records));
    const both = [...fake.answers(HOME, 'www.example.com', 'A')];
    fake.put(HOME, 'www.example.com', 'A', tcPool(records, { maxToLB: 1 }));

    expect(both).toEqual([
      [WEST, 0.75],
      [EAST, 0.25],
    ]);
    expect([...fake.answers(HOME, 'www.example.com', 'A')]).toEqual([[WEST, 1]]);
  });

  it('makes and replaces only what is to be made or replaced', async () => {
    const fake = open();
    const plain = { ttl: 60, rdata: [EAST] };

    const answers = [
      await send(fake, 'PUT', plain),
      await send(fake, 'POST', plain),
      await send(fake, 'POST', plain),
      await send(fake, 'PUT', geo({ allNonConfigured: true })),
      await send(fake, 'DELETE', null),
      await send(fake, 'DELETE', null),
    ];

    expect(answers.map(({ status, code }) => code ?? status)).toEqual([70002, 201, 2111, 100013, 204, 70002]);
  });

  it('throttles with 429 and its own code', async () => {
    const fake = open({ perSecond: 1 });
    await login(fake, GOOD);

    expect(await login(fake, GOOD)).toMatchObject({ status: 429, code: 340001 });
  });

  it.each([
    ['a page that is too large', `/zones/${HOME}/rrsets`, { limit: '1001' }, 22000],
    ['a kind that it does not know', `/zones/${HOME}/rrsets`, { q: 'kind:NONE' }, 200001],
    ['a parameter that it does not know', '/v3/zones', { page: '2' }, 53005],
    ['a zone that is not there', '/zones/absent.example./rrsets', {}, 1801],
    ['a record that is not there', WWW, {}, 70002],
  ])('refuses a list of %s', async (_, path, query, code) => {
    const fake = open();

    expect(await ask(fake, { path, query, headers: await authorised(fake) })).toMatchObject({ code });
  });

  it('answers an account without zones with 404, and lists zones by cursor', async () => {
    const empty = createUltraFake({ now: () => 0 });
    const fake = open();
    fake.zones.add('example.net.');
    const path = '/v3/zones';
    const none = await ask(empty, { path, headers: await authorised(empty) });

    const first = await ask(fake, { path, query: { limit: '1' }, headers: await authorised(fake) });
    const last = await ask(fake, {
      path,
      query: { limit: '1', cursor: btoa(HOME) },
      headers: { authorization: 'Bearer access-1' },
    });

    expect(none).toMatchObject({ status: 404, code: 70002 });
    expect(first.body).toMatchObject({ cursorInfo: { next: btoa(HOME) }, zones: [{ properties: { name: HOME } }] });
    expect(last.body).toMatchObject({ cursorInfo: {}, zones: [{ properties: { name: 'example.net.' } }] });
  });
});
