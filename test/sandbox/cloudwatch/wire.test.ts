import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudWatchFake } from '../../../src/sandbox/cloudwatch/cloudwatch-fake.ts';
import { DEFAULT_QUOTAS } from '../../../src/sandbox/cloudwatch/rate-limit.ts';
import type { WireRequest, WireResponse } from '../../../src/sandbox/wire.ts';
import { arrange, constant, EACH_MINUTE, errorName, MINUTE_MS, START_MS, seriesMetric, statQuery } from './arrange.ts';
import { loopbackClient } from './client.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const overLoopback = async () => {
  const fake = createCloudWatchFake({ now: () => START_MS, metricLagMs: 0, ratesPerSecond: {} });
  const { client, seen, close } = await loopbackClient(fake.handle, 200);
  closers.push(close);
  return { fake, client, seen };
};

const SIGNED = {
  authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20261102/us-east-1/monitoring/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  'x-amz-date': '20261102T120000Z',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms',
};

const wireRequest = (headers: Record<string, string>, overrides: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: {},
  headers,
  body: '{}',
  ...overrides,
});

const responseOf = async (request: WireRequest): Promise<WireResponse> => {
  const answer = await arrange().fake.handle(request);
  if (typeof answer === 'string') throw new Error(`expected an answer, got ${answer}`);
  return answer;
};

describe('over loopback', () => {
  it('the SDK signs for monitoring, sends JSON 1.0 and reads epoch seconds', async () => {
    const { fake, client, seen } = await overLoopback();
    fake.series(seriesMetric('A'), EACH_MINUTE, constant(4));

    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [statQuery('m1', 'A')],
        StartTime: new Date(START_MS - 2 * MINUTE_MS),
        EndTime: new Date(START_MS),
      }),
    );

    expect(answer.MetricDataResults?.[0]?.Timestamps).toEqual([
      new Date(START_MS - MINUTE_MS),
      new Date(START_MS - 2 * MINUTE_MS),
    ]);
    expect(seen[0]?.headers['x-amz-target']).toBe('GraniteServiceVersion20100801.GetMetricData');
    expect(seen[0]?.headers).toMatchObject({
      authorization: expect.stringContaining('/us-east-1/monitoring/aws4_request'),
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ EndTime: START_MS / 1000 });
  });

  it('a fault is an error, a time-out or a lost connection, and is over when healed', async () => {
    const { fake, client } = await overLoopback();
    const outcome = () => errorName(client.send(new DescribeAlarmsCommand({})));
    const outcomes: string[] = [];

    for (const kind of ['down', 'throttle', 'hang', 'reset'] as const) {
      const heal = fake.break({ kind });
      outcomes.push(await outcome());
      heal();
    }
    outcomes.push(await outcome());

    expect(outcomes).toEqual(['ServiceUnavailable', 'Throttling', 'TimeoutError', 'TimeoutError', 'no error']);
    expect(fake.requests.count('DescribeAlarms')).toBe(5);
    expect(fake.requests.count('DescribeAlarms', 'hang')).toBe(1);
    expect(fake.requests.recent().map((request) => request.outcome)).toEqual([
      'ServiceUnavailable',
      'Throttling',
      'hang',
      'reset',
      'ok',
    ]);
  });
});

describe('the envelope', () => {
  it.each([
    ['no signature', { authorization: '' }, 403, 'SignatureDoesNotMatch;Sender'],
    [
      'a signature for another service',
      { authorization: SIGNED.authorization.replace('monitoring', 'route53') },
      403,
      'SignatureDoesNotMatch;Sender',
    ],
    ['no date', { 'x-amz-date': '' }, 403, 'SignatureDoesNotMatch;Sender'],
    ['another protocol', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'SerializationException;Sender'],
    ['a compressed body', { 'content-encoding': 'gzip' }, 400, 'SerializationException;Sender'],
    [
      'an operation that is not served',
      { 'x-amz-target': 'GraniteServiceVersion20100801.PutDashboard' },
      404,
      'UnknownOperationException;Sender',
    ],
  ])('is refused with %s', async (_what, headers, status, code) => {
    const answer = await responseOf(wireRequest({ ...SIGNED, ...headers }));

    expect([answer.status, answer.headers['x-amzn-query-error']]).toEqual([status, code]);
  });

  it('is refused without an authorization header, with GET, with a broken body, and above 1 MB', async () => {
    const { authorization: _authorization, ...unsigned } = SIGNED;

    const answers = [
      await responseOf(wireRequest(unsigned)),
      await responseOf(wireRequest(SIGNED, { method: 'GET' })),
      await responseOf(wireRequest(SIGNED, { body: '{' })),
      await responseOf(wireRequest(SIGNED, { body: ' '.repeat(1_048_577) })),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([403, 404, 400, 413]);
  });

  it('names an unknown member of the input instead of dropping it', async () => {
    const answer = await responseOf(wireRequest(SIGNED, { body: '{"ActionPrefix":"arn:"}' }));

    expect(answer.status).toBe(400);
    expect(answer.headers['x-amzn-query-error']).toBe('ValidationError;Sender');
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'com.amazonaws.cloudwatch#ValidationException',
      message: expect.stringContaining('ActionPrefix'),
    });
  });
});

describe('throttling', () => {
  it('refuses above the rate of an operation and allows it again later', async () => {
    const { client, clock, fake } = arrange();
    fake.setRatesPerSecond(DEFAULT_QUOTAS);
    const describeAlarms = () => errorName(client.send(new DescribeAlarmsCommand({})));

    const burst = await Promise.all(Array.from({ length: 12 }, describeAlarms));
    clock.nowMs += 1000;
    const later = await describeAlarms();

    expect(burst.filter((name) => name === 'no error')).toHaveLength(9);
    expect(burst.filter((name) => name === 'Throttling')).toHaveLength(3);
    expect(later).toBe('no error');
  });
});

describe('data that do not arrive', () => {
  const values = async (arranged: ReturnType<typeof arrange>, region: string) => {
    const answer = await arranged.client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [statQuery('m1', 'A', { region })],
        StartTime: new Date(START_MS),
        EndTime: new Date(START_MS + 60 * MINUTE_MS),
      }),
    );
    return answer.MetricDataResults?.[0]?.Values?.length;
  };

  it.each([
    ['silent', [2, 2, 3], 'are lost for good'],
    ['stale', [2, 2, 6], 'arrive when it ends'],
  ] as const)('when a region is %s, %j data points can be seen: they %s', async (kind, expected, _meaning) => {
    const arranged = arrange();
    const { fake, clock } = arranged;
    for (const region of ['us-east-1', 'us-west-2']) fake.series(seriesMetric('A', region), EACH_MINUTE, constant(1));

    clock.nowMs += 2 * MINUTE_MS;
    const heal = fake.break({ kind, dimensions: { Region: 'us-west-2' } });
    const before = await values(arranged, 'us-west-2');
    clock.nowMs += 3 * MINUTE_MS;
    const during = await values(arranged, 'us-west-2');
    heal();
    clock.nowMs += MINUTE_MS;
    const after = await values(arranged, 'us-west-2');

    expect([before, during, after]).toEqual(expected);
    expect(await values(arranged, 'us-east-1')).toBe(6);
  });
});
