import { describe, expect, it } from 'vitest';
import type { FakeProfileInput } from '../../../providers/azure/fake/profile-schema.ts';
import { createAzureFake } from '../../../providers/azure/fake.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { endpoint, profile } from '../../contracts/steering/azure-world.ts';

const GROUP = '/subscriptions/subscription-1/resourceGroups/home/providers/Microsoft.Network';
const PROFILE = `${GROUP}/trafficmanagerprofiles/www`;
const A = `${GROUP}/dnsZones/example.com/A/www`;

const arrange = async () => {
  const fake = createAzureFake({ now: () => 0, resourceGroups: ['home'], clientSecret: 's' });
  fake.put('home', 'www', profile('www', [endpoint('east', 100)]));
  fake.createZone('home', 'example.com');
  const form = {
    grant_type: 'client_credentials',
    client_id: 'client-1',
    client_secret: 's',
    scope: 'https://management.azure.com/.default',
  };
  const asked = async (request: Partial<FakeRequest>) => {
    const answer = await fake.handle({
      method: 'GET',
      path: PROFILE,
      query: { 'api-version': '2022-04-01' },
      headers: {},
      body: '',
      ...request,
    });
    if (typeof answer === 'string') throw new Error(answer);
    return {
      status: answer.status,
      body: answer.body === '' ? null : JSON.parse(answer.body),
      headers: answer.headers,
    };
  };
  const login = async (
    fields: Record<string, string>,
    headers = { 'content-type': 'application/x-www-form-urlencoded' },
  ) =>
    asked({
      method: 'POST',
      path: '/tenant-1/oauth2/v2.0/token',
      query: {},
      headers,
      body: new URLSearchParams(fields).toString(),
    });
  const token = (await login(form)).body.access_token;
  const authorization = `Bearer ${token}`;
  const send = (request: Partial<FakeRequest>) =>
    asked({ ...request, headers: { authorization, 'content-type': 'application/json', ...request.headers } });
  return { fake, form, login, asked, send };
};

const DNS = { 'api-version': '2018-05-01' };

describe('the fake of Azure', () => {
  it.each([
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['another client', { client_id: 'other' }, 'unauthorized_client'],
    ['another secret', { client_secret: 'other' }, 'invalid_client'],
    ['another scope', { scope: 'https://graph.microsoft.com/.default' }, 'invalid_scope'],
  ])('refuses a login with %s', async (_, wrong, error) => {
    const { form, login } = await arrange();

    const { status, body } = await login({ ...form, ...wrong });

    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.error).toBe(error);
  });

  it('refuses a login as JSON', async () => {
    const { form, login } = await arrange();

    expect((await login(form, { 'content-type': 'application/json' })).status).toBe(400);
  });

  it.each([
    ['no token', {}],
    ['a made-up token', { authorization: 'Bearer token-9' }],
    ['another scheme', { authorization: 'Basic token-1' }],
  ])('refuses a request with %s', async (_, headers) => {
    const { asked } = await arrange();

    expect((await asked({ headers })).status).toBe(401);
  });

  it.each([
    ['no api-version', { query: {} }, 400, 'MissingApiVersionParameter'],
    ['the api-version of another service', { query: DNS }, 400, 'BadRequest'],
    ['another subscription', { path: PROFILE.replace('subscription-1', 'x') }, 404, 'SubscriptionNotFound'],
    ['an unknown resource group', { path: PROFILE.replace('/home/', '/nowhere/') }, 404, 'ResourceGroupNotFound'],
    ['an unknown profile', { path: `${PROFILE}2` }, 404, 'ResourceNotFound'],
    ['a body that is no JSON', { method: 'PUT', body: '{' }, 400, 'InvalidRequestContent'],
    [
      'a body of another kind',
      { method: 'PUT', headers: { 'content-type': 'text/plain' } },
      415,
      'UnsupportedMediaType',
    ],
    ['a method that it does not know', { method: 'PATCH' }, 405, 'MethodNotAllowed'],
  ])('refuses %s', async (_, request: Partial<FakeRequest>, status, code) => {
    const { send } = await arrange();

    const answer = await send(request);

    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  const base = profile('www', [endpoint('east', 100)]);
  const wrong = (properties: object): unknown => ({ ...base, properties: { ...base.properties, ...properties } });
  const wrongEndpoint = (fields: object): unknown =>
    wrong({ endpoints: [{ ...endpoint('east', 1), properties: { ...endpoint('east', 1).properties, ...fields } }] });

  it.each<[string, unknown]>([
    ['a weight of zero', wrongEndpoint({ weight: 0 })],
    ['a weight above 1000', wrongEndpoint({ weight: 1001 })],
    ['a weight as text', wrongEndpoint({ weight: '5' })],
    ['an unknown field', wrongEndpoint({ wieght: 5 })],
    ['an external endpoint without a target', wrongEndpoint({ target: undefined })],
    ['two endpoints of one name', wrong({ endpoints: [endpoint('east', 1), endpoint('East', 1)] })],
    ['a TTL below zero', wrong({ dnsConfig: { relativeName: 'www', ttl: -1 } })],
    ['an unknown routing method', wrong({ trafficRoutingMethod: 'Fastest' })],
    ['another location', { ...base, location: 'westeurope' }],
    ['no properties', { location: 'global' }],
  ])('refuses a profile with %s', async (_, body) => {
    const { send, fake } = await arrange();

    const { status } = await send({ method: 'PUT', body: JSON.stringify(body) });

    expect(status).toBe(400);
    expect(fake.counts().landed).toBe(0);
  });

  it.each<[string, FakeProfileInput['properties'], string]>([
    [
      'Inactive without an endpoint that is enabled',
      { ...base.properties, endpoints: [endpoint('east', 1, 'Disabled')] },
      'Inactive',
    ],
    ['Disabled when it is off', { ...base.properties, profileStatus: 'Disabled' }, 'Disabled'],
    ['Online otherwise', base.properties, 'Online'],
  ])('says of a profile that it is %s', async (_, properties, status) => {
    const { send, fake } = await arrange();
    fake.put('home', 'www', { ...base, properties });

    const { body } = await send({});

    expect(body.properties.monitorConfig.profileMonitorStatus).toBe(status);
    expect(body.properties.dnsConfig.fqdn).toBe('www.trafficmanager.net');
  });

  it.each<[string, Partial<FakeRequest>, object, number]>([
    ['records of another type', {}, { TTL: 60, AAAARecords: [{ ipv6Address: '2001:db8::1' }] }, 400],
    ['an address that is none', {}, { TTL: 60, ARecords: [{ ipv4Address: '192.0.2.256' }] }, 400],
    ['no TTL', {}, { ARecords: [{ ipv4Address: '192.0.2.1' }] }, 400],
    [
      'records and an alias',
      {},
      { TTL: 60, ARecords: [{ ipv4Address: '192.0.2.1' }], targetResource: { id: '/x' } },
      400,
    ],
    ['neither', {}, { TTL: 60 }, 400],
    ['a stale ETag', { headers: { 'if-match': 'etag-0' } }, { TTL: 60, ARecords: [{ ipv4Address: '192.0.2.1' }] }, 412],
    ['an unknown zone', { path: A.replace('example.com', 'example.org') }, { TTL: 60 }, 404],
  ])('refuses a record set with %s', async (_, request, properties, status) => {
    const { send } = await arrange();

    const answer = await send({ method: 'PUT', path: A, query: DNS, body: JSON.stringify({ properties }), ...request });

    expect(answer.status).toBe(status);
  });

  it('takes a record set once with If-None-Match, and a second time only with its ETag', async () => {
    const { send } = await arrange();
    const body = JSON.stringify({ properties: { TTL: 60, ARecords: [{ ipv4Address: '192.0.2.1' }] } });
    const make = { method: 'PUT', path: A, query: DNS, body };

    const first = await send({ ...make, headers: { 'if-none-match': '*' } });
    const second = await send({ ...make, headers: { 'if-none-match': '*' } });
    const third = await send({ ...make, headers: { 'if-match': first.body.etag } });

    expect([first.status, second.status, third.status]).toEqual([201, 412, 200]);
  });

  it('keeps the SOA and NS of the apex', async () => {
    const { send } = await arrange();

    const answers = [];
    for (const type of ['SOA', 'NS']) {
      const path = `${GROUP}/dnsZones/example.com/${type}/@`;
      answers.push((await send({ method: 'DELETE', path, query: DNS })).status);
    }

    expect(answers).toEqual([400, 400]);
  });
});
