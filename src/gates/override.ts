import type { GateJudgement } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { OverrideRequest } from '../domain/plan.ts';

/**
 * An approved break-glass that covers this judgement. Design rule 6 asks for one that names gates and destinations, so
 * both names must be written out here; an empty list covers nothing.
 */
export const overrideFor = (
  judgement: GateJudgement,
  overrides: readonly OverrideRequest[],
): OverrideRequest | undefined =>
  overrides.find(
    ({ code, names }) =>
      code === 'gate-unknown' &&
      names.includes(judgement.gate) &&
      judgement.region !== null &&
      names.includes(judgement.region),
  );

/** The same for a destination that has no gate to name: the region must be named. */
export const overrideForRegion = (
  region: RegionId,
  overrides: readonly OverrideRequest[],
): OverrideRequest | undefined =>
  overrides.find(({ code, names }) => code === 'gate-unknown' && names.includes(region));
