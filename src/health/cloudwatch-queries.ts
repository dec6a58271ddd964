import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import type { Instant } from '../domain/units.ts';
import type { SignalOf } from './readings.ts';

export type MetricSignal = SignalOf<'cloudwatch-metric'>;

/** `[start, end)`, both on a boundary of the period. */
export interface Window {
  readonly start: Instant;
  readonly end: Instant;
}

/** One series to ask for. Signals that ask for the same series share it. */
export interface Series {
  readonly key: string;
  readonly stat: MetricStat;
}

export const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** The newest periods are not published yet, so a shorter look back would see nothing at all. */
const FEWEST_PERIODS = 5;

/** Periods that CloudWatch knows: 1, 5, 10, 20, 30 seconds and whole minutes (API model of MetricStat, November 2026). */
export const isPeriod = (periodMs: number): boolean =>
  [1000, 5000, 10_000, 20_000, 30_000].includes(periodMs) || (periodMs > 0 && periodMs % MINUTE_MS === 0);

/** Points with a period below a minute are kept for three hours, so there are none of last week (same source). */
export const hasLastWeek = ({ source }: MetricSignal): boolean => source.withLastWeek && source.periodMs >= MINUTE_MS;

const periodsOf = (lookBackMs: number, periodMs: number): number =>
  Math.max(FEWEST_PERIODS, Math.ceil(lookBackMs / periodMs));

/**
 * The look-back window: only complete periods, aligned to them. A start between two boundaries would shift every point,
 * and the period that is still running always looks like a drop in traffic.
 */
export const recentWindow = ({ source }: MetricSignal, now: Instant): Window => {
  const end = Math.floor(now / source.periodMs) * source.periodMs;
  return { start: end - periodsOf(source.lookBackMs, source.periodMs) * source.periodMs, end };
};

/** The same minutes a week ago; an hour is enough, because a reading older than that compares nothing. */
export const lastWeekWindow = (signal: MetricSignal, now: Instant): Window => {
  const { periodMs, lookBackMs } = signal.source;
  const { end } = recentWindow(signal, now);
  const periods = periodsOf(Math.min(lookBackMs, HOUR_MS), periodMs);
  return { start: end - WEEK_MS - periods * periodMs, end: end - WEEK_MS };
};

const seriesOf = ({ source }: MetricSignal, statistic: string): Series => {
  const dimensions = Object.entries(source.dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  const stat: MetricStat = {
    Metric: {
      Namespace: source.namespace,
      MetricName: source.metric,
      Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
    },
    Period: source.periodMs / 1000,
    Stat: statistic,
  };
  return { key: JSON.stringify(stat), stat };
};

export const valueSeries = (signal: MetricSignal): Series => seriesOf(signal, signal.source.statistic);

/** How many measurements stand behind each value. */
export const countSeries = (signal: MetricSignal): Series => seriesOf(signal, 'SampleCount');

/** Ids must begin with a small letter; the number is the place in the call. */
export const queryId = (index: number): string => `s${index}`;

export const queriesOf = (series: readonly Series[]): MetricDataQuery[] =>
  series.map(({ stat }, index) => ({ Id: queryId(index), MetricStat: stat, ReturnData: true }));
