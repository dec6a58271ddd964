import { ListMetricsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import {
  arrange,
  constant,
  datum,
  EACH_MINUTE,
  errorName,
  get,
  MINUTE_MS,
  metricOf,
  NAMESPACE,
  put,
  START_MS,
  seriesMetric,
  statQuery,
} from './arrange.ts';

describe('PutMetricData', () => {
  const { Value: _value, ...bare } = datum(0, 0);

  it.each([
    [
      'a time stamp older than two weeks',
      { Timestamp: new Date(START_MS - 15 * 86_400_000) },
      'InvalidParameterValueException',
    ],
    [
      'a time stamp three hours ahead',
      { Timestamp: new Date(START_MS + 3 * 3_600_000) },
      'InvalidParameterValueException',
    ],
    ['a value and values at once', { Values: [1] }, 'InvalidParameterCombinationException'],
    ['a value out of range', { Value: 2 ** 361 }, 'InvalidParameterValueException'],
    [
      'a dimension named twice',
      { Dimensions: [...(bare.Dimensions ?? []), ...(bare.Dimensions ?? [])] },
      'InvalidParameterValueException',
    ],
    ['a storage resolution of 30 s', { StorageResolution: 30 }, 'InvalidParameterValueException'],
  ])('refuses %s', async (_what, overrides, expected) => {
    const { client } = arrange();

    const name = await errorName(client.send(put([{ ...datum(0, 1), ...overrides }])));

    expect(name).toBe(expected);
  });

  it('refuses a datum without a value, counts that do not match, and the vendor’s own namespaces', async () => {
    const { client } = arrange();

    const names = [
      await errorName(client.send(put([bare]))),
      await errorName(client.send(put([{ ...bare, Values: [1, 2], Counts: [1] }]))),
      await errorName(client.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData: [datum(0, 1)] }))),
    ];

    expect(names).toEqual([
      'MissingRequiredParameterException',
      'InvalidParameterValueException',
      'InvalidParameterValueException',
    ]);
  });

  it('stores nothing when one of the data points is refused', async () => {
    const { client, clock } = arrange();
    await errorName(client.send(put([datum(0, 1), bare])));
    clock.nowMs += MINUTE_MS;

    const answer = await client.send(get([statQuery('m1', 'Requests')]));

    expect(answer.MetricDataResults?.[0]?.Values).toEqual([]);
  });

  it('counts values as often as their counts say', async () => {
    const { client, clock } = arrange();
    await client.send(put([{ ...bare, Values: [10, 20], Counts: [3, 1] }]));
    clock.nowMs += MINUTE_MS;

    const answer = await client.send(
      get(['Sum', 'SampleCount', 'p75', 'p76'].map((stat, index) => statQuery(`m${index}`, 'Requests', { stat }))),
    );

    expect(answer.MetricDataResults?.map((result) => result.Values?.[0])).toEqual([50, 4, 10, 20]);
  });
});

describe('ListMetrics', () => {
  it('filters by name, namespace and dimensions', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('A', 'us-east-1'), EACH_MINUTE, constant(1));
    fake.series(seriesMetric('A', 'us-west-2'), EACH_MINUTE, constant(1));
    fake.series(seriesMetric('B', 'us-west-2'), EACH_MINUTE, constant(1));
    clock.nowMs += 10 * MINUTE_MS;

    const byName = await client.send(new ListMetricsCommand({ Namespace: NAMESPACE, MetricName: 'A' }));
    const byRegion = await client.send(
      new ListMetricsCommand({ Dimensions: [{ Name: 'Region', Value: 'us-west-2' }] }),
    );

    expect(byName.Metrics).toEqual([metricOf('A', 'us-east-1'), metricOf('A', 'us-west-2')]);
    expect(byRegion.Metrics?.map((metric) => metric.MetricName)).toEqual(['A', 'B']);
  });

  it('pages by 500 and leaves out what has not reported lately', async () => {
    const { client, clock, fake } = arrange();
    for (let index = 0; index < 501; index += 1)
      fake.series(seriesMetric('A', `region-${index}`), EACH_MINUTE, constant(1));
    fake.series(seriesMetric('Old'), EACH_MINUTE, (timeMs) => (timeMs < START_MS ? constant(1)() : null));
    clock.nowMs += 4 * 60 * MINUTE_MS;

    const first = await client.send(new ListMetricsCommand({ MetricName: 'A' }));
    const second = await client.send(new ListMetricsCommand({ MetricName: 'A', NextToken: first.NextToken }));
    const old = await client.send(new ListMetricsCommand({ MetricName: 'Old' }));
    const active = await client.send(new ListMetricsCommand({ MetricName: 'Old', RecentlyActive: 'PT3H' }));

    const counts = [first, second, old, active].map((answer) => answer.Metrics?.length);
    expect(counts).toEqual([500, 1, 1, 0]);
  });
});
