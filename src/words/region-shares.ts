import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { keysOf, recordOf, sum } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { WHOLE } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import type { Run } from '../run/state.ts';

/**
 * One figure per region for a whole plan: sets by the part of their service's traffic, services by their weight in the
 * fleet's budget, as the budget counts them (design section 4).
 */
const averaged = (envelope: Envelope, of: (set: PlannedSet) => Shares): Shares => {
  const regions = [...new Set(envelope.sets.flatMap((set) => keysOf<RegionId>(set.members)))].sort();
  const weights = new Map(envelope.services.map(({ service, fleetWeight }) => [service, fleetWeight]));
  const wholes = new Map<ServiceId, number>();
  for (const { service, part } of envelope.sets) wholes.set(service, (wholes.get(service) ?? 0) + part);
  const parts = envelope.sets.map((set) => ({
    weight: ((weights.get(set.service) ?? 1) * set.part) / (wholes.get(set.service) || WHOLE),
    shares: of(set),
  }));
  const all = sum(parts.map(({ weight }) => weight)) || 1;
  const share = (region: RegionId): number =>
    Math.round(sum(parts.map(({ weight, shares }) => weight * (shares[region] ?? 0))) / all);
  return recordOf(regions.map((region) => [region, share(region)] as const));
};

export interface PlanShares {
  readonly from: Shares;
  readonly to: Shares;
}

export const planShares = (envelope: Envelope): PlanShares => ({
  from: averaged(envelope, ({ from }) => from),
  to: averaged(envelope, ({ to }) => to),
});

export interface RunShares extends PlanShares {
  /** By what this run last wrote and the vendor confirmed. */
  readonly now: Shares;
}

export const runShares = (run: Run): RunShares => {
  const { envelope } = run;
  const base = averaged(envelope, ({ base: state, members }) => sharesOf(state, members));
  return {
    from: base,
    now: averaged(envelope, ({ ref, members, base: state }) => sharesOf(run.sets[ref.set]?.live ?? state, members)),
    to: run.rollbackAsked === null ? averaged(envelope, ({ ref, to }) => run.sets[ref.set]?.to ?? to) : base,
  };
};
