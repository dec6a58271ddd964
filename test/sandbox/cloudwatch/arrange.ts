import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { createCloudWatchFake } from '../../../src/sandbox/cloudwatch/cloudwatch-fake.ts';
import type { MetricDataQuery } from '../../../src/sandbox/cloudwatch/inputs.ts';
import { inProcessClient } from './client.ts';

/** A full hour, so that every period that the tests use starts here. */
export const START_MS = Date.UTC(2026, 10, 2, 12);
export const MINUTE_MS = 60_000;

/** A fake with a manual clock, and the real SDK client in front of it. */
export const arrange = (overrides: { metricLagMs?: number } = {}) => {
  const clock = { nowMs: START_MS };
  const fake = createCloudWatchFake({ now: () => clock.nowMs, metricLagMs: 0, ratesPerSecond: {}, ...overrides });
  return { clock, fake, client: inProcessClient(fake.handle) };
};

export const NAMESPACE = 'Steer/Test';

export const metricOf = (name: string, region = 'us-east-1') => ({
  Namespace: NAMESPACE,
  MetricName: name,
  Dimensions: [{ Name: 'Region', Value: region }],
});

export const statQuery = (
  id: string,
  name: string,
  overrides: { stat?: string; period?: number; region?: string } = {},
) =>
  ({
    Id: id,
    MetricStat: {
      Metric: metricOf(name, overrides.region),
      Period: overrides.period ?? 60,
      Stat: overrides.stat ?? 'Sum',
    },
  }) satisfies MetricDataQuery;

/** A series for the fake that gives the same value in every minute. */
export const constant = (value: number) => () => ({ sum: value, count: 1, min: value, max: value });

export const seriesMetric = (name: string, region = 'us-east-1') => ({
  namespace: NAMESPACE,
  name,
  dimensions: { Region: region },
});

export const EACH_MINUTE = { stepMs: MINUTE_MS, unit: 'Count' };

/** The name of the error that a call ends with; a call that succeeds gives `no error`. */
export const errorName = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.name : 'not an Error'),
  );

/** The message of the error that a call ends with. */
export const errorMessage = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : 'not an Error'),
  );

export const put = (data: MetricDatum[]) => new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: data });

/** One value of the metric `Requests` of us-east-1, so many minutes after the start. */
export const datum = (minute: number, value: number): MetricDatum => ({
  MetricName: 'Requests',
  Dimensions: [{ Name: 'Region', Value: 'us-east-1' }],
  Timestamp: new Date(START_MS + minute * MINUTE_MS),
  Value: value,
});

/** GetMetricData for the ten minutes after the start. */
export const get = (
  queries: GetMetricDataCommandInput['MetricDataQueries'],
  more: Partial<GetMetricDataCommandInput> = {},
) =>
  new GetMetricDataCommand({
    MetricDataQueries: queries,
    StartTime: new Date(START_MS),
    EndTime: new Date(START_MS + 10 * MINUTE_MS),
    ...more,
  });
