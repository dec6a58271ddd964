import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usualTest } from '../../providers/akamai/fake/shapes.ts';
import { type AkamaiWorldOptions, arrangeAkamai } from '../contracts/steering/akamai-world.ts';
import { changeOf, kindOf, never, readOne, refOf, writeOf } from '../contracts/steering/world.ts';
import { modelsFolder } from './support/api-model/model.ts';
import { openDocument, type Place, within } from './support/open-api/document.ts';
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

const FOLDER = join(modelsFolder(), 'akamai-gtm');
const BASE = '/config-gtm/v1';
const CLOSED = { isClosed: true };

const described = (): Operations =>
  operationsOf(
    ['Properties.yaml', 'Domains.yaml', 'Status.yaml'].map((file) => openDocument(join(FOLDER, file))),
    BASE,
  );

/** Everything the product asks of Akamai: one property, a domain, a drain and its way back, and how far it has got. */
const ask = async (fake: AkamaiWorldOptions['fake'] = {}): Promise<readonly HttpExchange[]> => {
  const world = await arrangeAkamai({ fake });
  const { steering, zones } = world;
  const ref = refOf('www', zones.home);
  world.domains['example.com']?.edit('www', (property) => ({
    ...property,
    livenessTests: [
      { ...usualTest('http'), httpHeaders: [{ name: 'x-probe', value: 'steer' }], httpMethod: 'HEAD', disabled: false },
    ],
    staticRRSets: [{ type: 'TXT', rdata: ['"text"'], ttl: 300 }],
    links: [{ rel: 'self', href: '/config-gtm/v1/domains/example.com/properties/www' }],
  }));
  const home = await readOne(world, ref);
  const out = await steering.replace(writeOf(ref.zone, [changeOf(ref, home, { east: null }, 'state')]), never());
  await steering.propagation([out.change ?? ''], never());
  await world.advance(world.propagationMs);
  await steering.propagation([out.change ?? ''], never());
  const drained = out.sets[0] ?? home;
  await steering.replace(writeOf(ref.zone, [changeOf(ref, drained, { east: 33 }, 'state')]), never());
  await steering.read([ref, refOf('api', zones.home)], never());
  expect(await kindOf(steering.read([{ ...ref, zone: 'example.org' }], never()))).toBe('not-found');
  return world.exchanges;
};

/**
 * The media type as the vendor's own clients send it; the description calls the same content by the schema's name, and says
 * so in its own words elsewhere (`application/vnd.config-gtm.v1.1+json`).
 */
const MEDIA: Readonly<Record<string, string>> = {
  '/domains/{domainName}': 'domain-vnd-config-gtm.v1.5+json',
  '/domains/{domainName}/properties/{propertyName}': 'application/property-vnd-config-gtm.v1.5+json',
  '/domains/{domainName}/status/current': 'application/json',
};

const mediaOf = ({ name }: Operation): string => MEDIA[name.split(' ')[1] ?? ''] ?? 'application/json';

const schemaFile = (name: string): Place => openDocument(join(FOLDER, 'schemas', name));

/**
 * The answer to a PUT: described for 201 alone, although an update is answered with 200, and for version 1.5 as the property
 * alone, although version 1.0 and the vendor's clients have the change beside it. Each part is held against its own schema.
 */
const putAnswerProblems = (operation: Operation, body: unknown): readonly string[] => {
  const property = contentSchema(operation.place, mediaOf(operation), 'responses', '201');
  const { resource, status } = body as { resource?: unknown; status?: unknown };
  if (resource === undefined) return problemsOf(property, body, 'put', CLOSED);
  return [
    ...problemsOf(property, resource, 'put.resource', CLOSED),
    ...problemsOf(schemaFile('status.yaml'), status, 'put.status', CLOSED),
    ...Object.keys(body as object).filter(
      (key) => within(schemaFile('update-property-response.yaml'), 'properties', key) === null,
    ),
  ];
};

const answerProblems = (operation: Operation, { request, answer }: HttpExchange): readonly string[] => {
  const { status, body } = parsedAnswer(answer);
  // Refusals are described on the vendor's pages alone.
  if (status >= 400) return [];
  if (request.method === 'PUT') return putAnswerProblems(operation, body);
  return problemsOf(
    contentSchema(operation.place, mediaOf(operation), 'responses', String(status)),
    body,
    'get',
    CLOSED,
  );
};

const problemsIn = (operations: Operations, exchange: HttpExchange): readonly string[] => {
  const { request } = exchange;
  const operation = operationOf(operations, request);
  const sent =
    request.method === 'PUT'
      ? problemsOf(
          contentSchema(operation.place, mediaOf(operation), 'requestBody'),
          JSON.parse(request.body),
          'sent',
          CLOSED,
        )
      : [];
  return [...queryProblems(operation, request), ...sent, ...answerProblems(operation, exchange)];
};

describe.skipIf(!existsSync(FOLDER))(
  'what steer sends to Akamai and what its fake answers, against the published description',
  () => {
    it.each(['resource-and-status', 'property'] as const)(
      'is as described in every path, parameter, field, type and range (%s)',
      async (putAnswers) => {
        const operations = described();
        const exchanges = await ask({ putAnswers });

        const problems = exchanges.flatMap((exchange) => problemsIn(operations, exchange));

        expect(problems).toEqual([]);
        expect(new Set(exchanges.map(({ request }) => operationOf(operations, request).name))).toEqual(
          new Set([
            'GET /domains/{domainName}/properties/{propertyName}',
            'PUT /domains/{domainName}/properties/{propertyName}',
            'GET /domains/{domainName}',
            'GET /domains/{domainName}/status/current',
          ]),
        );
      },
    );

    it.each([
      ['a field that does not exist', '"dynamicTTL"', '"dynamicTtl"', 'dynamicTtl is no field of it'],
      ['a missing field', '"ipv6":false,', '', 'ipv6 is required'],
      ['a TTL out of range', '"dynamicTTL":60', '"dynamicTTL":20', '20 is below 30'],
      ['a negative weight', '"weight":33', '"weight":-33', '-33 is below 0'],
      ['a type that does not exist', '"weighted-round-robin"', '"weighted"', '"weighted" is none of it'],
    ])('this check finds %s', async (_, right, wrong, problem) => {
      const operations = described();
      const written = (await ask()).findLast(({ request }) => request.method === 'PUT' && request.body.includes(right));
      const { request, answer } = written ?? expect.fail(`nothing with ${right} was written`);

      const found = problemsIn(operations, {
        request: { ...request, body: request.body.replace(right, wrong) },
        answer,
      });

      expect(found.join('\n')).toContain(problem);
    });
  },
);
