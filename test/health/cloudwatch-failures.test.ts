import { describe, expect, it } from 'vitest';
import { cloudWatchProbe } from '../../src/health/cloudwatch.ts';
import { cloudWatchClient } from '../../src/health/cloudwatch-client.ts';
import { alarm, barePolicy, becauseOf, metric, NOW, signalOf, webServer } from './arrange.ts';
import { answering, arrange, probeOver, putAlarm, refusing, sample } from './cloudwatch-arrange.ts';

describe('what CloudWatch cannot answer', () => {
  it('rule 6: becomes an error of every signal of the call, with the name and without the message', async () => {
    const { read, calls } = refusing(403, 'AccessDenied', 'arn:aws:iam::123456789012:role/secret-role may not');

    const readings = await read([signalOf(metric()), signalOf(alarm('errors'), 'alarm')]);

    expect(readings.map(({ kind }) => kind)).toEqual(['error', 'error']);
    expect(readings.map(becauseOf)).toEqual([
      'cloudwatch:GetMetricData was refused (AccessDenied): the credentials in use may not call it',
      'cloudwatch:DescribeAlarms was refused (AccessDenied): the credentials in use may not call it',
    ]);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  it.each(['down', 'throttle', 'reset'] as const)(
    'rule 6: becomes an error when the backend is in the state %s',
    async (kind) => {
      const { read, fake, series } = arrange();
      series(() => sample(1));
      putAlarm(fake, 'errors', 1);
      fake.break({ kind });

      const readings = await read([signalOf(metric()), signalOf(alarm('errors'), 'alarm')]);

      expect(readings.map(({ kind: seen }) => seen)).toEqual(['error', 'error']);
    },
  );

  it('rule 6: becomes an error once the caller gives up', async () => {
    const { read, fake } = arrange();
    fake.break({ kind: 'hang' });
    const controller = new AbortController();

    const reading = read([signalOf(metric())], NOW, controller.signal);
    controller.abort();

    expect(becauseOf((await reading)[0])).toBe('cloudwatch:GetMetricData was not answered in time (AbortError)');
  });

  it.each([
    ['an answer without the series', { MetricDataResults: [] }],
    [
      'a series marked as broken',
      { MetricDataResults: [{ Id: 's0', StatusCode: 'InternalError', Timestamps: [], Values: [] }] },
    ],
    [
      'a series marked as forbidden',
      { MetricDataResults: [{ Id: 's0', StatusCode: 'Forbidden', Timestamps: [], Values: [] }] },
    ],
    [
      'a series that ends in the middle',
      { MetricDataResults: [{ Id: 's0', StatusCode: 'PartialData', Timestamps: [NOW / 1000 - 60], Values: [1] }] },
    ],
    [
      'more values than times',
      { MetricDataResults: [{ Id: 's0', StatusCode: 'Complete', Timestamps: [], Values: [1] }] },
    ],
    [
      'a value that is no number',
      { MetricDataResults: [{ Id: 's0', StatusCode: 'Complete', Timestamps: [NOW / 1000 - 60], Values: ['NaN'] }] },
    ],
    ['pages without an end', { MetricDataResults: [{ Id: 's0', StatusCode: 'PartialData' }], NextToken: 'again' }],
  ])('rule 6: is an error for %s', async (_, body) => {
    const { read } = answering(body);

    const [reading] = await read([signalOf(metric())]);

    expect(reading?.kind).toBe('error');
  });

  it('rule 6: is an error when a later page fails, whatever the first one said', async () => {
    let pages = 0;
    const { read } = probeOver(async () => {
      pages += 1;
      if (pages > 1) return 'reset';
      const result = { Id: 's0', StatusCode: 'PartialData', Timestamps: [NOW / 1000 - 60], Values: [1] };
      const body = JSON.stringify({ MetricDataResults: [result], NextToken: 'more' });
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
    });

    const [reading] = await read([signalOf(metric())]);

    expect([pages, reading?.kind]).toEqual([2, 'error']);
  });

  it('rule 6: becomes an error in time when the backend accepts the connection and says nothing', async () => {
    const { url, close } = await webServer(() => {});
    const client = cloudWatchClient({
      awsRegion: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      endpoint: url,
      connectTimeoutMs: 1000,
      requestTimeoutMs: 50,
    });
    const probe = cloudWatchProbe({
      clientFor: () => client,
      policy: barePolicy,
      observe: () => {},
      countsSamples: () => false,
    });

    const [reading] = await probe.read([signalOf(metric())], NOW, new AbortController().signal);
    client.destroy();
    await close();

    expect(becauseOf(reading)).toBe('cloudwatch:GetMetricData got no usable answer (ETIMEDOUT)');
  });

  it('rule 6: is an error when there is no client for the account', async () => {
    const probe = cloudWatchProbe({
      clientFor: () => {
        throw new Error('no such provider, and a secret');
      },
      policy: barePolicy,
      observe: () => {},
      countsSamples: () => false,
    });

    const [reading] = await probe.read([signalOf(metric())], NOW, new AbortController().signal);

    expect(reading).toMatchObject({ kind: 'error', because: 'cloudwatch failed (Error)' });
  });
});
