import type { Facts } from '../domain/facts.ts';
import type { RegionId, SetId } from '../domain/ids.ts';
import { type Objection, refusals } from '../domain/objections.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { entriesOf, recordOf } from '../domain/records.ts';
import type { SetState, Weights } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import type { StepCandidate, StepJudge, StepNumbers } from '../guardrails/situation.ts';
import { paced, smallestStep } from './pace.ts';
import { type Direction, setsOfWave, type Ways, wavesInOrder } from './path.ts';
import { weigher } from './step-weights.ts';

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
const shareToMove = (sets: readonly PlannedSet[], ways: Ways): BasisPoints => {
  const byService = new Map<string, number>();
  for (const { ref, service, part } of sets) {
    const way = ways[ref.set];
    if (way === undefined) continue;
    let moved = 0;
    for (const [region, to] of entriesOf<RegionId, BasisPoints>(way.to))
      moved += Math.max(0, to - (way.from[region] ?? 0));
    byService.set(service, (byService.get(service) ?? 0) + (moved * part) / WHOLE);
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
  { direction, ways }: Position,
  sets: readonly PlannedSet[],
  facts: Facts,
): BasisPoints => {
  if (direction === 'out' && envelope.request.verb !== 'restore') return WHOLE;
  let limit: number = WHOLE;
  for (const set of sets) {
    const way = ways[set.ref.set];
    if (way === undefined) continue;
    const serving = new Set(
      liveOf(set, facts).members.flatMap(({ member, weight }) => (weight === null ? [] : [member])),
    );
    for (const [region, to] of entriesOf<RegionId, BasisPoints>(way.to)) {
      const isDrained = (way.from[region] ?? 0) === 0 && !serving.has(set.members[region] ?? '');
      if (to > 0 && isDrained) limit = Math.min(limit, Math.floor((envelope.limits.restoreCanaryShare * WHOLE) / to));
    }
  }
  return Math.max(1, limit);
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

/** The highest `progress` in (low, high] that is not refused, by halving; null when not even `low` is allowed. */
const largestAllowed = (
  low: BasisPoints,
  high: BasisPoints,
  isAllowed: (progress: BasisPoints) => boolean,
): BasisPoints | null => {
  if (isAllowed(high)) return high;
  if (low >= high || !isAllowed(low)) return null;
  let good = low;
  let bad = high;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isAllowed(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

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
  const whole = shareToMove(sets, ways);
  if (progress >= WHOLE || sets.length === 0 || whole === 0) return { kind: 'wave-done' };

  const weigh = weigher(envelope, ways, (provider) => facts.vendors[provider]?.capabilities);
  const candidateAt = (at: BasisPoints): StepCandidate => ({
    direction: position.direction,
    rollingBack: position.rollingBack,
    charged: false,
    sets: recordOf(sets.map((set) => [set.ref.set, weigh(set, at)] as const)),
  });

  const remaining = Math.max(1, Math.round((whole * (WHOLE - progress)) / WHOLE));
  const toProgress = (share: BasisPoints): BasisPoints =>
    Math.min(WHOLE, Math.max(progress + 1, progress + Math.floor((share * WHOLE) / whole)));
  const now = judge.numbers(candidateAt(progress));
  const size = paced({
    envelope,
    stepsBaked: position.stepsBaked,
    remaining,
    tightest: now.tightest?.utilisation ?? null,
    sourceIsDead: position.direction === 'out' && sourceIsDead(envelope, facts, sets),
  });
  const changes = (at: BasisPoints): boolean => sets.some((set) => weightsChange(set, facts, weigh(set, at)));
  if (!changes(WHOLE)) return { kind: 'wave-done' };
  const canary = canaryProgress(envelope, position, sets, facts);
  const sliver = smallestStep(envelope, remaining);
  // A last step smaller than the sliver would cost a whole bake: it joins this one where the limits allow.
  const end = size + sliver > remaining ? WHOLE : toProgress(size);
  const wanted = Math.min(canary, end);
  // A canary is as small as whole weights allow; any other step smaller than the sliver waits instead.
  const least = canary < WHOLE ? progress + 1 : toProgress(sliver);
  const low = firstChange(Math.min(wanted, least), changes);
  const high = Math.max(wanted, low);

  const allowed = largestAllowed(low, high, (at) => refusals(judge.judge(candidateAt(at))).length === 0);
  if (allowed === null) return { kind: 'blocked', objections: judge.judge(candidateAt(low)) };
  const candidate = candidateAt(allowed);
  const changed = sets.filter((set) => weightsChange(set, facts, candidate.sets[set.ref.set] ?? {}));
  const narrowed = {
    ...candidate,
    sets: recordOf(changed.map(({ ref }) => [ref.set, candidate.sets[ref.set] ?? {}] as const)),
  };
  return {
    kind: 'step',
    wave: position.wave,
    progress: allowed,
    sets: changed,
    candidate: narrowed,
    numbers: judge.numbers(narrowed),
  };
};
