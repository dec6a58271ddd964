import type { ProviderId, RegionId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import type { Shares, SteeringCapabilities, Weights } from '../domain/steering.ts';
import type { BasisPoints } from '../domain/units.ts';
import { weightsFor, weightTotal } from '../domain/weights.ts';
import { sharesAt, type Way, type Ways } from './path.ts';

const sameShares = (a: Shares, b: Shares): boolean =>
  [...new Set([...keysOf<RegionId>(a), ...keysOf<RegionId>(b)])].every(
    (region) => (a[region] ?? 0) === (b[region] ?? 0),
  );

const baseWeights = (set: PlannedSet): Weights =>
  Object.fromEntries(set.base.members.map(({ member, weight }) => [member, weight]));

/**
 * Weights of many sets at one point of their ways. Sets that go the same way with the same members share one answer, so
 * that a step on ten thousand names costs little more than a step on one. Coming home ends on the very weights of the base.
 */
export const weigher = (
  envelope: Envelope,
  ways: Ways,
  capabilities: (provider: ProviderId) => SteeringCapabilities | undefined,
): ((set: PlannedSet, progress: BasisPoints) => Weights) => {
  const classes = new Map<SetId, string>();
  const known = new Map<string, Weights>();
  const classOf = (set: PlannedSet, way: Way): string => {
    const cached = classes.get(set.ref.set);
    if (cached !== undefined) return cached;
    const key = JSON.stringify([way.from, way.to, set.members, set.ref.provider, set.from, set.to, baseWeights(set)]);
    classes.set(set.ref.set, key);
    return key;
  };
  return (set, progress) => {
    const way = ways[set.ref.set];
    const range = capabilities(set.ref.provider)?.weight;
    if (way === undefined || range === undefined) {
      throw new RangeError(`set ${set.ref.set} has no way or no known vendor in ${envelope.request.verb}`);
    }
    const key = `${classOf(set, way)} ${progress}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const shares = sharesAt(way, progress);
    const weights = sameShares(shares, set.from)
      ? baseWeights(set)
      : weightsFor(shares, set.members, range, weightTotal([set.from, set.to], range));
    known.set(key, weights);
    return weights;
  };
};
