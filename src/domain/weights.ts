import { apportion } from './apportion.ts';
import type { RegionId } from './ids.ts';
import { entriesOf, keysOf, mapValues, recordOf, valuesOf } from './records.ts';
import type { MembersByRegion, SetState, Shares, SteeringCapabilities, Weights } from './steering.ts';
import { type BasisPoints, WHOLE } from './units.ts';

export type WeightRange = SteeringCapabilities['weight'];

/** Largest distance of any of these shares from what whole numbers of this total can hold, as a part of the whole. */
const distance = (shares: readonly number[], total: number): number => {
  let worst = 0;
  for (const share of shares) {
    const exact = (share * total) / WHOLE;
    worst = Math.max(worst, Math.abs(exact - Math.round(exact)) / total);
  }
  return worst;
};

/**
 * The sum of weights that one set keeps over all steps of a run: with a changing sum, a write about one region would
 * silently move all others. Among the sums that let every member stay within the vendor's maximum it is the one that holds
 * the given shares (home, start, end) best; the largest of equals, because steps are then finest. Route 53, 50 / 50: 254.
 */
export const weightTotal = (shares: readonly Shares[], range: WeightRange): number => {
  // Shares are in 1/10000; a larger sum says nothing more.
  const largest = Math.min(range.maximum, WHOLE);
  const wanted = shares.flatMap((one) => valuesOf(one));
  let best = largest;
  let least = distance(wanted, largest);
  for (let total = largest - 1; total * 2 >= largest && total > 0 && least > 0; total -= 1) {
    const error = distance(wanted, total);
    if (error >= least) continue;
    best = total;
    least = error;
  }
  return best;
};

/**
 * Weights that store these shares: null (drained) for a share of zero, whole numbers that add up to `total` for the
 * others, none below the vendor's minimum. Throws when nothing would serve (design rule 1), when a share has no member, or
 * when `total` is above what one member may hold.
 */
export const weightsFor = (shares: Shares, members: MembersByRegion, range: WeightRange, total: number): Weights => {
  if (total > range.maximum)
    throw new RangeError(`a sum of ${total} could exceed the largest weight, ${range.maximum}`);
  for (const [region, share] of entriesOf<RegionId, number>(shares))
    if (share !== 0 && members[region] === undefined)
      throw new RangeError(`${region} shall have ${share} basis points, but the set has no member there`);
  const parts = recordOf(keysOf<RegionId>(members).map((region) => [region, shares[region] ?? 0] as const));
  const weights = apportion(parts, total, range.minimum);
  return recordOf(
    entriesOf<RegionId, string>(members).map(
      ([region, member]) => [member, parts[region] === 0 ? null : (weights[region] ?? null)] as const,
    ),
  );
};

/**
 * Configured shares: what the records say, checks left aside. They add up to 10000 exactly (largest remainder), and a
 * member that serves has at least 1. All zero when nothing serves, which is never a state to aim at.
 */
export const sharesOf = (state: SetState, members: MembersByRegion): Shares => {
  const weights = new Map(state.members.map(({ member, present, weight }) => [member, present ? (weight ?? 0) : 0]));
  const parts = mapValues<RegionId, string, number>(members, (member) => weights.get(member) ?? 0);
  return valuesOf(parts).some((weight) => weight > 0) ? apportion(parts, WHOLE, 1) : parts;
};

/** Members that the vendor holds and `members` does not name: somebody else steers here too. */
export const strangers = (state: SetState, members: MembersByRegion): readonly string[] => {
  const known = new Set(valuesOf(members));
  return state.members.filter(({ member, present }) => present && !known.has(member)).map(({ member }) => member);
};

/** Largest difference between a share that was asked for and the one that is held, whichever region it is in. */
export const roundingError = (asked: Shares, held: Shares): BasisPoints => {
  const regions = keysOf<RegionId>({ ...asked, ...held });
  return Math.max(0, ...regions.map((region) => Math.abs((asked[region] ?? 0) - (held[region] ?? 0))));
};
