import { CloudWatchError } from './errors.ts';
import { type Expression, type Points, parseExpression } from './expression.ts';
import type { MetricDataQuery } from './inputs.ts';
import { fromWireDimensions } from './metric.ts';
import { type MetricStore, retentionMs } from './metric-store.ts';
import { parseStatistic, type Sample } from './statistic.ts';
import type { Outage } from './visibility.ts';

/** What data can be seen: the store, the lag of its data, what is not arriving. */
export type MetricView = {
  readonly store: MetricStore;
  readonly metricLagMs: () => number;
  readonly outages: () => readonly Outage[];
};

/** Period starts in `[startMs, endMs)`, as they can be seen at `asOfMs`. */
export type Window = { readonly startMs: number; readonly endMs: number; readonly asOfMs: number };

type MetricStat = NonNullable<MetricDataQuery['MetricStat']>;

const readMetric = (view: MetricView, stat: MetricStat, window: Window): Points => {
  const statistic = parseStatistic(stat.Stat);
  const { Namespace: namespace, MetricName: name, Dimensions } = stat.Metric;
  const metric = { namespace, name, dimensions: fromWireDimensions(Dimensions) };
  const periodMs = stat.Period * 1000;
  const fromMs = Math.max(window.startMs, window.asOfMs - retentionMs(stat.Period));
  // A data point carries its period's start; a period that starts before the window is not part of it.
  const firstPeriodMs = Math.ceil(fromMs / periodMs) * periodMs;
  const lastPeriodEndMs = Math.ceil(window.endMs / periodMs) * periodMs;
  const samples = view.store.read(metric, {
    fromMs: firstPeriodMs,
    toMs: lastPeriodEndMs,
    asOfMs: window.asOfMs,
    lagMs: view.metricLagMs(),
    outages: view.outages(),
    unit: stat.Unit,
    highResolutionOnly: stat.Period < 60,
  });
  const periods = new Map<number, Sample[]>();
  for (const { timeMs, sample } of samples) {
    const startMs = Math.floor(timeMs / periodMs) * periodMs;
    const period = periods.get(startMs);
    if (period) period.push(sample);
    else periods.set(startMs, [sample]);
  }
  const points = new Map<number, number>();
  for (const [startMs, inPeriod] of periods) {
    const value = statistic(inPeriod);
    if (value !== undefined) points.set(startMs, value);
  }
  return points;
};

/** Checked queries, ready to be evaluated for any window. */
export type QueryPlan = {
  readonly queries: readonly MetricDataQuery[];
  readonly hasExpression: boolean;
  readonly evaluate: (view: MetricView, id: string, window: Window) => Points;
};

const checkOne = (query: MetricDataQuery): void => {
  if ((query.MetricStat === undefined) === (query.Expression === undefined))
    throw new CloudWatchError('validation-error', `Query ${query.Id} must have either MetricStat or Expression.`);
  if (query.Label?.includes('${'))
    throw new CloudWatchError('validation-error', `Dynamic labels are not served here (query ${query.Id}).`);
  if (query.MetricStat) parseStatistic(query.MetricStat.Stat);
};

/** The periods that an expression draws on; they must agree, or its time stamps would not match. */
const periodsOf = (
  id: string,
  queries: ReadonlyMap<string, MetricDataQuery>,
  expressions: ReadonlyMap<string, Expression>,
  above: readonly string[],
): Set<number> => {
  if (above.includes(id))
    throw new CloudWatchError(
      'validation-error',
      `Expressions refer to each other in a circle: ${[...above, id].join(' > ')}`,
    );
  const query = queries.get(id);
  if (query === undefined)
    throw new CloudWatchError(
      'validation-error',
      `Expression ${above.at(-1)} uses ${id}, which no query has as its Id.`,
    );
  if (query.MetricStat) return new Set([query.MetricStat.Period]);
  const all = new Set<number>();
  for (const used of expressions.get(id)?.uses ?? [])
    for (const period of periodsOf(used, queries, expressions, [...above, id])) all.add(period);
  if (all.size > 1)
    throw new CloudWatchError('validation-error', `Expression ${id} mixes the periods ${[...all].join(' and ')}.`);
  return all;
};

/** Checks a set of queries as a whole; refuses what the fake does not serve. */
export const planQueries = (queries: readonly MetricDataQuery[]): QueryPlan => {
  const byId = new Map<string, MetricDataQuery>();
  const expressions = new Map<string, Expression>();
  for (const query of queries) {
    checkOne(query);
    if (byId.has(query.Id))
      throw new CloudWatchError('validation-error', `The values for parameter Id must be unique: ${query.Id}.`);
    byId.set(query.Id, query);
    if (query.Expression !== undefined) expressions.set(query.Id, parseExpression(query.Expression));
  }
  for (const id of expressions.keys()) periodsOf(id, byId, expressions, []);

  const evaluate = (view: MetricView, id: string, window: Window): Points => {
    const stat = byId.get(id)?.MetricStat;
    if (stat) return readMetric(view, stat, window);
    const value = expressions.get(id)?.evaluate((used) => evaluate(view, used, window));
    return value === undefined || typeof value === 'number' ? new Map() : value;
  };
  return { queries, hasExpression: expressions.size > 0, evaluate };
};
