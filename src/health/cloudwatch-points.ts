import type { Point, SignalReading } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import type { SeriesAnswer } from './cloudwatch-metrics.ts';
import { type MetricSignal, recentWindow, WEEK_MS } from './cloudwatch-queries.ts';
import { errorReading, noDataReading } from './readings.ts';

/** What was answered for one signal; null where it was not asked for. */
export interface MetricAnswers {
  readonly values: SeriesAnswer;
  readonly counts: SeriesAnswer | null;
  readonly lastWeek: SeriesAnswer | null;
}

const scaled = ({ source }: MetricSignal, value: number): number =>
  source.scale === 'per-second' ? value / (source.periodMs / 1000) : value;

/** A point stands at the start of its period, as CloudWatch says it: the cautious end for "how old" and "since the step". */
const pointAt = (
  signal: MetricSignal,
  at: Instant,
  value: number,
  counts: ReadonlyMap<Instant, number> | null,
): Point => ({
  at,
  value: scaled(signal, value),
  sampleCount: signal.source.statistic === 'SampleCount' ? value : (counts?.get(at) ?? null),
});

/**
 * One reading from what was answered. Only complete periods count. A count or a week-ago value that could not be read is
 * null, never zero; a value that is no number at all is an error, because nothing can be concluded from it.
 */
export const readingOf = (signal: MetricSignal, answers: MetricAnswers, now: Instant): SignalReading => {
  const { values, counts, lastWeek } = answers;
  if (!values.ok) return errorReading(signal, now, values.because);
  const countAt = counts?.ok === true ? counts.values : null;
  const { start, end } = recentWindow(signal, now);
  const { metric, periodMs } = signal.source;
  const recent = [...values.values]
    .filter(([at]) => at >= start && at + periodMs <= end)
    .sort(([one], [other]) => one - other)
    .map(([at, value]) => pointAt(signal, at, value, countAt));
  const latest = recent.at(-1);
  if (latest === undefined)
    return noDataReading(signal, now, `metric ${metric} has no points in the last ${(end - start) / 60_000} minutes`);
  if (!Number.isFinite(latest.value))
    return errorReading(signal, now, `metric ${metric} says ${latest.value}, which is no number`);
  const then = lastWeek?.ok === true ? lastWeek.values.get(latest.at - WEEK_MS) : undefined;
  return {
    signal: signal.signal,
    readAt: now,
    kind: 'number',
    latest,
    recent: recent.filter(({ value }) => Number.isFinite(value)),
    lastWeek:
      then === undefined || !Number.isFinite(then)
        ? null
        : { at: latest.at - WEEK_MS, value: scaled(signal, then), sampleCount: null },
  };
};
