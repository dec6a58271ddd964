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

/**
 * The highest share each region can have while the batches of a step land in whatever order: every set may hold its old or
 * its new share meanwhile, so each counts with the higher of the two.
 */
export const worstShares = (before: readonly number[], after: readonly number[]): readonly number[] =>
  after.map((share, region) => Math.max(before[region] ?? 0, share));
