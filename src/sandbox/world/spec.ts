/** How a service's capacity follows its load in every region. */
export type AutoscalingSpec = {
  /** The share of running capacity that should be used, 0 to 1. */
  readonly targetUtilisation: number;
  /** How long utilisation must stay above the target before capacity is ordered. */
  readonly scaleOutAfterSeconds: number;
  /** How long ordered capacity takes until it serves. */
  readonly warmUpSeconds: number;
  /** How long capacity must be too large before a part of it is given back. */
  readonly scaleInAfterSeconds: number;
  /** The largest part of running capacity that is given back at once, 0 to 1. */
  readonly scaleInFraction: number;
};

/** The limits of one service's capacity in one region, in requests a second. */
export type CapacityLimits = { readonly minimumRps: number; readonly maximumRps: number };

export type ServiceSpec = {
  readonly name: string;
  /** Demand of all users together at the busiest and at the quietest hour. */
  readonly peakRps: number;
  readonly troughRps: number;
  /** The hour of the day (UTC, fractions allowed) at which demand peaks. */
  readonly peakHourUtc: number;
  /** How far demand wanders from the daily curve, 0 (not at all) to 1. */
  readonly noiseFraction: number;
  /** Latency (p99) at no load. */
  readonly baseLatencyMs: number;
  /** The part of the demand that each region serves on a normal day; sums to 1. */
  readonly homeShares: Readonly<Record<string, number>>;
  readonly capacity: Readonly<Record<string, CapacityLimits>>;
  readonly autoscaling: AutoscalingSpec;
};

export type WorldSpec = {
  readonly regions: readonly string[];
  readonly services: readonly ServiceSpec[];
  /** When the world begins; before it every region was at home and well. */
  readonly startMs: number;
  /** How much time one published data point covers. */
  readonly periodMs: number;
  readonly seed: number;
};
