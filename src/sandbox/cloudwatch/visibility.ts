import { carries, type Metric } from './metric.ts';

/**
 * Why data points of some metrics do not arrive, between two instants.
 * `lost`: what was measured meanwhile never arrives. `late`: it arrives all at once when the interval ends.
 */
export type Outage = {
  readonly kind: 'lost' | 'late';
  /** Metrics that carry all of these dimensions are concerned. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly fromMs: number;
  /** Undefined while it lasts. */
  readonly untilMs?: number;
};

const hides = (outage: Outage, pointMs: number, asOfMs: number): boolean => {
  if (pointMs < outage.fromMs || pointMs >= (outage.untilMs ?? Infinity)) return false;
  // An alarm may be evaluated for an instant in the past, before this outage was known to end.
  return outage.kind === 'lost' || asOfMs < (outage.untilMs ?? Infinity);
};

/** The outages that concern a metric; most metrics have none, which keeps reading cheap. */
export const outagesOf = (outages: readonly Outage[], metric: Metric): Outage[] =>
  outages.filter((outage) => carries(metric, outage.dimensions));

/** Whether a data point with this time stamp (ms) can be seen at `asOfMs`, lag aside. */
export const isVisible = (outages: readonly Outage[], pointMs: number, asOfMs: number): boolean =>
  !outages.some((outage) => hides(outage, pointMs, asOfMs));
