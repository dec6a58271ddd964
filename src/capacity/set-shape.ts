import { type Answerer, answering, checkOf, type FailOpen } from '../domain/effective.ts';
import type { Facts, SetFacts } from '../domain/facts.ts';
import type { MemberState, SteeringCapabilities } from '../domain/steering.ts';
import { WHOLE } from '../domain/units.ts';
import type { Place, SetPattern } from './frame.ts';

/** One region's member of a set as the vendor holds it. */
export interface Slot extends Place {
  /** Where the set has it among its members; -1 when the vendor does not hold it at all and no run has seen it. */
  readonly at: number;
  /** Has a record without a TTL of its own. */
  readonly isAlias: boolean;
  readonly before: Answerer;
}

/**
 * What sets of one snapshot have in common that stand alike: everything that a step's judgement asks of them apart from
 * names and ages. Shares are parts of 1 by region index.
 */
export interface SetShape {
  readonly pattern: SetPattern;
  /** False when the sets were not read: then nothing can be judged, and a guardrail says so. */
  readonly isRead: boolean;
  /** How many members the sets have. */
  readonly members: number;
  /** Every one of them fills a slot: nobody else steers here. */
  readonly isOwned: boolean;
  readonly slots: readonly Slot[];
  readonly capabilities: SteeringCapabilities | null;
  readonly before: readonly number[];
}

/** The strictest reading of a vendor about which nothing is known. */
const CLOSED: FailOpen = { allDrained: 'nothing', drainedIsLastResort: true, noneHealthyServesAll: false };

export const failOpenOf = (capabilities: SteeringCapabilities | null): FailOpen => capabilities?.failOpen ?? CLOSED;

/** Fractions of the answers by slot, added up by region index. */
export const spread = (slots: readonly Place[], fractions: readonly number[], regions: number): number[] => {
  const shares = new Array<number>(regions).fill(0);
  for (let i = 0; i < slots.length; i += 1) {
    const region = slots[i]?.region ?? 0;
    shares[region] = (shares[region] ?? 0) + (fractions[i] ?? 0);
  }
  return shares;
};

const isAlias = ({ present, ttlSeconds }: MemberState): boolean => present && ttlSeconds === null;

const slotOf = (place: Place, facts: SetFacts | null): Slot => {
  const members = facts?.state.members ?? [];
  const at = members.findLastIndex(({ member }) => member === place.name);
  const state = members[at];
  const check = checkOf(state?.healthCheck ?? null, facts?.checks ?? {});
  return {
    ...place,
    at,
    isAlias: state !== undefined && isAlias(state),
    before: { weight: state?.weight ?? null, present: state?.present ?? false, check },
  };
};

const shapeOf = (pattern: SetPattern, facts: SetFacts | null, capabilities: SteeringCapabilities | null): SetShape => {
  const slots = pattern.places.map((place) => slotOf(place, facts));
  const members = facts?.state.members.length ?? 0;
  const fractions =
    facts === null
      ? pattern.places.map(({ owner }) => (pattern.from[owner] ?? 0) / WHOLE)
      : answering(
          slots.map(({ before }) => before),
          failOpenOf(capabilities),
        );
  return {
    pattern,
    isRead: facts !== null,
    members,
    isOwned: new Set(slots.flatMap(({ at }) => (at < 0 ? [] : [at]))).size === members,
    slots,
    capabilities,
    before: spread(slots, fractions, pattern.regions),
  };
};

const fillsSlot = (slot: Slot, { state: { members }, checks }: SetFacts): boolean => {
  if (slot.at < 0) return !members.some(({ member }) => member === slot.name);
  const member = members[slot.at];
  const { before } = slot;
  return (
    member !== undefined &&
    member.member === slot.name &&
    member.weight === before.weight &&
    member.present === before.present &&
    isAlias(member) === slot.isAlias &&
    checkOf(member.healthCheck, checks) === before.check
  );
};

const hasShape = (shape: SetShape, facts: SetFacts | null): boolean => {
  if (facts === null || !shape.isRead) return facts === null && !shape.isRead;
  if (facts.state.members.length !== shape.members) return false;
  for (const slot of shape.slots) if (!fillsSlot(slot, facts)) return false;
  return true;
};

/** The shapes of one snapshot: the same object for all sets of a pattern that stand alike. */
export const shapesIn = (vendors: Facts['vendors']): ((pattern: SetPattern, facts: SetFacts | null) => SetShape) => {
  const known = new Map<SetPattern, SetShape[]>();
  return (pattern, facts) => {
    const shapes = known.get(pattern) ?? [];
    for (const shape of shapes) if (hasShape(shape, facts)) return shape;
    const made = shapeOf(pattern, facts, vendors[pattern.provider]?.capabilities ?? null);
    known.set(pattern, [...shapes, made]);
    return made;
  };
};
