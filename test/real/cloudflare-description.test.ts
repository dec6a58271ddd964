import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../providers/fake-kit/wire.ts';
import { cloudflareRecordsTraits } from '../contracts/records/cloudflare-world.ts';
import { samplesOf } from '../contracts/records/samples.ts';
import { COMMENT, setOf, wordOf } from '../contracts/records/world.ts';
import { ACCOUNT, arrangeCloudflare } from '../contracts/steering/cloudflare-world.ts';
import { changeOf, kindOf, never, readOne, refOf, writeOf } from '../contracts/steering/world.ts';
import { modelsFolder } from './support/api-model/model.ts';
import { openDocument, within } from './support/open-api/document.ts';
import {
  contentSchema,
  type HttpExchange,
  type Operation,
  type Operations,
  operationOf,
  operationsOf,
  parsedAnswer,
  queryProblems,
} from './support/open-api/exchange.ts';
import { problemsOf } from './support/open-api/schema.ts';

const FILE = join(modelsFolder(), 'cloudflare-load-balancing.openapi.json');
const BASE = '/client/v4';
const BATCH = /\/dns_records\/batch$/;

/** Everything the product asks of Cloudflare: balancers, pools, zones and records, and some that it refuses. */
const ask = async (): Promise<readonly HttpExchange[]> => {
  const exchanges: HttpExchange[] = [];
  const world = await arrangeCloudflare({
    seen: (request, answer) => exchanges.push({ request, answer }),
  });
  const { steering, records, zones } = world;
  if (records === null) throw new Error('cloudflare has records');
  const ref = refOf('www', zones.home);
  const home = await readOne(world, ref);
  const { sets } = await steering.replace(writeOf(ref.zone, [changeOf(ref, home, { east: null }, 'remove')]), never());
  await steering.replace(writeOf(ref.zone, [changeOf(ref, sets[0] ?? home, { east: 33 }, 'remove')]), never());
  expect(await kindOf(steering.read([{ ...ref, zone: 'f'.repeat(32) }], never()))).toBe('not-found');
  world.setToken('wrong');
  expect(await kindOf(steering.read([ref], never()))).toBe('unauthorised');
  world.setToken('token-1');

  await records.checkConnection(never());
  await records.putZone({ name: 'new.example.org.', ttlSeconds: null, email: null }, never());
  const [zone] = await records.zones('new.example.org.', never());
  await records.deleteZone(zone?.id ?? '', never());
  const made = cloudflareRecordsTraits.capabilities.types.map((type) =>
    setOf(type === 'CNAME' || type === 'NS' || type === 'DS' ? `t-${type.toLowerCase()}` : 'typed', type, [
      samplesOf(type, cloudflareRecordsTraits)[0],
    ]),
  );
  const outcomes = await records.change(
    zones.home,
    made.map((leaves) => ({ expects: null, leaves })),
    COMMENT,
    never(),
  );
  expect(new Set(outcomes.map(wordOf))).toEqual(new Set(['landed']));
  const [one] = await records.recordSets(zones.home, { type: 'A' }, never());
  if (one === undefined) throw new Error('nothing was made');
  await records.change(zones.home, [{ expects: one, leaves: { ...one, ttlSeconds: 300 } }], COMMENT, never());
  await records.change(zones.home, [{ expects: { ...one, ttlSeconds: 300 }, leaves: null }], COMMENT, never());
  return exchanges;
};

/** In a request the vendor gives these itself, though the description of a record requires them in both directions. */
const BY_VENDOR = ['id', 'content', 'proxiable', 'created_on', 'modified_on'];

const bodyOf = ({ body }: FakeRequest): unknown => JSON.parse(body);

const documentOf = () => openDocument(FILE);

/** One call that is newer than the description: what it carries is described, record by record. */
const batchProblems = ({ request, answer }: HttpExchange): readonly string[] => {
  const schema = within(documentOf(), 'components', 'schemas', 'dns-records_dns-record');
  const sent = bodyOf(request) as Record<'puts' | 'posts', Record<string, unknown>[]>;
  const { status, body } = parsedAnswer(answer);
  const told = (body as { result: Record<'deletes' | 'puts' | 'posts', unknown[]> }).result;
  if (schema === null || status !== 200) return [`the batch was answered with ${status}`];
  const out = { isClosed: true, notRequired: BY_VENDOR };
  return [
    ...sent.posts.flatMap((record) => problemsOf(schema, record, 'post', out)),
    ...sent.puts.flatMap((record) => problemsOf(schema, record, 'put', out)),
    ...[...told.deletes, ...told.puts, ...told.posts].flatMap((record) =>
      problemsOf(schema, record, 'told', { isClosed: true }),
    ),
  ];
};

/** The description of a failure says that `success` is both true and false; it is held against the part that says false. */
const answerProblems = (operation: Operation, exchange: HttpExchange): readonly string[] => {
  const { status, body } = parsedAnswer(exchange.answer);
  if (status === 200) {
    const schema = contentSchema(operation.place, 'application/json', 'responses', '200');
    return problemsOf(schema, body, `${operation.name} 200`, { isClosed: true });
  }
  const failure = within(documentOf(), 'components', 'schemas', 'load-balancing_api-response-common-failure');
  return failure === null ? ['no failure is described'] : problemsOf(failure, body, 'failure', { isClosed: true });
};

const problemsIn = (operations: Operations, exchange: HttpExchange): readonly string[] => {
  const { request } = exchange;
  if (BATCH.test(request.path)) return batchProblems(exchange);
  const operation = operationOf(operations, request);
  const sent =
    request.body === ''
      ? []
      : problemsOf(contentSchema(operation.place, 'application/json', 'requestBody'), bodyOf(request), operation.name, {
          isClosed: true,
        });
  return [...queryProblems(operation, request), ...sent, ...answerProblems(operation, exchange)];
};

describe.skipIf(!existsSync(FILE))(
  'what steer sends to Cloudflare and what its fake answers, against the published description',
  () => {
    it('is as described in every path, parameter, field, type and range', async () => {
      const operations = operationsOf([documentOf()], BASE);
      const exchanges = await ask();

      const problems = exchanges.flatMap((exchange) => problemsIn(operations, exchange));

      expect(problems).toEqual([]);
      const asked = exchanges
        .filter(({ request }) => !BATCH.test(request.path))
        .map(({ request }) => operationOf(operations, request).name);
      expect(new Set(asked)).toEqual(
        new Set([
          'GET /accounts/{account_id}/load_balancers/pools',
          'GET /zones/{zone_id}/load_balancers',
          'GET /zones/{zone_id}/load_balancers/{load_balancer_id}',
          'PATCH /zones/{zone_id}/load_balancers/{load_balancer_id}',
          'GET /zones',
          'POST /zones',
          'DELETE /zones/{zone_id}',
          'GET /zones/{zone_id}/dns_records',
        ]),
      );
    });

    it.each([
      ['a field that does not exist', '"default_pools"', '"default_pool"', 'default_pool is no field of it'],
      ['a default weight between tenths', '"default_weight":0.3', '"default_weight":0.25', 'is no multiple of 0.1'],
      ['another type', '["east","west"]', '"east"', 'string is no array'],
    ])('this check finds %s', async (_, right, wrong, problem) => {
      const operations = operationsOf([documentOf()], BASE);
      const exchanges = await ask();
      const written = exchanges.find(({ request }) => request.method === 'PATCH' && request.body.includes(right));
      const { request, answer } = written ?? expect.fail(`nothing with ${right} was written`);

      const found = problemsIn(operations, {
        request: { ...request, body: request.body.replace(right, wrong) },
        answer,
      });

      expect(found.join('\n')).toContain(problem);
    });

    it('asks only about its own account', async () => {
      const accounts = (await ask()).flatMap(({ request }) => /\/accounts\/([^/]+)/.exec(request.path)?.[1] ?? []);

      expect(new Set(accounts)).toEqual(new Set([ACCOUNT]));
    });
  },
);
