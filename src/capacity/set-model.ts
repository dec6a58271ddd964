import { type Answerer, answering, checkOf, type FailOpen } from '../domain/effective.ts';
import type { SetFacts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { PlannedSet } from '../domain/plan.ts';
import { entriesOf, keysOf } from '../domain/records.ts';
import type { DrainMethod, MemberState, SteeringCapabilities, Weights } from '../domain/steering.ts';
import { WHOLE } from '../domain/units.ts';

/** One region's member of one set. `region` is an index into the regions of the service. */
interface Slot {
  readonly region: number;
  readonly owner: RegionId;
  readonly name: string;
  /** Null when the vendor does not hold it at all. */
  readonly state: MemberState | null;
  readonly before: Answerer;
}

/** One steering set, prepared for many candidates. Shares are parts of 1 by region index. */
export interface SetModel {
  readonly planned: PlannedSet;
  /** Null when the set was not read: then nothing can be judged, and a guardrail says so. */
  readonly facts: SetFacts | null;
  /** Part of the service's traffic, 0..1. */
  readonly part: number;
  readonly slots: readonly Slot[];
  readonly capabilities: SteeringCapabilities | null;
  readonly before: readonly number[];
}

/** The strictest reading of a vendor about which nothing is known. */
const CLOSED: FailOpen = { allDrained: 'nothing', drainedIsLastResort: true, noneHealthyServesAll: false };

const spread = (slots: readonly Slot[], fractions: readonly number[], regions: number): number[] => {
  const shares = new Array<number>(regions).fill(0);
  for (let i = 0; i < slots.length; i += 1) {
    const region = slots[i]?.region ?? 0;
    shares[region] = (shares[region] ?? 0) + (fractions[i] ?? 0);
  }
  return shares;
};

export const setModel = (
  planned: PlannedSet,
  facts: SetFacts | null,
  capabilities: SteeringCapabilities | null,
  regions: readonly RegionId[],
): SetModel => {
  const held = new Map(facts?.state.members.map((member) => [member.member, member]));
  const slots = entriesOf<RegionId, string>(planned.members).map(([region, name]): Slot => {
    const state = held.get(name) ?? null;
    const check = checkOf(state?.healthCheck ?? null, facts?.checks ?? {});
    const before = { weight: state?.weight ?? null, present: state?.present ?? false, check };
    return { region: regions.indexOf(region), owner: region, name, state, before };
  });
  const fractions =
    facts === null
      ? keysOf<RegionId>(planned.members).map((region) => (planned.from[region] ?? 0) / WHOLE)
      : answering(
          slots.map(({ before }) => before),
          capabilities?.failOpen ?? CLOSED,
        );
  const before = spread(slots, fractions, regions.length);
  return { planned, facts, part: planned.part / WHOLE, slots, capabilities, before };
};

/** A drained member stays at the vendor unless its record is taken away; a member that serves is there. */
const after = (slot: Slot, weight: number | null, drain: DrainMethod): Answerer => ({
  weight,
  present: weight === null ? drain !== 'remove' && slot.before.present : true,
  check: slot.before.check,
});

/** What one set will answer once `weights` have landed. */
export interface SetAfter {
  readonly model: SetModel;
  readonly weights: Weights;
  readonly part: number;
  readonly slots: readonly Answerer[];
  /** Effective shares by region index. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export const setAfter = (model: SetModel, weights: Weights): SetAfter => {
  const slots = model.slots.map((slot) => after(slot, weights[slot.name] ?? null, model.planned.drain));
  const regions = model.before.length;
  return {
    model,
    weights,
    part: model.part,
    slots,
    before: model.before,
    after: spread(model.slots, answering(slots, model.capabilities?.failOpen ?? CLOSED), regions),
  };
};
