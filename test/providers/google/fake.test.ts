import { describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { arrangeGoogle, type GoogleWorld } from '../../contracts/steering/google-world.ts';
import { readOne, refOf } from '../../contracts/steering/world.ts';

const PATH = '/dns/v1/projects/dns-prod-1/managedZones';

/** A request with a good token, as the provider makes them. */
const asking = async (world: GoogleWorld, extra: Partial<FakeRequest>) => {
  if (world.requests.length === 0) await readOne(world, refOf('www', world.zones.home));
  const authorization = world.requests.at(-1)?.headers['authorization'] ?? '';
  const headers = { authorization, 'content-type': 'application/json', ...extra.headers };
  const answer = await world.fake.handle({
    method: 'POST',
    path: `${PATH}/example-com/changes`,
    query: {},
    body: '',
    ...extra,
    headers,
  });
  if (answer === 'hang' || answer === 'reset') throw new Error(answer);
  return { status: answer.status, reason: JSON.parse(answer.body || '{}').error?.errors?.[0]?.reason };
};

const A = { name: 'new.example.com.', type: 'A', ttl: 60, rrdatas: ['192.0.2.1'] };
const adding = (set: unknown) => ({ body: JSON.stringify({ additions: [set] }) });
const policy = (routingPolicy: unknown) => adding({ ...A, rrdatas: undefined, routingPolicy });
const wrr = (...items: readonly unknown[]) => policy({ wrr: { items } });
const LIVE_FAR = { name: 'far.example.net.', type: 'A', ttl: 60 };

describe('the fake of Cloud DNS refuses', () => {
  const invalid = { status: 400, reason: 'invalid' };

  it.each<readonly [string, Partial<FakeRequest>, unknown]>([
    ['no token', { headers: { authorization: '' } }, { status: 401, reason: 'authError' }],
    ['an unknown token', { headers: { authorization: 'Bearer nobody' } }, { status: 401, reason: 'authError' }],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, { status: 400, reason: 'parseError' }],
    ['no JSON', { body: '{' }, { status: 400, reason: 'parseError' }],
    ['an empty change', { body: '{}' }, { status: 400, reason: 'required' }],
    ['an unknown key', { body: JSON.stringify({ additions: [], extra: 1 }) }, invalid],
    ['an unknown key of a set', adding({ ...A, comment: 'x' }), invalid],
    ['an unknown query', { query: { pretty: '1' } }, invalid],
    ['a name without its dot', adding({ ...A, name: 'new.example.com' }), invalid],
    ['a name of another zone', adding({ ...A, name: 'new.example.net.' }), invalid],
    ['an address that is none', adding({ ...A, rrdatas: ['192.0.2.256'] }), invalid],
    ['a text without quotes', adding({ ...A, type: 'TXT', rrdatas: ['plain'] }), invalid],
    ['an unknown type', adding({ ...A, type: 'WKS' }), invalid],
    ['a TTL that is no number', adding({ ...A, ttl: '60' }), invalid],
    ['data beside a policy', adding({ ...A, routingPolicy: { wrr: { items: [] } } }), invalid],
    ['neither data nor policy', adding({ ...A, rrdatas: undefined }), invalid],
    ['a negative weight', wrr({ weight: -1, rrdatas: ['192.0.2.1'] }), invalid],
    ['a weight in quotes', wrr({ weight: '1', rrdatas: ['192.0.2.1'] }), invalid],
    ['an item without data', wrr({ weight: 1 }), invalid],
    ['a policy without items', wrr(), invalid],
    [
      'wrr beside geo',
      policy({
        wrr: { items: [{ weight: 1, rrdatas: ['192.0.2.1'] }] },
        geo: { items: [{ location: 'us-east1', rrdatas: ['192.0.2.1'] }] },
      }),
      invalid,
    ],
    [
      'one location twice',
      policy({
        geo: {
          items: [
            { location: 'us-east1', rrdatas: ['192.0.2.1'] },
            { location: 'us-east1', rrdatas: ['192.0.2.2'] },
          ],
        },
      }),
      invalid,
    ],
    [
      'checked targets without a check',
      wrr({ weight: 1, healthCheckedTargets: { externalEndpoints: ['192.0.2.1'] } }),
      invalid,
    ],
    [
      'a CNAME beside others',
      adding({ ...A, name: 'www.example.com.', type: 'CNAME', rrdatas: ['a.example.net.'] }),
      { status: 400, reason: 'cnameResourceRecordSetConflict' },
    ],
    ['what is there already', adding({ ...A, name: 'www.example.com.' }), { status: 409, reason: 'alreadyExists' }],
    ['to delete what is not there', { body: JSON.stringify({ deletions: [A] }) }, { status: 404, reason: 'notFound' }],
    [
      'to delete what is there otherwise',
      { body: JSON.stringify({ deletions: [{ ...A, name: 'www.example.com.' }] }) },
      { status: 412, reason: 'conditionNotMet' },
    ],
    [
      'more sets than the quota',
      {
        body: JSON.stringify({
          additions: Array.from({ length: 1001 }, (_, n) => ({ ...A, name: `n${n}.example.com.` })),
        }),
      },
      { status: 403, reason: 'quotaExceeded' },
    ],
    ['an unknown zone', { path: `${PATH}/nowhere/changes` }, { status: 404, reason: 'notFound' }],
    ['another method', { method: 'PUT' }, { status: 405, reason: 'httpMethodNotAllowed' }],
    [
      'a page of another list',
      { method: 'GET', path: `${PATH}/example-com/rrsets`, query: { pageToken: 'x' } },
      invalid,
    ],
    [
      'a type without a name',
      { method: 'GET', path: `${PATH}/example-com/rrsets`, query: { type: 'A' } },
      { status: 400, reason: 'required' },
    ],
    [
      'a zone with records',
      { method: 'DELETE', path: `${PATH}/example-com` },
      { status: 400, reason: 'containerNotEmpty' },
    ],
    [
      'a zone name with capitals',
      { path: PATH, body: JSON.stringify({ name: 'Home', dnsName: 'a.example.', description: '' }) },
      invalid,
    ],
  ])('%s', async (_, request, expected) => {
    const world = await arrangeGoogle();

    expect(await asking(world, request)).toEqual(expected);
    expect(world.fake.landedWrites()).toBe(0);
  });

  it('a weight that is not the one it holds, in a deletion that is right otherwise', async () => {
    const world = await arrangeGoogle();
    const far = (weight: number) => ({
      path: `${PATH}/example-net/changes`,
      body: JSON.stringify({
        deletions: [
          {
            ...LIVE_FAR,
            routingPolicy: {
              wrr: {
                items: [
                  { weight, rrdatas: ['192.0.2.10'] },
                  { weight: 0.02, rrdatas: ['192.0.2.11'] },
                ],
              },
            },
          },
        ],
      }),
    });

    expect(await asking(world, far(0.5))).toEqual({ status: 412, reason: 'conditionNotMet' });
    expect((await asking(world, far(0.01))).status).toBe(200);
  });

  it('an assertion for somebody else, one that lives too long, and one that is not signed', async () => {
    const world = await arrangeGoogle();
    await readOne(world, refOf('www', world.zones.home));
    const good = world.requests.find(({ path }) => path === '/token');
    const [head = '', , signature = ''] = new URLSearchParams(good?.body).get('assertion')?.split('.') ?? [];
    const seconds = Math.floor(world.clock.now() / 1000);
    const claims = {
      iss: 'steer@dns-prod-1.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/ndev.clouddns.readwrite',
      aud: 'http://127.0.0.1:1/token',
      iat: seconds,
      exp: seconds + 300,
    };
    const told = async (wrong: Partial<Record<keyof typeof claims, unknown>>) => {
      const body = Buffer.from(JSON.stringify({ ...claims, ...wrong })).toString('base64url');
      const form = new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: `${head}.${body}.${signature}`,
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await world.fake.handle({
        method: 'POST',
        path: '/token',
        query: {},
        headers,
        body: form.toString(),
      });
      return typeof answer === 'string' ? answer : JSON.parse(answer.body).error_description;
    };

    expect(await told({ aud: 'https://other.example/token' })).toBe('Invalid JWT audience');
    expect(await told({ exp: seconds + 7200 })).toBe('Invalid JWT: Token must be short-lived');
    expect(await told({ iss: 'nobody' })).toBe('Invalid grant: account not found');
    expect(await told({ scope: 'everything' })).toBe('Invalid OAuth scope');
    expect(await told({ iat: seconds - 1 })).toBe('Invalid JWT Signature.');
  });
});
