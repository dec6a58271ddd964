import type { AutoscalingSpec, CapacityLimits, ServiceSpec, WorldSpec } from './spec.ts';

/** The regions of the sandbox, and where their traffic belongs on a normal day. */
const DEFAULT_SHARES = { 'us-east-1': 0.4, 'us-west-2': 0.35, 'eu-west-1': 0.25 };

/** Fast enough to watch in a drill of minutes, slow enough that a careless step overloads a destination. */
const AUTOSCALING: AutoscalingSpec = {
  targetUtilisation: 0.6,
  scaleOutAfterSeconds: 60,
  warmUpSeconds: 90,
  scaleInAfterSeconds: 600,
  scaleInFraction: 0.1,
};

/** Every region may grow until the loss of any one other region can be carried at target utilisation, and a bit. */
const limitsOf = (region: string, shares: Readonly<Record<string, number>>, peakRps: number): CapacityLimits => {
  const share = shares[region] ?? 0;
  const largestOther = Math.max(
    0,
    ...Object.entries(shares).flatMap(([name, other]) => (name === region ? [] : [other])),
  );
  const carried = largestOther < 1 ? share / (1 - largestOther) : 1;
  return { minimumRps: peakRps * share * 0.3, maximumRps: (1.1 * peakRps * carried) / AUTOSCALING.targetUtilisation };
};

/** A service with the sandbox's usual habits: a trough at 40 % of its peak, 2 % noise. */
export const defaultService = (
  name: string,
  peakRps: number,
  shares: Readonly<Record<string, number>>,
): ServiceSpec => ({
  name,
  peakRps,
  troughRps: peakRps * 0.4,
  peakHourUtc: 19,
  noiseFraction: 0.02,
  baseLatencyMs: 80,
  homeShares: shares,
  capacity: Object.fromEntries(Object.keys(shares).map((region) => [region, limitsOf(region, shares, peakRps)])),
  autoscaling: AUTOSCALING,
});

/** Three regions and three services of different size, beginning at `startMs`. */
export const defaultWorldSpec = (startMs: number, seed: number): WorldSpec => ({
  regions: Object.keys(DEFAULT_SHARES),
  services: [
    defaultService('checkout', 6_000, DEFAULT_SHARES),
    defaultService('search', 12_000, DEFAULT_SHARES),
    defaultService('catalogue', 20_000, DEFAULT_SHARES),
  ],
  startMs,
  periodMs: 60_000,
  seed,
});
