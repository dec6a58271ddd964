import type { ServiceId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';

/** An envelope never changes, so its index is made once; searching it for each of ten thousand sets took minutes a step. */
const indexes = new WeakMap<Envelope, ReadonlyMap<SetId, PlannedSet>>();

/** A set as it was planned; undefined where the plan does not have it. */
export const plannedSetOf = (envelope: Envelope, set: SetId): PlannedSet | undefined => {
  const index = indexes.get(envelope) ?? new Map(envelope.sets.map((planned) => [planned.ref.set, planned]));
  indexes.set(envelope, index);
  return index.get(set);
};

const byService = new WeakMap<Envelope, ReadonlyMap<ServiceId, readonly PlannedSet[]>>();

/** The sets of one service, in the order of the plan. */
export const setsOfService = (envelope: Envelope, service: ServiceId): readonly PlannedSet[] => {
  const index = byService.get(envelope) ?? Map.groupBy(envelope.sets, (planned) => planned.service);
  byService.set(envelope, index);
  return index.get(service) ?? [];
};
