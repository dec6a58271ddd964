import { describe, expect, it } from 'vitest';
import { edgeGridHeader } from '../../../providers/akamai/edgegrid.ts';
import { usualProperty } from '../../../providers/akamai/fake/shapes.ts';
import { createAkamaiFake } from '../../../providers/akamai/fake.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';

const ORIGIN = 'https://akab-1.luna.akamaiapis.net';
const CREDENTIALS = { clientToken: 'client-1', clientSecret: 'secret-1', accessToken: 'access-1' };
const MEDIA_TYPE = 'application/vnd.config-gtm.v1.5+json';
const PATH = '/config-gtm/v1/domains/example.akadns.net/properties/www';
const NOW = Date.UTC(2026, 0, 5, 10);

const target = { datacenterId: 3131, enabled: true, weight: 50, servers: ['192.0.2.1'] };
const PROPERTY = usualProperty('www', [target]);

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly credentials?: Partial<typeof CREDENTIALS>;
  readonly nowMs?: number;
  readonly nonce?: string;
}

let used = 0;

const arrange = () => {
  const fake = createAkamaiFake({
    now: () => NOW,
    origin: ORIGIN,
    clients: { 'client-1': { clientSecret: 'secret-1', accessToken: 'access-1' } },
    propagationMs: 1000,
  });
  const domain = fake.createDomain('example.akadns.net', [3131, 3132], [PROPERTY]);
  const ask = async (sent: Sent) => {
    const { method = 'PUT', path = PATH, query = {}, nowMs = NOW, nonce = `nonce-${++used}` } = sent;
    const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body ?? PROPERTY);
    const search = new URLSearchParams(query).toString();
    const url = `${ORIGIN}${path}${search === '' ? '' : `?${search}`}`;
    const authorization = edgeGridHeader(
      { method, url, body },
      { ...CREDENTIALS, ...sent.credentials },
      { nowMs, nonce },
    );
    const request: FakeRequest = {
      method,
      path,
      query,
      headers: { authorization, accept: MEDIA_TYPE, 'content-type': MEDIA_TYPE, ...sent.headers },
      body,
    };
    const answer = await fake.handle(request);
    if (typeof answer === 'string') return [0, ''];
    return [answer.status, (JSON.parse(answer.body).type ?? '').split('/').at(-1)];
  };
  return { fake, domain, ask };
};

describe('the fake of Akamai', () => {
  it.each<readonly [string, Sent, number, string]>([
    ['no signature', { headers: { authorization: '' } }, 400, 'invalid-authorization'],
    ['a client that it does not know', { credentials: { clientToken: 'x' } }, 401, 'invalid-client-token'],
    ['another access token', { credentials: { accessToken: 'x' } }, 401, 'invalid-access-token'],
    ['another secret', { credentials: { clientSecret: 'x' } }, 401, 'signature-does-not-match'],
    ['a request of a minute ago', { nowMs: NOW - 60_000 }, 400, 'invalid-timestamp'],
    ['a request of the future', { nowMs: NOW + 60_000 }, 400, 'invalid-timestamp'],
    ['a domain that it does not have', { path: PATH.replace('example', 'other') }, 404, 'notFound'],
    ['an operation that it does not have', { method: 'DELETE' }, 404, 'notFound'],
    ['another version of answers', { headers: { accept: 'application/json' } }, 406, 'httpMediaTypeNotAcceptable'],
    ['another kind of body', { headers: { 'content-type': 'application/json' } }, 415, 'unsupportedMediaType'],
    ['a query that it does not know', { query: { comment: 'x' } }, 400, 'badRequest'],
    ['a comment that is too long', { query: { domainModificationComments: 'x'.repeat(4001) } }, 400, 'badRequest'],
    ['a body that is no JSON', { body: '{' }, 400, 'httpMessageNotReadable'],
    ['a field that it does not know', { body: { ...PROPERTY, drained: true } }, 400, 'propertyValidationFailed'],
    ['a missing field', { body: { ...PROPERTY, handoutLimit: undefined } }, 400, 'propertyValidationFailed'],
    ['a TTL out of range', { body: { ...PROPERTY, dynamicTTL: 29 } }, 400, 'propertyValidationFailed'],
    [
      'a negative weight',
      { body: { ...PROPERTY, trafficTargets: [{ ...target, weight: -1 }] } },
      400,
      'propertyValidationFailed',
    ],
    ['another name than the path’s', { body: { ...PROPERTY, name: 'api' } }, 400, 'nameMismatch'],
    [
      'a data centre that it does not have',
      { body: { ...PROPERTY, trafficTargets: [{ ...target, datacenterId: 9 }] } },
      400,
      'domainValidationFailed',
    ],
    [
      'a property without any target in use',
      { body: { ...PROPERTY, trafficTargets: [{ ...target, enabled: false }] } },
      400,
      'domainValidationFailed',
    ],
    [
      'two backups',
      { body: { ...PROPERTY, backupIp: '192.0.2.9', backupCName: 'sorry.example.com' } },
      400,
      'domainValidationFailed',
    ],
  ])('refuses %s', async (_, sent, status, kind) => {
    const { fake, domain, ask } = arrange();
    const before = domain.property('www');

    const refusal = await ask(sent);

    expect(refusal).toEqual([status, kind]);
    expect(domain.property('www')).toEqual(before);
    expect(fake.log.every(({ tookEffect }) => !tookEffect)).toBe(true);
  });

  it('takes no request twice', async () => {
    const { ask } = arrange();

    const answers = [await ask({ nonce: 'once' }), await ask({ nonce: 'once' })];

    expect(answers).toEqual([
      [200, ''],
      [400, 'invalid-nonce'],
    ]);
  });

  it('makes a property that is not there yet', async () => {
    const { domain, ask } = arrange();

    const [status] = await ask({ path: PATH.replace('www', 'api'), body: { ...PROPERTY, name: 'api' } });

    expect(status).toBe(201);
    expect(domain.has('api')).toBe(true);
  });
});
