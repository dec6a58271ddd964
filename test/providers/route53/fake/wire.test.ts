import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeRequest } from '../../../../providers/route53/fake/wire.ts';
import { createRoute53Fake } from '../../../../providers/route53/fake.ts';
import { type LoopbackServer, serveHttp } from '../../../../src/sandbox/http-server.ts';
import {
  ACCOUNT,
  accounts,
  alone,
  arrange,
  change,
  clientOf,
  EAST,
  KEY,
  refusalOf,
  sdkSet,
  setWeight,
  standingClock,
  weights,
} from './arrange.ts';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const NS = 'https://route53.amazonaws.com/doc/2013-04-01/';

const signed = (over: Record<string, string> = {}) => ({
  host: 'route53.invalid',
  'x-amz-date': '20261120T120000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=${KEY}/20261120/us-east-1/route53/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'a'.repeat(64)}`,
  ...over,
});

const post = (zoneId: string, body: string): FakeRequest => ({
  method: 'POST',
  path: `/2013-04-01/hostedzone/${zoneId}/rrset`,
  query: {},
  headers: signed(),
  body,
});

const SET = `<Change><Action>CREATE</Action><ResourceRecordSet><Name>n.example.com</Name><Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>${EAST}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>`;
const batch = (inner: string, namespace = NS) =>
  `<?xml version="1.0"?><ChangeResourceRecordSetsRequest xmlns="${namespace}"><ChangeBatch>${inner}</ChangeBatch></ChangeResourceRecordSetsRequest>`;

const answerOf = async (world: ReturnType<typeof arrange>, request: FakeRequest) => {
  const answer = await world.fake.handle(request);
  if (typeof answer === 'string') throw new Error(`no answer: ${answer}`);
  return { status: answer.status, code: /<Code>(.*)<\/Code>/.exec(answer.body)?.[1], body: answer.body };
};

describe('the wire', () => {
  it.each([
    ['changes before the comment', `<Changes>${SET}</Changes><Comment>c</Comment>`],
    ['the comment before the changes', `<Comment>c</Comment><Changes>${SET}</Changes>`],
    ['white space between elements', `\n <Changes>\n  ${SET}\n </Changes>\n`],
  ])('accepts %s', async (_, inner) => {
    const world = arrange();

    const answer = await answerOf(world, post(world.zoneId, batch(inner)));

    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(
      /<ChangeResourceRecordSetsResponse xmlns="https:\/\/route53\.amazonaws\.com\/doc\/2013-04-01\/"><ChangeInfo><Id>\/change\/C/,
    );
  });

  it.each([
    ['text that is no XML', 'nope'],
    ['an element that is not closed', `<ChangeResourceRecordSetsRequest xmlns="${NS}"><ChangeBatch>`],
    ['another root', `<Other xmlns="${NS}"/>`],
    ['another namespace', batch(`<Changes>${SET}</Changes>`, 'https://example.com/')],
    ['an element that nobody knows', batch(`<Changes>${SET.replace('<TTL>', '<Colour>red</Colour><TTL>')}</Changes>`)],
    ['an element that is there twice', batch(`<Changes>${SET.replace('<TTL>', '<TTL>61</TTL><TTL>')}</Changes>`)],
    ['an action that nobody knows', batch(`<Changes>${SET.replace('CREATE', 'REPLACE')}</Changes>`)],
    ['no batch at all', `<ChangeResourceRecordSetsRequest xmlns="${NS}"/>`],
  ])('refuses %s as bad input, in the form of an ErrorResponse', async (_, body) => {
    const world = arrange();

    const answer = await answerOf(world, post(world.zoneId, body));

    expect([answer.status, answer.code]).toEqual([400, 'InvalidInput']);
    expect(answer.body).toMatch(/<ErrorResponse xmlns=".*"><Error><Type>Sender<\/Type>.*<RequestId>/);
  });

  it.each([
    ['no signature', { authorization: '' }, 400, 'IncompleteSignature'],
    [
      'an unknown key',
      { authorization: signed().authorization.replace(KEY, 'AKIANOBODY') },
      403,
      'InvalidClientTokenId',
    ],
    [
      'another service',
      { authorization: signed().authorization.replace('/route53/', '/sts/') },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'another region',
      { authorization: signed().authorization.replace('us-east-1', 'eu-west-1') },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'an unsigned host',
      { authorization: signed().authorization.replace('host;', 'x-amz-user-agent;') },
      403,
      'SignatureDoesNotMatch',
    ],
    ['another day in the date header', { 'x-amz-date': '20261121T120000Z' }, 403, 'SignatureDoesNotMatch'],
  ])('refuses %s', async (_, headers, status, code) => {
    const world = arrange();

    const answer = await answerOf(world, { ...post(world.zoneId, ''), headers: signed(headers) });

    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('refuses a request without any signature header, and a path that is no operation', async () => {
    const world = arrange();
    const { authorization: _, ...unsigned } = signed();

    const nobody = await answerOf(world, { ...post(world.zoneId, ''), headers: unsigned });
    const nowhere = await answerOf(world, { ...post(world.zoneId, ''), path: '/2013-04-01/nothing' });

    expect([nobody.code, nowhere.status]).toEqual(['MissingAuthenticationToken', 404]);
  });
});

describe('the real SDK', () => {
  it('given a region of its own, signs for it and is refused', async () => {
    const { fake } = arrange();

    const refusal = await refusalOf(clientOf(fake, KEY, 'eu-west-1').send(new ListHostedZonesCommand({})));

    expect(refusal).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 });
  });

  const overLoopback = async (maxAttempts: number) => {
    const clock = standingClock();
    const fake = createRoute53Fake({ now: clock.now, random: () => 0, accounts, throttling: 'off' });
    const zoneId = fake.createZone({ accountId: ACCOUNT, name: 'example.com', records: alone });
    const server = await serveHttp(fake.handle);
    servers.push(server);
    const client = new Route53Client({
      region: 'us-east-1',
      endpoint: server.url,
      credentials: { accessKeyId: KEY, secretAccessKey: 'x' },
      maxAttempts,
      requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true, connectionTimeout: 500 },
    });
    return { clock, fake, zoneId, client };
  };

  it('over a socket sees accepted changes, refusals with their names, and the list of errors in the message', async () => {
    const world = await overLoopback(1);

    const moved = await setWeight(world, 100, 40);
    const stale = await refusalOf(setWeight(world, 100, 30));
    const unknown = await refusalOf(world.client.send(new GetChangeCommand({ Id: 'CNOPE' })));

    expect(moved.ChangeInfo?.Status).toBe('INSYNC');
    expect(stale).toMatchObject({ name: 'InvalidChangeBatch', status: 400 });
    expect(stale.message).toMatch(
      /^\[Tried to delete .* do not match the current values, Tried to create .*\]|^\[Tried to delete .*\]$/,
    );
    expect(unknown).toMatchObject({ name: 'NoSuchChange', status: 404 });
  });

  it('over a socket sees a reset as a TimeoutError with code ECONNRESET, and a hang with ETIMEDOUT', async () => {
    const world = await overLoopback(1);
    world.fake.faults.add({ kind: 'lost-response' });
    world.fake.faults.add({ kind: 'hang' });

    const reset = await refusalOf(setWeight(world, 100, 40));
    const hang = await refusalOf(setWeight(world, 40, 30));

    expect([reset.name, reset.code, hang.name, hang.code]).toEqual([
      'TimeoutError',
      'ECONNRESET',
      'TimeoutError',
      'ETIMEDOUT',
    ]);
    expect(weights(world).control).toBe(40);
  });

  it('with its own retries turns a change that landed into InvalidChangeBatch', async () => {
    const world = await overLoopback(3);
    world.fake.faults.add({ kind: 'lost-response' });

    const refusal = await refusalOf(setWeight(world, 100, 40));

    expect(refusal.name).toBe('InvalidChangeBatch');
    expect(weights(world).control).toBe(40);
    expect(world.fake.log.counts()).toEqual({ ChangeResourceRecordSets: 2 });
  });

  it('retries Throttling and a busy zone by itself', async () => {
    const world = await overLoopback(4);
    world.fake.faults.add({ kind: 'throttle' });
    world.fake.faults.add({ kind: 'prior-request' });

    const answer = await world.client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: world.zoneId,
        ChangeBatch: { Changes: [change('UPSERT', sdkSet('east', 1, EAST))] },
      }),
    );

    expect(answer.$metadata.attempts).toBe(3);
  });
});
