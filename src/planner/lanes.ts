import { type FramedSet, frameOf, type SetPattern } from '../capacity/frame.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { entriesOf } from '../domain/records.ts';
import { type MembersByRegion, type Shares, type Weights, weightRangeOf } from '../domain/steering.ts';
import type { BasisPoints } from '../domain/units.ts';
import { type WeightRange, weightsFor, weightTotal } from '../domain/weights.ts';
import { sharesAt, type Way, type Ways } from './path.ts';

/** A region that this way brings back from nothing, and the share it ends with. */
export interface Arrival {
  readonly member: string;
  readonly share: BasisPoints;
}

/** What sets share that go the same way with the same members from the same weights. */
export interface Lane {
  readonly way: Way;
  /** What regions gain on the whole way, together. */
  readonly moves: BasisPoints;
  readonly arrivals: readonly Arrival[];
  /** Weights at a point of the way; null where nothing is known about the vendor. */
  readonly weightsAt: ((progress: BasisPoints) => Weights) | null;
}

/** One set of the wave and its lane; null where the run knows no way for it. */
export interface Mover {
  readonly set: PlannedSet;
  readonly lane: Lane | null;
}

const hasAllOf = (a: Shares, b: Shares): boolean => {
  for (const [region, share] of entriesOf<RegionId, BasisPoints>(a)) if (share !== (b[region] ?? 0)) return false;
  return true;
};

const sameShares = (a: Shares, b: Shares): boolean => a === b || (hasAllOf(a, b) && hasAllOf(b, a));

const movesOn = ({ from, to }: Way): BasisPoints => {
  let moved = 0;
  for (const [region, share] of entriesOf<RegionId, BasisPoints>(to)) moved += Math.max(0, share - (from[region] ?? 0));
  return moved;
};

const arrivalsOn = ({ from, to }: Way, members: MembersByRegion): readonly Arrival[] =>
  entriesOf<RegionId, BasisPoints>(to).flatMap(([region, share]) =>
    share > 0 && (from[region] ?? 0) === 0 ? [{ member: members[region] ?? '', share }] : [],
  );

const flipped = (way: Way, isThere: boolean): Shares => (isThere ? way.to : way.from);

const weighing = (way: Way, { pattern, planned }: FramedSet, range: WeightRange): Lane['weightsAt'] => {
  const total = weightTotal([pattern.from, pattern.to], range);
  const known = new Map<BasisPoints, Weights>();
  return (progress) => {
    const found = known.get(progress);
    if (found !== undefined) return found;
    const shares = pattern.flipsAt === null ? sharesAt(way, progress) : flipped(way, progress >= pattern.flipsAt);
    // Coming home ends on the very weights of the base.
    const isHome = sameShares(shares, pattern.from);
    const weights = isHome ? pattern.base : weightsFor(shares, planned.members, range, total);
    known.set(progress, weights);
    return weights;
  };
};

const laneOf = (way: Way, set: FramedSet, range: WeightRange | undefined): Lane => ({
  way,
  moves: movesOn(way),
  arrivals: arrivalsOn(way, set.planned.members),
  weightsAt: range === undefined ? null : weighing(way, set, range),
});

/**
 * These sets with their lanes, so that a step on ten thousand names is weighed as often as there are ways to go, and not
 * once for each name.
 */
export const moversOf = (
  envelope: Envelope,
  sets: readonly PlannedSet[],
  ways: Ways,
  vendors: Facts['vendors'],
): readonly Mover[] => {
  const frame = frameOf(envelope);
  const lanes = new Map<SetPattern, Lane[]>();
  return sets.map((set): Mover => {
    const framed = frame.sets.get(set.ref.set);
    const way = ways[set.ref.set];
    if (framed === undefined || way === undefined) return { set, lane: null };
    const known = lanes.get(framed.pattern) ?? [];
    for (const lane of known)
      if (lane.way === way || (sameShares(lane.way.from, way.from) && sameShares(lane.way.to, way.to)))
        return { set, lane };
    const vendor = vendors[framed.pattern.provider];
    const lane = laneOf(way, framed, vendor === undefined ? undefined : weightRangeOf(set.ref, vendor.capabilities));
    lanes.set(framed.pattern, [...known, lane]);
    return { set, lane };
  });
};

/** The ways of a plan that has not begun, there and back; the same object for all sets that go the same. */
export const plannedWays = (envelope: Envelope): Readonly<Record<'out' | 'back', Ways>> => {
  const frame = frameOf(envelope);
  const known = new Map<SetPattern, { readonly out: Way; readonly back: Way }>();
  const out: Record<SetId, Way> = {};
  const back: Record<SetId, Way> = {};
  for (const { ref } of envelope.sets) {
    const pattern = frame.sets.get(ref.set)?.pattern;
    if (pattern === undefined) continue;
    const { from, to } = pattern;
    const ways = known.get(pattern) ?? { out: { from, to }, back: { from: to, to: from } };
    known.set(pattern, ways);
    out[ref.set] = ways.out;
    back[ref.set] = ways.back;
  }
  return { out, back };
};
