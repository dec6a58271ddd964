import type { Spent } from '../capacity/budget.ts';
import type { Deaths } from '../capacity/dead.ts';
import type { Measured } from '../capacity/measure.ts';
import type { ServiceModel } from '../capacity/service-model.ts';
import type { Mode, SafetyLimits } from '../domain/config.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { PlannedSet } from '../domain/plan.ts';
import type { Situation, StepCandidate } from './situation.ts';

/** What the hour did to the whole fleet, parts of K averaged by weight, each way of counting it (`capacity/budget.ts`). */
export interface FleetSpent {
  readonly weights: number;
  readonly sum: number;
  readonly peak: number;
}

/** A situation with everything that no step changes. */
export interface Standing extends Situation {
  readonly mode: Mode;
  /** The stricter of what was approved and what is in force now. */
  readonly limits: SafetyLimits;
  readonly deaths: Deaths;
  readonly spent: ReadonlyMap<ServiceId, Spent>;
  readonly fleetSpent: FleetSpent;
  /** How old a capacity or a demand may be. */
  readonly maximumAgeMs: number;
  readonly modelOf: (service: ServiceId) => ServiceModel | undefined;
}

export interface StepContext extends Standing {
  readonly step: StepCandidate;
  /** One for each service that the step touches. */
  readonly measured: readonly Measured[];
  /** The sets of the step that the envelope knows. */
  readonly sets: readonly PlannedSet[];
}

/** A pure rule: all its objections, or none. One that throws refuses (design rule 7). */
export type StandingGuard = (standing: Standing) => readonly Objection[];
export type StepGuard = (context: StepContext) => readonly Objection[];
