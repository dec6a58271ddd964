import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrangePowerDnsRecords, powerDnsRecordsTraits } from '../contracts/records/powerdns-world.ts';
import { samplesOf } from '../contracts/records/samples.ts';
import { COMMENT, put, qualified, setOf, take } from '../contracts/records/world.ts';
import { arrangePowerDns } from '../contracts/steering/powerdns-world.ts';
import { changeOf, kindOf, never, readOne, refOf, writeOf } from '../contracts/steering/world.ts';
import { modelsFolder } from './support/api-model/model.ts';
import { openDocument, within } from './support/open-api/document.ts';
import { type HttpExchange, operationOf, operationsOf, queryProblems } from './support/open-api/exchange.ts';
import { problemsOf } from './support/open-api/schema.ts';

const FILE = join(modelsFolder(), 'powerdns-auth-4.7.3.swagger.yaml');

/** Everything the product asks of PowerDNS, both ways of steering and records, and what is refused. */
const ask = async (): Promise<readonly HttpExchange[]> => {
  const exchanges: HttpExchange[] = [];
  const seen = (request: HttpExchange['request'], answer: HttpExchange['answer']): void =>
    void exchanges.push({ request, answer });
  for (const way of ['api', 'update'] as const) {
    const world = await arrangePowerDns(way, undefined, seen);
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: null }, 'zero');
    await world.steering.replace(writeOf(ref.zone, [change]), never());
    expect(await kindOf(world.steering.read([{ ...ref, zone: 'example.org.' }], never()))).toBe('not-found');
    world.fail('read', 'unauthorised');
    expect(await kindOf(world.steering.read([ref], never()))).toBe('unauthorised');
  }
  const { records, zones } = await arrangePowerDnsRecords(seen);
  await records.checkConnection(never());
  await records.zones(null, never());
  const { id } = await records.putZone({ name: 'new.test.', ttlSeconds: 60, email: 'dns@example.com' }, never());
  await records.deleteZone(id, never());
  const traits = powerDnsRecordsTraits('described');
  const sets = traits.capabilities.types.map((type) =>
    setOf(`t-${type.toLowerCase()}`, type, [samplesOf(type, traits)[0]]),
  );
  const weighted = qualified(setOf('routed', 'A', ['192.0.2.1']), '192.0.2.1', { kind: 'weighted', weight: 7 });
  const outcomes = await records.change(
    zones.home,
    [...sets, weighted].map((set) => put(set)),
    COMMENT,
    never(),
  );
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['landed']));
  await records.change(zones.home, [...sets, weighted].map(take), COMMENT, never());
  return exchanges;
};

/** What the server sends in plain words, and by which status: 401 of its web server, 404 and 409 of 4.7.3 as seen. */
const PLAIN = [401, 404, 409];

const problemsWith = ({ request, answer }: HttpExchange): readonly string[] => {
  const document = openDocument(FILE);
  const operation = operationOf(operationsOf([document], '/api/v1'), request);
  const body = operation.parameters.find(({ node }) => node['in'] === 'body');
  const schema = body === undefined ? null : within(body, 'schema');
  const sent: unknown = request.body === '' ? null : JSON.parse(request.body);
  // The description requires a TTL of every record set, and forbids it where one is taken away.
  const ofRequest =
    schema === null || sent === null
      ? []
      : problemsOf(schema, sent, operation.name, { isClosed: true, notRequired: ['ttl'] });
  if (typeof answer === 'string') return ofRequest;
  const { status, body: text } = answer;
  if (PLAIN.includes(status)) return [...ofRequest, ...queryProblems(operation, request)];
  const told = within(operation.place, 'responses', String(status));
  if (told === null) return [`${operation.name}: no status ${status} is described`];
  const shape = within(told, 'schema');
  if (shape === null) return text === '' ? ofRequest : [`${operation.name}: a body with ${status}`];
  // What a record set is to become is said in requests only.
  const options = { isClosed: operation.name !== 'GET /servers/{server_id}', notRequired: ['changetype'] };
  const ofAnswer = problemsOf(shape, JSON.parse(text), `${operation.name} ${status}`, options);
  return [...ofRequest, ...queryProblems(operation, request), ...ofAnswer];
};

/** Fields of 4.7.3 as its server answers that its description of the same version does not name. */
const NOT_DESCRIBED = /last_check/;

describe.skipIf(!existsSync(FILE))('what PowerDNS publishes about its API', () => {
  it('describes every request of ours and every answer of the fake', async () => {
    const exchanges = await ask();

    const problems = exchanges.flatMap(problemsWith).filter((problem) => !NOT_DESCRIBED.test(problem));

    const kinds = new Set(exchanges.map(({ request }) => request.method));
    expect([...kinds].toSorted()).toEqual(['DELETE', 'GET', 'PATCH', 'POST']);
    expect(exchanges.length).toBeGreaterThan(20);
    expect([...new Set(problems)]).toEqual([]);
  });
});
