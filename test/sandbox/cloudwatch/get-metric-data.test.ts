import { describe, expect, it } from 'vitest';
import {
  arrange,
  constant,
  datum,
  EACH_MINUTE,
  errorMessage,
  errorName,
  get,
  MINUTE_MS,
  NAMESPACE,
  put,
  START_MS,
  seriesMetric,
  statQuery,
} from './arrange.ts';

describe('GetMetricData', () => {
  it('gives what was put, newest first unless asked otherwise', async () => {
    const { client, clock } = arrange();
    await client.send(put([datum(0, 5), datum(0, 7), datum(1, 20)]));
    clock.nowMs += 5 * MINUTE_MS;

    const newest = await client.send(get([statQuery('m1', 'Requests')]));
    const oldest = await client.send(get([statQuery('m1', 'Requests')], { ScanBy: 'TimestampAscending' }));

    expect(newest.MetricDataResults?.[0]).toMatchObject({
      Id: 'm1',
      Label: 'Requests',
      StatusCode: 'Complete',
      Timestamps: [new Date(START_MS + MINUTE_MS), new Date(START_MS)],
      Values: [20, 12],
    });
    expect(oldest.MetricDataResults?.[0]?.Values).toEqual([12, 20]);
  });

  it.each([
    ['Sum', 10],
    ['Average', 2.5],
    ['Minimum', 1],
    ['Maximum', 4],
    ['SampleCount', 4],
    ['p50', 2],
    ['p99', 4],
    ['p0', 1],
  ])('computes %s', async (stat, expected) => {
    const { client, clock } = arrange();
    await client.send(put([1, 2, 3, 4].map((value) => datum(0, value))));
    clock.nowMs += MINUTE_MS;

    const answer = await client.send(get([statQuery('m1', 'Requests', { stat })]));

    expect(answer.MetricDataResults?.[0]?.Values).toEqual([expected]);
  });

  it('has no percentile where only a statistic set with different values was put', async () => {
    const { client, clock } = arrange();
    const { Value: _value, ...bare } = datum(0, 0);
    const set = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 };
    await client.send(put([{ ...bare, StatisticValues: set }]));
    clock.nowMs += MINUTE_MS;

    const answer = await client.send(get([statQuery('p', 'Requests', { stat: 'p99' }), statQuery('s', 'Requests')]));

    expect(answer.MetricDataResults?.map((result) => result.Values)).toEqual([[], [3]]);
  });

  it('sees exactly the metric with the asked dimensions, and nothing without them', async () => {
    const { client, clock } = arrange();
    await client.send(put([datum(0, 5)]));
    clock.nowMs += MINUTE_MS;
    const bare = {
      ...statQuery('m1', 'Requests').MetricStat,
      Metric: { Namespace: NAMESPACE, MetricName: 'Requests' },
    };

    const answer = await client.send(
      get([statQuery('other', 'Requests', { region: 'us-west-2' }), { Id: 'bare', MetricStat: bare }]),
    );

    expect(answer.MetricDataResults?.map((result) => result.Values)).toEqual([[], []]);
  });

  it('shows a data point only after the lag has passed', async () => {
    const { client, clock, fake } = arrange({ metricLagMs: 2 * MINUTE_MS });
    await client.send(put([datum(0, 5)]));
    const seen = async () => (await client.send(get([statQuery('m1', 'Requests')]))).MetricDataResults?.[0]?.Values;

    clock.nowMs = START_MS + 2 * MINUTE_MS - 1;
    const before = await seen();
    clock.nowMs += 1;
    const after = await seen();
    fake.setMetricLagMs(10 * MINUTE_MS);
    const slower = await seen();

    expect([before, after, slower]).toEqual([[], [5], []]);
  });

  it('answers a series from a function of time, last week too, each step only once it is over', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('Requests'), EACH_MINUTE, (timeMs) => {
      const sum = new Date(timeMs).getUTCMinutes();
      return sum === 3 ? null : { sum, count: 1, min: sum, max: sum };
    });
    clock.nowMs = START_MS + 5.5 * MINUTE_MS;
    const week = 7 * 24 * 60 * MINUTE_MS;

    const now = await client.send(get([statQuery('m1', 'Requests')]));
    const lastWeek = await client.send(
      get([statQuery('m1', 'Requests', { period: 300 })], {
        StartTime: new Date(START_MS - week),
        EndTime: new Date(START_MS - week + 10 * MINUTE_MS),
      }),
    );

    expect(now.MetricDataResults?.[0]?.Values).toEqual([4, 2, 1, 0]);
    expect(lastWeek.MetricDataResults?.[0]?.Values).toEqual([35, 7]);
  });

  it('keeps one minute data for 15 days and five minute data for 63', async () => {
    const { client, fake } = arrange();
    fake.series(seriesMetric('Requests'), EACH_MINUTE, constant(1));
    const count = async (days: number, period: number) => {
      const StartTime = new Date(START_MS - days * 24 * 60 * MINUTE_MS);
      const EndTime = new Date(StartTime.getTime() + 60 * MINUTE_MS);
      const answer = await client.send(get([statQuery('m1', 'Requests', { period })], { StartTime, EndTime }));
      return answer.MetricDataResults?.[0]?.Values?.length;
    };

    const counts = [
      await count(14, 60),
      await count(16, 60),
      await count(16, 300),
      await count(64, 300),
      await count(64, 3600),
    ];

    expect(counts).toEqual([60, 0, 12, 0, 1]);
  });

  it('pages through all series without losing or repeating a data point', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('A'), EACH_MINUTE, constant(1));
    fake.series(seriesMetric('B'), EACH_MINUTE, constant(2));
    clock.nowMs += 10 * MINUTE_MS;
    const collected: Record<string, number[]> = { a: [], b: [] };
    const statuses: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        get([statQuery('a', 'A'), statQuery('b', 'B')], { MaxDatapoints: 7, ...(NextToken ? { NextToken } : {}) }),
      );
      for (const { Id = '', Timestamps = [] } of page.MetricDataResults ?? [])
        collected[Id]?.push(...Timestamps.map((time) => time.getTime()));
      statuses.push(page.MetricDataResults?.map((result) => result.StatusCode).join() ?? '');
      ({ NextToken } = page);
      clock.nowMs += MINUTE_MS;
    } while (NextToken);

    const expected = Array.from({ length: 10 }, (_, index) => START_MS + (9 - index) * MINUTE_MS);
    expect(collected).toEqual({ a: expected, b: expected });
    expect(statuses).toEqual(['PartialData,PartialData', 'Complete,PartialData', 'Complete,Complete']);
  });

  it('refuses a page token that was made for another request', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('A'), EACH_MINUTE, constant(1));
    clock.nowMs += 10 * MINUTE_MS;
    const first = await client.send(get([statQuery('a', 'A')], { MaxDatapoints: 2 }));

    const name = await errorName(
      client.send(get([statQuery('b', 'A')], { MaxDatapoints: 2, NextToken: first.NextToken })),
    );

    expect(first.NextToken).toBeTypeOf('string');
    expect(name).toBe('InvalidNextToken');
  });

  it('does arithmetic over ids, leaves out what divides by zero, and hides what should not be returned', async () => {
    const { client, clock } = arrange();
    const errors = { ...datum(0, 3), MetricName: 'Errors' };
    await client.send(put([datum(0, 60), datum(1, 0), errors, { ...datum(1, 1), MetricName: 'Errors' }]));
    clock.nowMs += 5 * MINUTE_MS;

    const answer = await client.send(
      get([
        { ...statQuery('m1', 'Errors'), ReturnData: false },
        { ...statQuery('m2', 'Requests'), ReturnData: false },
        { Id: 'rate', Expression: 'm1/m2*100' },
        { Id: 'inverse', Expression: '-(100 - rate) ^ 2 / 1' },
      ]),
    );

    expect(answer.MetricDataResults?.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['rate', [5]],
      ['inverse', [-9025]],
    ]);
  });

  it.each([
    ['FILL(m1, 0)', 'FILL is not served'],
    ['SELECT AVG(x) FROM y', 'SELECT is not served'],
    ['m1 > 5', 'not understood'],
    ['m1 m1', 'not expected'],
    ['(m1', 'parenthesis'],
    ['m1 +', 'ends where'],
    ['1 + 1', 'no metric'],
    ['m9', 'which no query has'],
    ['e1', 'circle'],
    ['m1 + m5', 'mixes the periods 60 and 300'],
  ])('refuses the expression %s and says why', async (Expression, because) => {
    const { client } = arrange();
    const queries = [
      statQuery('m1', 'Requests'),
      statQuery('m5', 'Requests', { period: 300 }),
      { Id: 'e1', Expression },
    ];

    const message = await errorMessage(client.send(get(queries)));

    expect(message).toContain(because);
  });

  it.each([
    ['two queries with one Id', { MetricDataQueries: [statQuery('m1', 'A'), statQuery('m1', 'B')] }],
    ['no query that is returned', { MetricDataQueries: [{ ...statQuery('m1', 'A'), ReturnData: false }] }],
    ['a query that is neither metric nor expression', { MetricDataQueries: [{ Id: 'm1' }] }],
    ['an end before the start', { EndTime: new Date(START_MS) }],
    ['an unknown statistic', { MetricDataQueries: [statQuery('m1', 'A', { stat: 'TM(10%:90%)' })] }],
    ['a period of 45 s', { MetricDataQueries: [statQuery('m1', 'A', { period: 45 })] }],
    ['501 queries', { MetricDataQueries: Array.from({ length: 501 }, (_, index) => statQuery(`m${index}`, 'A')) }],
    ['a dynamic label', { MetricDataQueries: [{ ...statQuery('m1', 'A'), Label: `\${MAX}` }] }],
    ['another account', { MetricDataQueries: [{ ...statQuery('m1', 'A'), AccountId: '123456789012' }] }],
  ])('refuses %s with a ValidationException', async (_what, overrides) => {
    const { client } = arrange();

    const name = await errorName(client.send(get([statQuery('m1', 'A')], overrides)));

    expect(name).toBe('ValidationException');
  });

  it('accepts 500 queries and a time zone for labels', async () => {
    const { client } = arrange();
    const queries = Array.from({ length: 500 }, (_, index) => statQuery(`m${index}`, 'A'));

    const answer = await client.send(get(queries, { LabelOptions: { Timezone: '+0130' } }));

    expect(answer.MetricDataResults).toHaveLength(500);
  });

  it('gives sub-minute periods for high resolution data alone', async () => {
    const { client, clock } = arrange();
    await client.send(put([datum(0, 1), { ...datum(0, 2), StorageResolution: 1 }]));
    clock.nowMs += MINUTE_MS;

    const answer = await client.send(get([statQuery('m1', 'Requests', { period: 10 })]));

    expect(answer.MetricDataResults?.[0]?.Values).toEqual([2]);
  });
});
