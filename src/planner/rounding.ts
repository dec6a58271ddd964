import type { Facts } from '../domain/facts.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import type { Shares } from '../domain/steering.ts';
import type { BasisPoints } from '../domain/units.ts';
import { roundingError, sharesOf, type WeightRange, weightsFor, weightTotal } from '../domain/weights.ts';
import type { Ways } from './path.ts';

const errorAt = (set: PlannedSet, to: Shares, range: WeightRange): BasisPoints => {
  const weights = weightsFor(to, set.members, range, weightTotal([set.from, set.to], range));
  const members = set.base.members.map((member) => ({
    ...member,
    weight: weights[member.member] ?? null,
    present: true,
  }));
  return roundingError(to, sharesOf({ set: set.base.set, members }, set.members));
};

/** The largest difference between an end share and what integer weights of that vendor hold, over all sets. */
export const largestRoundingError = (envelope: Envelope, ways: Ways, facts: Facts): BasisPoints => {
  const known = new Map<string, BasisPoints>();
  for (const set of envelope.sets) {
    const way = ways[set.ref.set];
    const range = facts.vendors[set.ref.provider]?.capabilities.weight;
    if (way === undefined || range === undefined) continue;
    const key = JSON.stringify([set.from, way.to, set.members, set.ref.provider]);
    if (!known.has(key)) known.set(key, errorAt(set, way.to, range));
  }
  return Math.max(0, ...known.values());
};
