import type { AutoscalingSpec } from './world/spec.ts';

/** How fast the sandbox lives. Everything a drill waits for is in here, so that a test can add the waits up. */
export type Pace = {
  readonly ttlSeconds: number;
  readonly propagationMs: number;
  readonly metricPeriodMs: number;
  readonly metricLagMs: number;
  readonly sampleEveryMs: number;
  readonly shortestBakeMs: number;
  readonly stayMs: number;
  /** How often resolvers, regions and scenario live on. */
  readonly tickMs: number;
  readonly resolvers: number;
  readonly autoscaling: AutoscalingSpec;
  /** Seconds of this pace for one second of a scenario, whose times are those of the real pace. */
  readonly timeScale: number;
};

/** Running capacity is kept while a region is empty, as careful people do in a drill: it comes home to what it left. */
const KEPT_SECONDS = 6 * 3600;

/** A drill that a person watches: about one and a half minutes in real time. */
export const LIVE_PACE: Pace = {
  ttlSeconds: 3,
  propagationMs: 1000,
  metricPeriodMs: 1000,
  metricLagMs: 1000,
  sampleEveryMs: 1000,
  shortestBakeMs: 4000,
  stayMs: 15_000,
  tickMs: 250,
  resolvers: 500,
  autoscaling: {
    targetUtilisation: 0.48,
    scaleOutAfterSeconds: 2,
    warmUpSeconds: 3,
    scaleInAfterSeconds: KEPT_SECONDS,
    scaleInFraction: 0.1,
  },
  timeScale: 0.05,
};

/** As in production: TTL 60 s, about a minute to propagate, metrics by the minute. For virtual time. */
export const REAL_PACE: Pace = {
  ttlSeconds: 60,
  propagationMs: 30_000,
  metricPeriodMs: 60_000,
  metricLagMs: 15_000,
  sampleEveryMs: 30_000,
  shortestBakeMs: 90_000,
  stayMs: 30 * 60_000,
  tickMs: 5000,
  resolvers: 800,
  autoscaling: {
    targetUtilisation: 0.48,
    scaleOutAfterSeconds: 60,
    warmUpSeconds: 90,
    scaleInAfterSeconds: KEPT_SECONDS,
    scaleInFraction: 0.1,
  },
  timeScale: 1,
};
