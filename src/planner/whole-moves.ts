import type { Facts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { MoveRequest, PlannedSet } from '../domain/plan.ts';
import { entriesOf, keysOf, recordOf, sum, valuesOf } from '../domain/records.ts';
import { type Shares, weightRangeOf } from '../domain/steering.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { refuse } from '../guardrails/objection.ts';

export interface WholeMoves {
  readonly sets: readonly PlannedSet[];
  readonly objections: readonly Objection[];
}

const servingIn = (shares: Shares): number => valuesOf(shares).filter((share) => share > 0).length;

const changes = ({ from, to }: PlannedSet): boolean =>
  keysOf<RegionId>({ ...from, ...to }).some((region) => (from[region] ?? 0) !== (to[region] ?? 0));

const allTo = ({ members }: PlannedSet, chosen: RegionId): Shares =>
  recordOf(keysOf<RegionId>(members).map((region) => [region, region === chosen ? WHOLE : 0] as const));

/**
 * One destination for each set that can have only one, the largest set first, so that together they come as near as they can
 * to how the traffic would have been divided. Ties go to the earlier region.
 */
const destinations = (sets: readonly PlannedSet[]): ReadonlyMap<PlannedSet, RegionId> => {
  const wanted = new Map<RegionId, number>();
  const chosen = new Map<PlannedSet, RegionId>();
  for (const set of sets) {
    for (const [region, share] of entriesOf<RegionId, number>(set.to))
      wanted.set(region, (wanted.get(region) ?? 0) + share * set.part);
    const able = keysOf<RegionId>(set.members).filter((region) => (set.to[region] ?? 0) > 0);
    const [first, ...others] = able;
    if (first === undefined) continue;
    const best = others.reduce((a, b) => ((wanted.get(b) ?? 0) > (wanted.get(a) ?? 0) ? b : a), first);
    wanted.set(best, (wanted.get(best) ?? 0) - WHOLE * set.part);
    chosen.set(set, best);
  }
  return chosen;
};

const partly = (set: PlannedSet, request: MoveRequest): Objection =>
  refuse(
    'impossible-move',
    `${set.ref.name} ${set.ref.type}${set.ref.group === undefined ? '' : ` ${set.ref.group}`} answers with one region or another and cannot give ${percentText(request.share ?? 0)} away; shift 100%, or move a layer that has weights`,
    { set: set.ref.set, service: set.service },
  );

const tooMany = (set: PlannedSet, serving: number, most: number): Objection =>
  refuse(
    'impossible-move',
    `${set.ref.name} ${set.ref.type} would have ${serving} serving members, and whole weights up to ${most} cannot hold them; publish more addresses for each, or name fewer destinations`,
    { set: set.ref.set, service: set.service, value: serving, limit: most },
  );

/** The part of the way that each set waits for: the largest goes first, each moves when the traffic moved so far includes it. */
const staggered = (sets: readonly PlannedSet[]): readonly PlannedSet[] => {
  const total = sum(sets.map(({ part }) => part));
  let moved = 0;
  return sets.map((set) => {
    moved += set.part;
    return { ...set, flipsAt: Math.min(WHOLE, Math.ceil((moved * WHOLE) / total)) };
  });
};

/**
 * The same sets, those that answer with one member at a time given one destination each and the moment of the way at which
 * they flip; and what cannot be done with them. Sets of weights are returned as they are. All of one service.
 */
export const wholeMoves = (
  sets: readonly PlannedSet[],
  vendors: Facts['vendors'],
  request: MoveRequest,
): WholeMoves => {
  const objections: Objection[] = [];
  const rangeOf = ({ ref }: PlannedSet): ReturnType<typeof weightRangeOf> | null => {
    const capabilities = vendors[ref.provider]?.capabilities;
    return capabilities === undefined ? null : weightRangeOf(ref, capabilities);
  };
  for (const set of sets) {
    const range = rangeOf(set);
    const serving = servingIn(set.to);
    if (range !== null && !range.isWhole && serving > range.maximum)
      objections.push(tooMany(set, serving, range.maximum));
  }
  const moving = sets.filter((set) => rangeOf(set)?.isWhole === true && changes(set));
  if (moving.length === 0) return { sets, objections };
  const isPartial = request.verb === 'shift' && request.share !== null && request.share < WHOLE;
  if (isPartial) return { sets, objections: [...objections, ...moving.map((set) => partly(set, request))] };
  const inOrder = moving.toSorted((a, b) => b.part - a.part);
  const chosen = destinations(inOrder);
  const decided = inOrder.map((set) => {
    const region = chosen.get(set);
    return { was: set, now: region === undefined ? set : { ...set, to: allTo(set, region) } };
  });
  const flips = staggered(decided.map(({ now }) => now).filter(changes));
  const after = new Map(decided.map(({ was, now }) => [was, flips.find(({ ref }) => ref.set === now.ref.set) ?? now]));
  return { sets: sets.map((set) => after.get(set) ?? set), objections };
};
