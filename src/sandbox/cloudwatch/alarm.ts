import { type AlarmRule, evaluationRange, judgeAlarm, type Reading } from './alarm-evaluation.ts';
import { CloudWatchError } from './errors.ts';
import type { AlarmStateValue, MetricDataQuery, PutMetricAlarmInput } from './inputs.ts';
import { type MetricView, planQueries, type QueryPlan } from './query.ts';

/** What an alarm watches and when it changes; made anew by every PutMetricAlarm. */
export type AlarmConfig = {
  readonly input: PutMetricAlarmInput;
  readonly plan: QueryPlan;
  /** The query whose data points are compared. */
  readonly watchedId: string;
  readonly periodMs: number;
  readonly rule: AlarmRule;
};

export type AlarmState = {
  readonly value: AlarmStateValue;
  readonly reason: string;
  readonly reasonData: string | undefined;
  readonly updatedMs: number;
  /** Everything up to this instant has been judged, or was overruled by SetAlarmState. */
  readonly judgedMs: number;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (November 2026). */
const MAXIMUM_METRICS = 10;

const COMPARE: Record<PutMetricAlarmInput['ComparisonOperator'], (value: number, threshold: number) => boolean> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const ofOneMetric = [
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Period',
  'Unit',
] as const;

const combination = (message: string): CloudWatchError => new CloudWatchError('invalid-parameter-combination', message);

const singleQuery = (input: PutMetricAlarmInput): MetricDataQuery => {
  const { MetricName, Namespace, Period, Dimensions, Unit } = input;
  if (MetricName === undefined || Namespace === undefined || Period === undefined)
    throw new CloudWatchError('missing-parameter', 'Either Metrics, or MetricName, Namespace and Period are required.');
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined))
    throw combination('Exactly one of Statistic and ExtendedStatistic is required.');
  return {
    Id: 'watched',
    MetricStat: {
      Metric: { Namespace, MetricName, ...(Dimensions ? { Dimensions } : {}) },
      Period,
      Stat: input.Statistic ?? input.ExtendedStatistic ?? '',
      ...(Unit ? { Unit } : {}),
    },
  };
};

const queriesOf = (input: PutMetricAlarmInput): readonly MetricDataQuery[] => {
  if (input.Metrics === undefined) return [singleQuery(input)];
  const extra = ofOneMetric.filter((name) => input[name] !== undefined);
  if (extra.length > 0) throw combination(`With Metrics these must be left out: ${extra.join(', ')}.`);
  if (input.Metrics.filter((query) => query.MetricStat).length > MAXIMUM_METRICS)
    throw combination(`An alarm on an expression uses at most ${MAXIMUM_METRICS} metrics.`);
  return input.Metrics;
};

const watchedOf = (queries: readonly MetricDataQuery[]): string => {
  const [watched, ...others] = queries.filter((query) => query.ReturnData !== false);
  if (watched === undefined || others.length > 0)
    throw new CloudWatchError(
      'validation-error',
      'Exactly one of Metrics must have ReturnData true; it is true when left out.',
    );
  return watched.Id;
};

/** Checks a PutMetricAlarm input as a whole. */
export const configureAlarm = (input: PutMetricAlarmInput): AlarmConfig => {
  const queries = queriesOf(input);
  const watchedId = watchedOf(queries);
  const plan = planQueries(queries);
  const periods = new Set(queries.flatMap((query) => (query.MetricStat ? [query.MetricStat.Period] : [])));
  const [periodSeconds, otherPeriod] = [...periods];
  if (periodSeconds === undefined || otherPeriod !== undefined)
    throw new CloudWatchError('validation-error', 'All metrics of an alarm must have the same Period.');
  if (periodSeconds * input.EvaluationPeriods * 1000 > DAY_MS)
    throw new CloudWatchError('validation-error', 'Period times EvaluationPeriods must not exceed 86400 seconds.');
  const datapointsToAlarm = input.DatapointsToAlarm ?? input.EvaluationPeriods;
  if (datapointsToAlarm > input.EvaluationPeriods)
    throw new CloudWatchError('validation-error', 'DatapointsToAlarm must not exceed EvaluationPeriods.');
  const treatMissingData = input.TreatMissingData ?? 'missing';
  const rule = { evaluationPeriods: input.EvaluationPeriods, datapointsToAlarm, treatMissingData };
  return { input, plan, watchedId, periodMs: periodSeconds * 1000, rule };
};

const readingsAt = (config: AlarmConfig, view: MetricView, asOfMs: number): Reading[] => {
  const { periodMs, rule, input } = config;
  const count = evaluationRange(rule);
  // The period that is still running is not judged: its sum would always look too small.
  const endMs = Math.floor(asOfMs / periodMs) * periodMs;
  const points = config.plan.evaluate(view, config.watchedId, { startMs: endMs - count * periodMs, endMs, asOfMs });
  const breaches = COMPARE[input.ComparisonOperator];
  return Array.from({ length: count }, (_, back) => {
    const value = points.get(endMs - (back + 1) * periodMs);
    if (value === undefined) return 'missing';
    return breaches(value, input.Threshold) ? 'breaching' : 'fine';
  });
};

/** The state at `nowMs`: judged at every full minute (or period, where shorter) since it was judged last. */
export const advanceAlarm = (config: AlarmConfig, state: AlarmState, view: MetricView, nowMs: number): AlarmState => {
  const stepMs = Math.min(config.periodMs, MINUTE_MS);
  const sinceMs = Math.max(state.judgedMs, nowMs - DAY_MS);
  let current = state;
  for (let atMs = (Math.floor(sinceMs / stepMs) + 1) * stepMs; atMs <= nowMs; atMs += stepMs) {
    const readings = readingsAt(config, view, atMs);
    const value = judgeAlarm(readings, config.rule, current.value);
    if (value !== current.value) {
      const reason = `Newest first, the data points were: ${readings.join(', ')}.`;
      current = { value, reason, reasonData: undefined, updatedMs: atMs, judgedMs: atMs };
    }
  }
  return nowMs > current.judgedMs ? { ...current, judgedMs: nowMs } : current;
};
