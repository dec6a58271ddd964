import { type Metric, metricKey } from './metric.ts';
import type { Sample } from './statistic.ts';
import { isVisible, type Outage, outagesOf } from './visibility.ts';

/** A metric given by a function of time, so that last week's data need no storage. Null: nothing was measured. */
export type SeriesFunction = (timeMs: number) => Sample | null;

export type SeriesOptions = {
  /** The function is asked for every multiple of this; below one minute the metric counts as high resolution. */
  readonly stepMs: number;
  readonly unit: string;
};

type Datum = Sample & {
  readonly timeMs: number;
  readonly storedMs: number;
  readonly unit: string;
  readonly highResolution: boolean;
};

type Entry = { readonly metric: Metric; readonly data: Datum[]; series?: SeriesOptions & { at: SeriesFunction } };

type TimedSample = { readonly timeMs: number; readonly sample: Sample };

/** Which data points to read: time stamps in `[fromMs, toMs)`, as they could be seen at `asOfMs`. */
type ReadRange = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly asOfMs: number;
  readonly lagMs: number;
  readonly outages: readonly Outage[];
  readonly unit: string | undefined;
  /** Sub-minute periods see high resolution data alone. */
  readonly highResolutionOnly: boolean;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Nothing older is kept at any resolution (API model of GetMetricData, 2010-08-01). */
const LONGEST_RETENTION_MS = 455 * DAY_MS;

/** How old a data point of this period may be (API model of GetMetricData, 2010-08-01). */
export const retentionMs = (periodSeconds: number): number => {
  if (periodSeconds % 3600 === 0) return LONGEST_RETENTION_MS;
  if (periodSeconds % 300 === 0) return 63 * DAY_MS;
  return periodSeconds % 60 === 0 ? 15 * DAY_MS : 3 * HOUR_MS;
};

const firstAtOrAfter = (data: readonly Datum[], timeMs: number): number => {
  let low = 0;
  let high = data.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((data[middle]?.timeMs ?? Infinity) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
};

const storedSamples = (entry: Entry, range: ReadRange, outages: readonly Outage[]): TimedSample[] => {
  const found: TimedSample[] = [];
  for (let index = firstAtOrAfter(entry.data, range.fromMs); index < entry.data.length; index += 1) {
    const datum = entry.data[index];
    if (datum === undefined || datum.timeMs >= range.toMs || datum.timeMs + range.lagMs > range.asOfMs) break;
    if (datum.storedMs > range.asOfMs || !isVisible(outages, datum.timeMs, range.asOfMs)) continue;
    if (range.unit !== undefined && range.unit !== datum.unit) continue;
    if (range.highResolutionOnly && !datum.highResolution) continue;
    found.push({ timeMs: datum.timeMs, sample: datum });
  }
  return found;
};

const seriesSamples = (entry: Entry, range: ReadRange, outages: readonly Outage[]): TimedSample[] => {
  const { series } = entry;
  if (series === undefined || (range.unit !== undefined && range.unit !== series.unit)) return [];
  if (range.highResolutionOnly && series.stepMs >= MINUTE_MS) return [];
  const found: TimedSample[] = [];
  // A step is measured over its whole length, so it can be published at its end and not before.
  const lastMs = Math.min(range.toMs - 1, range.asOfMs - range.lagMs - series.stepMs);
  for (
    let timeMs = Math.ceil(range.fromMs / series.stepMs) * series.stepMs;
    timeMs <= lastMs;
    timeMs += series.stepMs
  ) {
    if (!isVisible(outages, timeMs, range.asOfMs)) continue;
    const sample = series.at(timeMs);
    if (sample !== null) found.push({ timeMs, sample });
  }
  return found;
};

/** All metrics of one account: those that were put, and those given by a function of time. */
export type MetricStore = {
  readonly put: (metric: Metric, datum: Datum) => void;
  readonly giveSeries: (metric: Metric, options: SeriesOptions, at: SeriesFunction) => void;
  /** The visible samples in order of time. */
  readonly read: (metric: Metric, range: ReadRange) => TimedSample[];
  /** All metrics, ordered by their key, so that pages do not shift. */
  readonly metrics: () => Metric[];
};

export const createMetricStore = (): MetricStore => {
  const entries = new Map<string, Entry>();
  const entryOf = (metric: Metric): Entry => {
    const key = metricKey(metric);
    const entry = entries.get(key) ?? { metric, data: [] };
    entries.set(key, entry);
    return entry;
  };
  return {
    put: (metric, datum) => {
      const { data } = entryOf(metric);
      const last = data.at(-1);
      if (last === undefined || last.timeMs <= datum.timeMs) data.push(datum);
      else data.splice(firstAtOrAfter(data, datum.timeMs + 1), 0, datum);
    },
    giveSeries: (metric, options, at) => {
      entryOf(metric).series = { ...options, at };
    },
    read: (metric, range) => {
      const entry = entries.get(metricKey(metric));
      if (entry === undefined) return [];
      const outages = outagesOf(range.outages, metric);
      const kept = { ...range, fromMs: Math.max(range.fromMs, range.asOfMs - LONGEST_RETENTION_MS) };
      const samples = [...storedSamples(entry, kept, outages), ...seriesSamples(entry, kept, outages)];
      return entry.data.length > 0 && entry.series ? samples.sort((a, b) => a.timeMs - b.timeMs) : samples;
    },
    metrics: () => [...entries.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry.metric),
  };
};
