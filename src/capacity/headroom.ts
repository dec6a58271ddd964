import { type BasisPoints, WHOLE } from '../domain/units.ts';

/**
 * Demand · share as a part of the capacity that runs now, in basis points, rounded up so that 80.001 % is never shown as
 * 80 %. Null when the capacity is unknown; infinite when it is zero and traffic arrives.
 */
export const utilisation = (demand: number, share: number, now: number | null): BasisPoints | null => {
  if (now === null) return null;
  const load = demand * share;
  if (load === 0) return 0;
  return now > 0 ? Math.ceil((load / now) * WHOLE - 1e-6) : Number.POSITIVE_INFINITY;
};

/** One set of a service around a step: its part of the traffic, and its shares by region index, all parts of 1. */
interface Change {
  readonly part: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** w' of one region: over the sets of the service, weighted by the part of the traffic each carries. */
export const shareAfter = (sets: readonly Change[], region: number): number => {
  let share = 0;
  for (const { part, after } of sets) share += part * (after[region] ?? 0);
  return share;
};

/**
 * The highest share one region can have while the batches of a step land in whatever order: every set may hold its old or
 * its new share meanwhile, so each counts with the higher of the two.
 */
export const worstShare = (sets: readonly Change[], region: number): number => {
  let share = 0;
  for (const { part, before, after } of sets) share += part * Math.max(before[region] ?? 0, after[region] ?? 0);
  return share;
};
