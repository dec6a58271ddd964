import type { ListMetricsInput } from './inputs.ts';
import { type Metric, toWireDimensions } from './metric.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import type { MetricView } from './query.ts';

/** The most metrics in one answer (API model of ListMetrics, 2010-08-01). */
const PAGE_SIZE = 500;

const HOUR_MS = 3_600_000;
const TWO_WEEKS_MS = 14 * 24 * HOUR_MS;

const matches = (metric: Metric, input: ListMetricsInput): boolean => {
  if (input.Namespace !== undefined && input.Namespace !== metric.namespace) return false;
  if (input.MetricName !== undefined && input.MetricName !== metric.name) return false;
  return (input.Dimensions ?? []).every(({ Name, Value }) => {
    const own = metric.dimensions[Name];
    return own !== undefined && (Value === undefined || Value === own);
  });
};

/** Looks backwards an hour at a time, since a metric that lives answers in the first hour. */
const reportedWithin = (view: MetricView, metric: Metric, spanMs: number, nowMs: number): boolean => {
  for (let endMs = nowMs; endMs > nowMs - spanMs; endMs -= HOUR_MS) {
    const range = { fromMs: endMs - HOUR_MS, toMs: endMs, asOfMs: nowMs, unit: undefined, highResolutionOnly: false };
    const samples = view.store.read(metric, { ...range, lagMs: view.metricLagMs(), outages: view.outages() });
    if (samples.length > 0) return true;
  }
  return false;
};

/** ListMetrics: metrics that reported within two weeks, or within three hours when asked so. */
export const listMetrics = (view: MetricView, input: ListMetricsInput, nowMs: number): object => {
  const { NextToken, ...request } = input;
  const { offset, asOfMs } =
    NextToken === undefined ? { offset: 0, asOfMs: nowMs } : decodePageToken(request, NextToken);
  const spanMs = input.RecentlyActive === undefined ? TWO_WEEKS_MS : 3 * HOUR_MS;
  const found = view.store
    .metrics()
    .filter((metric) => matches(metric, input) && reportedWithin(view, metric, spanMs, asOfMs));
  const hasMore = offset + PAGE_SIZE < found.length;
  return {
    Metrics: found.slice(offset, offset + PAGE_SIZE).map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: toWireDimensions(dimensions),
    })),
    ...(hasMore ? { NextToken: encodePageToken(request, offset + PAGE_SIZE, asOfMs) } : {}),
  };
};
