import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FakeRequest, FakeResponse } from '../../providers/fake-kit/wire.ts';
import { createUltraFake } from '../../providers/ultradns/fake.ts';
import { changeOf, kindOf, never, writeOf } from '../contracts/steering/world.ts';
import { HOME, openUltra, sbPool, tcPool, transportOver, wwwRef } from '../providers/ultradns/arrange.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { modelsFolder } from './support/api-model/model.ts';
import { type Described, type Description, describedBy, problemsWith } from './support/ultradns/description.ts';

const FILE = join(modelsFolder(), 'ultradns.openapi.yaml');

interface Exchange {
  readonly request: FakeRequest;
  readonly answer: FakeResponse;
}

/** Everything the product asks of UltraDNS: pools, groups, records, zones, tasks, the login and its refresh, and refusals. */
const askUltra = async (): Promise<readonly Exchange[]> => {
  const exchanges: Exchange[] = [];
  const clock = new ManualClock();
  const inBackground = ({ method, path }: FakeRequest): boolean => method === 'PUT' && path.includes('/A/www.');
  const fake = createUltraFake({ now: () => clock.now(), tokenLifeMs: 600_000, inBackground });
  const recorded = {
    handle: async (request: FakeRequest) => {
      const answer = await fake.handle(request);
      if (typeof answer !== 'string') exchanges.push({ request, answer });
      return answer;
    },
  };
  const { steering, records } = await openUltra(
    {},
    {},
    { http: transportOver(recorded), clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) } },
  );
  fake.zones.add(HOME);
  fake.put(HOME, wwwRef.name, 'A', tcPool([{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2' }]));
  const failover = { ...wwwRef, name: 'failover.example.com.' };
  fake.put(HOME, failover.name, 'A', sbPool([{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2', priority: 2 }]));
  const moved = [
    [wwwRef, { '192.0.2.1': 7 }],
    [failover, { '192.0.2.1': null, '192.0.2.2': 1 }],
  ] as const;
  for (const [ref, weights] of moved) {
    const [reading] = await steering.read([ref], never());
    const change = changeOf(ref, reading?.sets[0] ?? expect.fail('not read'), weights, 'state');
    await steering.replace(writeOf(HOME, [change]), never());
    await clock.advance(600_000);
  }
  expect(await kindOf(steering.read([{ ...wwwRef, zone: 'absent.example.' }], never()))).toBe('not-found');
  const api = records ?? expect.fail('UltraDNS has records');
  const made = {
    name: 'new.example.com.',
    type: 'A',
    qualifier: null,
    ttlSeconds: 60,
    values: ['192.0.2.9'],
    alias: null,
    profile: { kind: 'basic' },
    kept: null,
  } as const;
  const group = { ...made, name: 'geo.example.com.', qualifier: '(all non-configured)' } as const;
  const everywhere = { kind: 'geo', regions: { '(all non-configured)': ['(all non-configured)'] } } as const;
  for (const set of [made, { ...group, profile: everywhere }]) {
    await api.change(HOME, [{ expects: null, leaves: set }], '', never());
  }
  await api.change(HOME, [{ expects: made, leaves: null }], '', never());
  await api.recordSets(HOME, {}, never());
  await api.recordSets(HOME, { type: 'A' }, never());
  await api.putZone({ name: 'other.example.', ttlSeconds: 60, email: null }, never());
  await api.zones(null, never());
  await api.checkConnection(never());
  await api.geoRegions(never());
  await api.deleteZone('other.example.', never());
  return exchanges;
};

/** In the REST API guide, but in no example that the file was made of. */
const NOT_IN_THE_FILE = ['DELETE /v3/zones/*', 'GET /geoip/territories', 'GET /zones/*/rrsets/*/*'];

/** Its examples of plain lists show no pool, though the guide says that they are listed there too. */
const isBeyondExamples = (problem: string): boolean =>
  /^GET .*answered: \.rrSets\[\d+\]\.profile is no field of it$/.test(problem);

const templateOf = (path: string): string =>
  path
    .replace(/^(\/v3)?\/zones\/[^/]+\/rrsets\/[^/]+\/[^/]+$/, '$1/zones/*/rrsets/*/*')
    .replace(/^(\/v3)?\/zones\/[^/]+$/, '$1/zones/*');

const bodyOf = (text: string, contentType: string): unknown =>
  contentType.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(text))
    : JSON.parse(text);

const requestProblems = ({ request }: Exchange, described: Described): readonly string[] => {
  if (request.body === '') return [];
  const type = request.headers['content-type'] ?? 'none';
  const schema = described.operation.requestBody?.content[type]?.schema;
  if (schema === undefined) return [`${described.name} takes no ${type}`];
  return problemsWith(schema, bodyOf(request.body, type)).map((problem) => `${described.name}, sent: ${problem}`);
};

const answerProblems = ({ answer }: Exchange, described: Described): readonly string[] => {
  // Refusals and work in the background stand in no example.
  if (answer.status >= 400 || answer.status === 202) return [];
  const response = described.operation.responses[String(answer.status)];
  if (response === undefined) return [`${described.name} is not answered with ${answer.status}`];
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) return answer.body === '' ? [] : [`${described.name} is answered with nothing`];
  return problemsWith(schema, JSON.parse(answer.body)).map((problem) => `${described.name}, answered: ${problem}`);
};

const problemsOf = (exchange: Exchange, description: Description): readonly string[] => {
  const described = description.of(exchange.request.method, exchange.request.path);
  return described === null ? [] : [...requestProblems(exchange, described), ...answerProblems(exchange, described)];
};

describe.skipIf(!existsSync(FILE))("what steer asks of UltraDNS, against the vendor's published OpenAPI file", () => {
  it('is as the file has it, in every operation, field and type that its examples show', async () => {
    const description = describedBy(FILE);

    const exchanges = await askUltra();
    const problems = exchanges.flatMap((exchange) => problemsOf(exchange, description));

    expect(problems.filter((problem) => !isBeyondExamples(problem))).toEqual([]);
  });

  it('asks only what stands in the file, and three things that stand in the guide alone', async () => {
    const description = describedBy(FILE);

    const exchanges = await askUltra();
    const names = exchanges.map(({ request: { method, path } }) => description.of(method, path)?.name ?? null);
    const strange = exchanges
      .filter((_, index) => names[index] === null)
      .map(({ request: { method, path } }) => `${method} ${templateOf(path)}`);

    expect([...new Set(strange)].toSorted()).toEqual(NOT_IN_THE_FILE);
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /authorization/token',
        'GET /v3/zones',
        'POST /v3/zones',
        'GET /v3/zones/{zones_zoneName}',
        'GET /zones/{records_zoneName}/rrsets',
        'GET /zones/{records_zoneName}/rrsets/{records_type}',
        'PUT /zones/{records_zoneName}/rrsets/{records_type}/{records_ownerName}',
        'POST /zones/{records_zoneName}/rrsets/{records_type}/{records_ownerName}',
        'DELETE /zones/{records_zoneName}/rrsets/{records_type}/{records_ownerName}',
        'GET /tasks/{currentTask}',
      ]),
    );
  });

  it('writes a SiteBacker pool in the fields and types of the one pool that the file shows in full', async () => {
    const shown = describedBy(FILE).at('POST', '/zones/{zones_zoneName}/rrsets/{sb_rrType}/{sb_ownerName}');
    const exchanges = await askUltra();
    const sent = exchanges.find(({ request }) => request.method === 'PUT' && request.path.includes('failover'));

    const { ownerName, rrtype, ...pool } = JSON.parse(sent?.request.body ?? '{}');
    const schema = shown?.operation.requestBody?.content['application/json']?.schema;

    expect([ownerName, rrtype]).toEqual(['failover.example.com.', 'A (1)']);
    expect(pool).toMatchObject({ profile: { rdataInfo: [{ state: 'INACTIVE' }, { state: 'NORMAL' }] } });
    // In the guide since 2024-11, in no example.
    expect(
      problemsWith(schema ?? { type: 'nothing' }, pool).filter((one) => !one.includes('restorationDelay')),
    ).toEqual([]);
  });

  it.each([
    ['a field that does not exist', '"accessToken"', '"accessTokn"', 'accessTokn is no field of it'],
    ['another type', '"expiresIn":"600"', '"expiresIn":600', 'expiresIn is no string'],
  ])('this check finds %s', async (_, right, wrong, problem) => {
    const description = describedBy(FILE);
    const [login] = await askUltra();
    const { request, answer } = login ?? expect.fail('nobody logged in');

    const problems = problemsOf(
      { request, answer: { ...answer, body: answer.body.replace(right, wrong) } },
      description,
    );

    expect(problems.join('\n')).toContain(problem);
  });
});
