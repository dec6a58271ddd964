import type { Facts } from '../domain/facts.ts';
import type { ServiceId, SetId } from '../domain/ids.ts';
import { type Objection, refusals } from '../domain/objections.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import type { SetState, Weights } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import type { StepCandidate, StepJudge, StepNumbers } from '../guardrails/situation.ts';
import { type Mover, moversOf } from './lanes.ts';
import { paced, smallestStep } from './pace.ts';
import { type Direction, setsOfWave, type Ways, wavesInOrder } from './path.ts';

/** Where a run stands on its way. */
export interface Position {
  readonly direction: Direction;
  readonly rollingBack: boolean;
  readonly wave: number;
  readonly progress: BasisPoints;
  readonly ways: Ways;
  /** Steps of this wave and direction that have baked. */
  readonly stepsBaked: number;
  /** Sets that hold (foreign edits): they stay as they are. */
  readonly leftOut: ReadonlySet<SetId>;
}

export type StepDecision =
  | {
      readonly kind: 'step';
      readonly wave: number;
      readonly progress: BasisPoints;
      readonly sets: readonly PlannedSet[];
      readonly candidate: StepCandidate;
      readonly numbers: StepNumbers;
    }
  | { readonly kind: 'wave-done' }
  | { readonly kind: 'blocked'; readonly objections: readonly Objection[] };

/** The largest share that any service of the wave has to move, in basis points of its traffic. */
const shareToMove = (movers: readonly Mover[]): BasisPoints => {
  const byService = new Map<ServiceId, number>();
  for (const { set, lane } of movers) {
    if (lane === null) continue;
    byService.set(set.service, (byService.get(set.service) ?? 0) + (lane.moves * set.part) / WHOLE);
  }
  return Math.max(0, ...byService.values());
};

const liveOf = (set: PlannedSet, facts: Facts): SetState => facts.sets[set.ref.set]?.state ?? set.base;

/**
 * How far the canary may go: the step that gives a drained region traffic again gives it at most `restoreCanaryShare`
 * (design rule 6). WHOLE where nothing comes home from nothing. Asks what the region has, not how far the run has come: a
 * step too small for a whole weight leaves it as drained as it was.
 */
const canaryProgress = (
  envelope: Envelope,
  { direction }: Position,
  movers: readonly Mover[],
  facts: Facts,
): BasisPoints => {
  if (direction === 'out' && envelope.request.verb !== 'restore') return WHOLE;
  let largest = 0;
  for (const { set, lane } of movers)
    for (const { member, share } of lane?.arrivals ?? [])
      if (share > largest && !serves(liveOf(set, facts), member)) largest = share;
  if (largest === 0) return WHOLE;
  return Math.max(1, Math.min(WHOLE, Math.floor((envelope.limits.restoreCanaryShare * WHOLE) / largest)));
};

/** The smallest `progress` from `low` on at which a weight changes, by halving; a step before it would write nothing new. */
const firstChange = (low: BasisPoints, changes: (progress: BasisPoints) => boolean): BasisPoints => {
  if (changes(low)) return low;
  let same = low;
  let other: BasisPoints = WHOLE;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (changes(middle)) other = middle;
    else same = middle;
  }
  return other;
};

/** One step that was considered, and what was said about it. */
interface Judged {
  readonly at: BasisPoints;
  readonly candidate: StepCandidate;
  readonly objections: readonly Objection[];
  readonly isAllowed: boolean;
}

/** The step to the highest `progress` in [low, high] that is not refused, by halving; the refused one to `low` if none is. */
const largestAllowed = (low: BasisPoints, high: BasisPoints, judged: (at: BasisPoints) => Judged): Judged => {
  const whole = judged(high);
  if (whole.isAllowed || low >= high) return whole;
  let good = judged(low);
  if (!good.isAllowed) return good;
  let bad = high;
  while (bad - good.at > 1) {
    const middle = judged(Math.floor((good.at + bad) / 2));
    if (middle.isAllowed) good = middle;
    else bad = middle.at;
  }
  return good;
};

const serves = ({ members }: SetState, name: string): boolean =>
  members.some(({ member, weight }) => member === name && weight !== null);

const weightsChange = (set: PlannedSet, facts: Facts, weights: Weights): boolean =>
  liveOf(set, facts).members.some(({ member, weight }) => weights[member] !== weight);

/** Approved as dead, and called dead now: who declared it may have been alone, and what failed then may pass by now. */
const sourceIsDead = ({ source, dead }: Envelope, facts: Facts, sets: readonly PlannedSet[]): boolean =>
  source !== null &&
  dead.includes(source) &&
  sets.some(({ service }) => facts.services[service]?.regions[source]?.health === 'dead');

/**
 * The next step of an approved envelope: as large as the smallest of pace, step limit, headroom, floor and budget, judged
 * on the weights the vendor will really hold. Says what stands in the way when even the smallest step is refused.
 */
export const nextStep = (envelope: Envelope, facts: Facts, position: Position, judge: StepJudge): StepDecision => {
  const wave = wavesInOrder(envelope, position.direction)[position.wave];
  const sets = setsOfWave(envelope, wave).filter(({ ref }) => !position.leftOut.has(ref.set));
  const { progress, ways } = position;
  if (progress >= WHOLE || sets.length === 0) return { kind: 'wave-done' };
  const movers = moversOf(envelope, sets, ways, facts.vendors);
  const whole = shareToMove(movers);
  if (whole === 0) return { kind: 'wave-done' };

  const weigh = ({ set, lane }: Mover, at: BasisPoints): Weights => {
    if (lane === null || lane.weightsAt === null)
      throw new RangeError(`set ${set.ref.set} has no way or no known vendor in ${envelope.request.verb}`);
    return lane.weightsAt(at);
  };
  const { direction, rollingBack } = position;
  const candidateOf = (moving: readonly Mover[], at: BasisPoints): StepCandidate => {
    const weights: Record<SetId, Weights> = {};
    for (const mover of moving) weights[mover.set.ref.set] = weigh(mover, at);
    return { direction, rollingBack, charged: false, sets: weights };
  };

  const remaining = Math.max(1, Math.round((whole * (WHOLE - progress)) / WHOLE));
  const toProgress = (share: BasisPoints): BasisPoints =>
    Math.min(WHOLE, Math.max(progress + 1, progress + Math.floor((share * WHOLE) / whole)));
  const size = paced({
    envelope,
    stepsBaked: position.stepsBaked,
    remaining,
    tightest: judge.tightest(candidateOf(movers, progress))?.utilisation ?? null,
    sourceIsDead: direction === 'out' && sourceIsDead(envelope, facts, sets),
  });
  const isChangedAt = (mover: Mover, at: BasisPoints): boolean => weightsChange(mover.set, facts, weigh(mover, at));
  const changes = (at: BasisPoints): boolean => movers.some((mover) => isChangedAt(mover, at));
  if (!changes(WHOLE)) return { kind: 'wave-done' };
  const canary = canaryProgress(envelope, position, movers, facts);
  const sliver = smallestStep(envelope, remaining);
  // A last step smaller than the sliver would cost a whole bake: it joins this one where the limits allow.
  const end = size + sliver > remaining ? WHOLE : toProgress(size);
  // Sets that move as a whole may have come further than a canary, while one of them is still drained: never back from there.
  const wanted = Math.max(progress + 1, Math.min(canary, end));
  // A canary is as small as whole weights allow; any other step smaller than the sliver waits instead.
  const least = canary < WHOLE ? progress + 1 : toProgress(sliver);
  const low = firstChange(Math.min(wanted, least), changes);
  const high = Math.max(wanted, low);

  const judgedAt = (at: BasisPoints): Judged => {
    const candidate = candidateOf(movers, at);
    const objections = judge.judge(candidate);
    return { at, candidate, objections, isAllowed: refusals(objections).length === 0 };
  };
  const largest = largestAllowed(low, high, judgedAt);
  if (!largest.isAllowed) return { kind: 'blocked', objections: largest.objections };
  const changed = movers.filter((mover) => isChangedAt(mover, largest.at));
  // Mostly every set changes, and then it is the very step that was judged.
  const candidate = changed.length === movers.length ? largest.candidate : candidateOf(changed, largest.at);
  return {
    kind: 'step',
    wave: position.wave,
    progress: largest.at,
    sets: changed.map(({ set }) => set),
    candidate,
    numbers: judge.numbers(candidate),
  };
};
