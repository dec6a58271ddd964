import { frameOf, type SetPattern } from '../capacity/frame.ts';
import type { Facts } from '../domain/facts.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { weightRangeOf } from '../domain/steering.ts';
import type { BasisPoints } from '../domain/units.ts';
import { roundingError, sharesOf, type WeightRange, weightsFor, weightTotal } from '../domain/weights.ts';

const errorOf = ({ base, from, to, members }: PlannedSet, range: WeightRange): BasisPoints => {
  const weights = weightsFor(to, members, range, weightTotal([from, to], range));
  const held = base.members.map((member) => ({ ...member, weight: weights[member.member] ?? null, present: true }));
  return roundingError(to, sharesOf({ set: base.set, members: held }, members));
};

/** The largest difference between an end share and what integer weights of that vendor hold, over all sets. */
export const largestRoundingError = (envelope: Envelope, facts: Facts): BasisPoints => {
  const { sets } = frameOf(envelope);
  const seen = new Set<SetPattern>();
  const known = new Set<string>();
  let largest = 0;
  for (const set of envelope.sets) {
    const pattern = sets.get(set.ref.set)?.pattern;
    const vendor = facts.vendors[set.ref.provider];
    if (pattern === undefined || vendor === undefined || seen.has(pattern)) continue;
    seen.add(pattern);
    const key = JSON.stringify([set.from, set.to, set.members, set.ref.provider]);
    if (known.has(key)) continue;
    known.add(key);
    largest = Math.max(largest, errorOf(set, weightRangeOf(set.ref, vendor.capabilities)));
  }
  return largest;
};
