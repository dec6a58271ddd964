import { CloudWatchError } from './errors.ts';
import type { GetMetricDataInput, MetricDataQuery } from './inputs.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import { type MetricView, planQueries, type Window } from './query.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The most data points that one answer holds (API model, 2010-08-01). */
const DEFAULT_MAXIMUM_DATAPOINTS = 100_800;

/** The service rounds the start down, the coarser the older it is (API model of GetMetricDataInput, 2010-08-01). */
const roundStartMs = (startMs: number, nowMs: number, finestPeriodSeconds: number): number => {
  const ageMs = nowMs - startMs;
  const minuteOrLess = finestPeriodSeconds < 60 ? finestPeriodSeconds * 1000 : MINUTE_MS;
  const coarse = ageMs < 63 * DAY_MS ? 5 * MINUTE_MS : 60 * MINUTE_MS;
  const stepMs = ageMs < 15 * DAY_MS ? minuteOrLess : coarse;
  return Math.floor(startMs / stepMs) * stepMs;
};

type Series = { readonly query: MetricDataQuery; readonly points: readonly (readonly [number, number])[] };

const labelOf = (query: MetricDataQuery): string => query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id;

/** One page: `count` data points from `offset` on, counted over all series in the order of their queries. */
const pageOf = (series: readonly Series[], offset: number, count: number): object[] => {
  let before = 0;
  return series.map(({ query, points }) => {
    const from = Math.min(points.length, Math.max(0, offset - before));
    const to = Math.min(points.length, Math.max(0, offset + count - before));
    before += points.length;
    const shown = points.slice(from, to);
    return {
      Id: query.Id,
      Label: labelOf(query),
      Timestamps: shown.map(([timeMs]) => timeMs / 1000),
      Values: shown.map(([, value]) => value),
      StatusCode: to < points.length ? 'PartialData' : 'Complete',
      Messages: [],
    };
  });
};

const checkWindow = (input: GetMetricDataInput): void => {
  if (input.StartTime >= input.EndTime)
    throw new CloudWatchError('validation-error', 'The parameter StartTime must be less than the parameter EndTime.');
};

/**
 * GetMetricData. A page may leave any series unfinished; it is marked PartialData and goes on in a later page, where
 * finished ones stand again without values. With an expression there is no next page, as the API model says: the rest
 * is cut and marked PartialData.
 */
export const getMetricData = (view: MetricView, input: GetMetricDataInput, nowMs: number): object => {
  checkWindow(input);
  const plan = planQueries(input.MetricDataQueries);
  const returned = plan.queries.filter((query) => query.ReturnData !== false);
  if (returned.length === 0)
    throw new CloudWatchError('validation-error', 'At least one of the queries must have ReturnData set to true.');

  const { NextToken, ...request } = input;
  const { offset, asOfMs } =
    NextToken === undefined ? { offset: 0, asOfMs: nowMs } : decodePageToken(request, NextToken);
  const finest = Math.min(...plan.queries.map((query) => query.MetricStat?.Period ?? Infinity));
  const startMs = roundStartMs(input.StartTime * 1000, asOfMs, finest);
  const window: Window = { startMs, endMs: input.EndTime * 1000, asOfMs };
  const ascending = input.ScanBy === 'TimestampAscending';
  const series = returned.map((query) => {
    const points = [...plan.evaluate(view, query.Id, window)].sort(([a], [b]) => (ascending ? a - b : b - a));
    return { query, points };
  });

  const count = input.MaxDatapoints ?? DEFAULT_MAXIMUM_DATAPOINTS;
  const total = series.reduce((sum, { points }) => sum + points.length, 0);
  const hasMore = offset + count < total && !plan.hasExpression;
  return {
    MetricDataResults: pageOf(series, offset, count),
    Messages: [],
    ...(hasMore ? { NextToken: encodePageToken(request, offset + count, asOfMs) } : {}),
  };
};
