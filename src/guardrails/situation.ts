import type { Person } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId, ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Envelope } from '../domain/plan.ts';
import type { Shares, Weights } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';

/** Everything a judgement rests on: one approved (or proposed) envelope against one snapshot, at one instant. */
export interface Situation {
  readonly envelope: Envelope;
  readonly facts: Facts;
  readonly now: Instant;
  /** Where the store and its executor stand; null when outside of all regions. */
  readonly storeRegion: RegionId | null;
  /** The first write of this run has been intended: from then on base, expiry and freeze no longer stop it (rule 5). */
  readonly started: boolean;
}

/**
 * One step under consideration. What the sets hold before it is `facts.sets`, so that a batch that has landed is simply
 * seen there; sets that are not named stay as they are.
 */
export interface StepCandidate {
  readonly direction: 'out' | 'back';
  /** Undoing this run: the budget counts from the highest of the last hour and never forbids what a stop would need. */
  readonly rollingBack: boolean;
  /** The charge of this very step is already in `facts.charges`: its batches are judged again before each is sent. */
  readonly charged: boolean;
  /** What every member of each moved set shall weigh. */
  readonly sets: Readonly<Record<SetId, Weights>>;
}

export interface StepInput extends Situation {
  readonly step: StepCandidate;
}

/** Approval of one envelope by one person. */
export interface ApprovalInput {
  readonly envelope: Envelope;
  readonly asker: Person;
  readonly approver: Person;
  readonly now: Instant;
  /** Digest of the config in force now. */
  readonly configDigest: string;
}

/** Shape of `StepCharge` in the run's events: parts of K, 0..1. */
interface ServiceCharge {
  readonly service: ServiceId;
  readonly servedBefore: number;
  readonly servedAfter: number;
}

/** One service in numbers, before and after a step; capacity in the service's unit, shares as the vendor will hold them. */
export interface ServiceNumbers {
  readonly service: ServiceId;
  /** K: what all home regions together can serve; null when a reference is unknown. */
  readonly whole: number | null;
  /** S and S' as parts of K, 0..1. */
  readonly servedBefore: number;
  readonly servedAfter: number;
  /** What the step takes out of service, as a part of K. */
  readonly removed: BasisPoints;
  /** Regions that serve after it: healthy, with at least `servingShareMinimum`. */
  readonly serving: readonly RegionId[];
  readonly demand: number;
  readonly shareBefore: Shares;
  readonly shareAfter: Shares;
  /** Highest utilisation while the batches land in whatever order; null where the running capacity is unknown. */
  readonly utilisation: Readonly<Record<RegionId, BasisPoints | null>>;
}

/** The destination closest to its limit, the first by name among equals. */
export interface Tightest {
  readonly region: RegionId;
  readonly service: ServiceId;
  readonly utilisation: BasisPoints;
}

export interface StepNumbers {
  readonly services: readonly ServiceNumbers[];
  /** For `step.intended`: one per service the step touches. */
  readonly charges: readonly ServiceCharge[];
  /** The fleet's figure: the mean of the services' percentages, weighted by the config. */
  readonly removedOfFleet: BasisPoints;
  readonly tightest: Tightest | null;
}

/**
 * What does not depend on the step, computed once; the rest per candidate. Cheap enough for a binary search. Pure: the same
 * situation and candidate give the same answer.
 */
export interface StepJudge {
  /**
   * Objections to the run as it stands, whatever the step; before the start those to the whole plan. Part of every `judge`.
   */
  readonly standing: readonly Objection[];
  /** All objections at once, also those a break-glass has softened to warnings. */
  judge(step: StepCandidate): readonly Objection[];
  numbers(step: StepCandidate): StepNumbers;
  /** That one of the numbers, for pace. */
  tightest(step: StepCandidate): Tightest | null;
  /** Earliest instant at which a charge leaves the window of 60 minutes, so that the budget grows; null when none is in it. */
  readonly budgetGrowsAt: Instant | null;
}
