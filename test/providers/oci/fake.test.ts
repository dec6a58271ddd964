import { describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import type { HttpRequest } from '../../../providers/http.ts';
import { settingsOf } from '../../../providers/oci/settings.ts';
import { signed } from '../../../providers/oci/sign.ts';
import { arrangeOci, COMPARTMENT, OCI_CONFIG, type OciWorld, PRIVATE_KEY } from '../../contracts/steering/oci-world.ts';

const IN = { compartmentId: COMPARTMENT };

/** The code of what the fake answers to a request that is signed well; `tamper` changes it afterwards. */
const asking = async (
  world: OciWorld,
  {
    method = 'GET',
    path,
    query = {},
    body = null,
    headers = {},
  }: Partial<HttpRequest> & Pick<FakeRequest, 'path'> & { query?: Readonly<Record<string, string>> },
  tamper: (request: FakeRequest) => FakeRequest = (request) => request,
): Promise<string> => {
  const search = new URLSearchParams(query).toString();
  const url = `http://127.0.0.1:1/20180115${path}${search === '' ? '' : `?${search}`}`;
  const request = signed({ method, url, headers, body }, settingsOf(OCI_CONFIG), PRIVATE_KEY, world.clock.now());
  const answer = await world.fake.handle(
    tamper({ method, path: `/20180115${path}`, query, headers: request.headers, body: body ?? '' }),
  );
  if (answer === 'hang' || answer === 'reset') return answer;
  return answer.status < 300 ? `${answer.status}` : `${answer.status} ${JSON.parse(answer.body).code}`;
};

const policyPath = (world: OciWorld): string =>
  `/steeringPolicies/${world.fake.policyOf(world.zones.home, 'api.example.com').id}`;

describe('the fake of OCI takes a request only when it is signed', () => {
  const withHeader = (name: string, value: string) => (request: FakeRequest) => ({
    ...request,
    headers: { ...request.headers, [name]: value },
  });

  it.each<readonly [string, (request: FakeRequest) => FakeRequest]>([
    ['at all', withHeader('authorization', '')],
    ['for this path', (request) => ({ ...request, path: `${request.path}x` })],
    ['for these questions', (request) => ({ ...request, query: { ...request.query, limit: '5' } })],
    ['for this method', (request) => ({ ...request, method: 'POST' })],
    ['about now', withHeader('x-date', new Date(0).toUTCString())],
  ])('%s', async (_, tamper) => {
    const world = await arrangeOci();

    expect(await asking(world, { path: '/zones', query: IN })).toBe('200');
    expect(await asking(world, { path: '/zones', query: IN }, tamper)).toBe('401 NotAuthenticated');
  });

  it('with its body', async () => {
    const world = await arrangeOci();
    const request = { method: 'PUT', path: policyPath(world), body: '{"ttl":60}' } as const;

    expect(await asking(world, request, (sent) => ({ ...sent, body: '{"ttl":90}' }))).toBe('401 NotAuthenticated');
    expect(await asking(world, request)).toBe('200');
  });
});

describe('the fake of OCI refuses', () => {
  it.each<readonly [string, Record<string, unknown> | string, string]>([
    ['no JSON', '{', '400 InvalidParameter'],
    ['an unknown key', { id: 'x' }, '400 InvalidParameter'],
    ['a TTL in quotes', { ttl: '60' }, '400 InvalidParameter'],
    ['an unknown template', { template: 'BALANCED' }, '400 InvalidParameter'],
    ['an answer without data', { answers: [{ name: 'east', rtype: 'A' }] }, '400 InvalidParameter'],
    ['an address that is none', { answers: [{ name: 'east', rtype: 'A', rdata: 'x' }] }, '400 InvalidParameter'],
    ['a template without its FILTER rule', { rules: [{ ruleType: 'LIMIT', defaultCount: 1 }] }, '400 InvalidParameter'],
    ['a monitor without its HEALTH rule', { healthCheckMonitorId: 'ocid1.httpmonitor.oc1..x' }, '400 InvalidParameter'],
    ['an unknown rule', { rules: [{ ruleType: 'SHUFFLE' }] }, '400 InvalidParameter'],
    [
      'a weight above 255',
      { rules: [{ ruleType: 'WEIGHTED', defaultAnswerData: [{ answerCondition: 'x', value: 256 }] }] },
      '400 InvalidParameter',
    ],
  ])('a policy with %s', async (_, body, code) => {
    const world = await arrangeOci();
    const text = typeof body === 'string' ? body : JSON.stringify(body);

    expect(await asking(world, { method: 'PUT', path: policyPath(world), body: text })).toBe(code);
    expect(world.fake.landedWrites()).toBe(0);
  });

  it('a stale ETag, an unknown resource, an unknown question and another method', async () => {
    const world = await arrangeOci();
    const put = { method: 'PUT', path: policyPath(world), body: '{"ttl":60}' } as const;

    expect(await asking(world, { ...put, headers: { 'if-match': '"0ocid"' } })).toBe('412 NoEtagMatch');
    expect(await asking(world, { ...put, path: '/steeringPolicies/none' })).toBe('404 NotAuthorizedOrNotFound');
    expect(await asking(world, { path: '/zones', query: { ...IN, all: '1' } })).toBe('400 InvalidParameter');
    expect(await asking(world, { path: '/zones' })).toBe('404 NotAuthorizedOrNotFound');
    expect(await asking(world, { method: 'DELETE', path: '/zones', query: IN })).toBe('405 MethodNotAllowed');
  });

  it.each([
    ['a condition on what is not there', [{ operation: 'REQUIRE', rdata: '192.0.2.1' }], '409 PreconditionFailed'],
    ['an operation that is none', [{ operation: 'REPLACE', rdata: '192.0.2.1' }], '400 InvalidParameter'],
    ['a record without a TTL', [{ operation: 'ADD', rdata: '192.0.2.1' }], '400 InvalidParameter'],
    ['a record of another set', [{ operation: 'ADD', rtype: 'AAAA', rdata: '::1', ttl: 60 }], '400 InvalidParameter'],
    [
      'two TTLs in one set',
      [
        { operation: 'ADD', rdata: '192.0.2.1', ttl: 60 },
        { operation: 'ADD', rdata: '192.0.2.2', ttl: 90 },
      ],
      '400 InvalidParameter',
    ],
  ])('of records %s', async (_, items, code) => {
    const world = await arrangeOci();
    const path = `/zones/${world.zones.home}/records/new.example.com/A`;

    expect(await asking(world, { method: 'PATCH', path, query: IN, body: JSON.stringify({ items }) })).toBe(code);
    expect(world.fake.records(world.zones.home)).toHaveLength(3);
  });

  it('to change what it manages itself', async () => {
    const world = await arrangeOci();
    const path = `/zones/${world.zones.home}/records/example.com/NS`;
    const body = JSON.stringify({ items: [{ operation: 'REMOVE' }] });

    expect(await asking(world, { method: 'PATCH', path, query: IN, body })).toBe('400 InvalidParameter');
  });
});
