import { CloudWatchError } from './errors.ts';
import type { MetricDatumInput, PutMetricDataInput } from './inputs.ts';
import { fromWireDimensions } from './metric.ts';
import type { MetricStore } from './metric-store.ts';
import type { Sample } from './statistic.ts';

const HOUR_SECONDS = 3600;

/** Time stamps may be two weeks old and two hours ahead, no more (API model of PutMetricData, 2010-08-01). */
const OLDEST_SECONDS = 14 * 24 * HOUR_SECONDS;
const NEWEST_SECONDS = 2 * HOUR_SECONDS;

const refuseValue = (where: string, because: string): CloudWatchError =>
  new CloudWatchError('invalid-parameter-value', `The value for ${where} ${because}`);

const fromValues = (values: readonly number[], counts: readonly number[], where: string): Sample => {
  if (counts.length !== values.length)
    throw refuseValue(
      `${where}.Counts`,
      `must have as many entries as Values (${values.length}), has ${counts.length}.`,
    );
  if (counts.some((count) => count <= 0)) throw refuseValue(`${where}.Counts`, 'must be above zero everywhere.');
  const pairs = values.map((value, index) => [value, counts[index] ?? 1] as const);
  return {
    values: pairs,
    sum: pairs.reduce((sum, [value, count]) => sum + value * count, 0),
    count: counts.reduce((sum, count) => sum + count, 0),
    min: Math.min(...values),
    max: Math.max(...values),
  };
};

const sampleOf = (datum: MetricDatumInput, where: string): Sample => {
  const given = [datum.Value, datum.StatisticValues, datum.Values].filter((one) => one !== undefined);
  if (given.length === 0)
    throw new CloudWatchError('missing-parameter', `${where} needs one of Value, Values and StatisticValues.`);
  if (given.length > 1 || (datum.Counts && !datum.Values))
    throw new CloudWatchError(
      'invalid-parameter-combination',
      `${where} may have only one of Value, Values (with Counts) and StatisticValues.`,
    );
  if (datum.Value !== undefined) return fromValues([datum.Value], [1], where);
  if (datum.Values) return fromValues(datum.Values, datum.Counts ?? datum.Values.map(() => 1), where);
  const set = datum.StatisticValues ?? { SampleCount: 0, Sum: 0, Minimum: 0, Maximum: 0 };
  if (set.SampleCount <= 0) throw refuseValue(`${where}.StatisticValues.SampleCount`, 'must be above zero.');
  if (set.Minimum > set.Maximum) throw refuseValue(`${where}.StatisticValues.Minimum`, 'must not exceed Maximum.');
  return { sum: set.Sum, count: set.SampleCount, min: set.Minimum, max: set.Maximum };
};

/** PutMetricData: all data points or none. */
export const putMetricData = (store: MetricStore, input: PutMetricDataInput, nowMs: number): object => {
  if (input.Namespace.startsWith('AWS/'))
    throw refuseValue('Namespace', 'must not start with AWS/, which is kept for the vendor.');
  const accepted = input.MetricData.map((datum, index) => {
    const where = `MetricData.member.${index + 1}`;
    const seconds = datum.Timestamp ?? nowMs / 1000;
    const aheadSeconds = seconds - nowMs / 1000;
    if (aheadSeconds < -OLDEST_SECONDS || aheadSeconds > NEWEST_SECONDS)
      throw refuseValue(`${where}.Timestamp`, 'must be at most two weeks old and at most two hours ahead.');
    const metric = {
      namespace: input.Namespace,
      name: datum.MetricName,
      dimensions: fromWireDimensions(datum.Dimensions),
    };
    const highResolution = datum.StorageResolution === 1;
    const sample = sampleOf(datum, where);
    return {
      metric,
      datum: { ...sample, timeMs: seconds * 1000, storedMs: nowMs, unit: datum.Unit ?? 'None', highResolution },
    };
  });
  for (const { metric, datum } of accepted) store.put(metric, datum);
  return {};
};
