import type { AutoscalingSpec, CapacityLimits } from './spec.ts';

/** The capacity of one service in one region. */
export type Fleet = {
  /** What serves now, in requests a second. */
  readonly runningRps: number;
  /** What was ordered and does not serve yet. */
  readonly warming: readonly { readonly readyMs: number; readonly rps: number }[];
  readonly hotSinceMs: number | undefined;
  readonly coolSinceMs: number | undefined;
};

/** Running capacity is given back only when it exceeds the need by this factor, so that noise does not move it. */
const SLACK = 1.15;

const within = (rps: number, limits: CapacityLimits): number =>
  Math.max(limits.minimumRps, Math.min(limits.maximumRps, rps));

/** The capacity that autoscaling settles at under a steady load. */
const steadyRps = (offeredRps: number, spec: AutoscalingSpec, limits: CapacityLimits): number =>
  within(offeredRps / spec.targetUtilisation, limits);

export const steadyFleet = (offeredRps: number, spec: AutoscalingSpec, limits: CapacityLimits): Fleet => ({
  runningRps: steadyRps(offeredRps, spec, limits),
  warming: [],
  hotSinceMs: undefined,
  coolSinceMs: undefined,
});

export const warmingRps = (fleet: Fleet): number => fleet.warming.reduce((sum, { rps }) => sum + rps, 0);

const receiveReady = (fleet: Fleet, nowMs: number): Fleet => {
  if (fleet.warming.every(({ readyMs }) => readyMs > nowMs)) return fleet;
  const ready = fleet.warming.filter(({ readyMs }) => readyMs <= nowMs).reduce((sum, { rps }) => sum + rps, 0);
  const warming = fleet.warming.filter(({ readyMs }) => readyMs > nowMs);
  return { ...fleet, runningRps: fleet.runningRps + ready, warming };
};

const scaleOut = (fleet: Fleet, wantedRps: number, spec: AutoscalingSpec, nowMs: number): Fleet => {
  const hotSinceMs = fleet.hotSinceMs ?? nowMs;
  const missingRps = wantedRps - fleet.runningRps - warmingRps(fleet);
  if (nowMs - hotSinceMs < spec.scaleOutAfterSeconds * 1000 || missingRps <= 0)
    return { ...fleet, hotSinceMs, coolSinceMs: undefined };
  const ordered = { readyMs: nowMs + spec.warmUpSeconds * 1000, rps: missingRps };
  return { ...fleet, warming: [...fleet.warming, ordered], hotSinceMs: nowMs, coolSinceMs: undefined };
};

const scaleIn = (fleet: Fleet, wantedRps: number, spec: AutoscalingSpec, nowMs: number): Fleet => {
  const coolSinceMs = fleet.coolSinceMs ?? nowMs;
  if (nowMs - coolSinceMs < spec.scaleInAfterSeconds * 1000 || fleet.warming.length > 0)
    return { ...fleet, hotSinceMs: undefined, coolSinceMs };
  const runningRps = Math.max(wantedRps, fleet.runningRps * (1 - spec.scaleInFraction));
  return { ...fleet, runningRps, hotSinceMs: undefined, coolSinceMs: nowMs };
};

/**
 * Target tracking with delays: capacity comes late and goes slowly. Limits that shrink below what runs take nothing
 * away; they only forbid more.
 */
export const advanceFleet = (
  before: Fleet,
  offeredRps: number,
  spec: AutoscalingSpec,
  limits: CapacityLimits,
  nowMs: number,
): Fleet => {
  const fleet = receiveReady(before, nowMs);
  const wantedRps = steadyRps(offeredRps, spec, limits);
  if (offeredRps > fleet.runningRps * spec.targetUtilisation) return scaleOut(fleet, wantedRps, spec, nowMs);
  if (fleet.runningRps > wantedRps * SLACK) return scaleIn(fleet, wantedRps, spec, nowMs);
  if (fleet.hotSinceMs === undefined && fleet.coolSinceMs === undefined) return fleet;
  return { ...fleet, hotSinceMs: undefined, coolSinceMs: undefined };
};
