import type { PersonId, RegionId, RunId, ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Envelope, Forecast, PlannedBatch } from '../domain/plan.ts';
import type { Fence, SetState, Shares, Weights } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';
import type { GateMemory } from '../gates/memory.ts';
import type { Asked, Direction, ForeignSet, HoldCause, Observation, StepCharge, StopReason } from './events.ts';

/** The life of one batch. `sent` without an outcome after a restart is as unknown as `unknown`. */
export type BatchState = 'todo' | 'sent' | 'unknown' | 'landed' | 'given-up';

export interface BatchRun {
  readonly planned: PlannedBatch;
  /** Sets that left it because somebody else had changed them; they come back once a person has put them right. */
  readonly leftOut: readonly SetId[];
  readonly state: BatchState;
  readonly fence: { readonly expects: Fence | null; readonly leaves: Fence } | null;
  readonly notAfter: Instant | null;
  readonly change: string | null;
  readonly landedAt: Instant | null;
  readonly refusals: number;
  readonly refusedAt: Instant | null;
  /** Kind of the last refusal, as the vendor port names it. */
  readonly refusedAs: string | null;
  /** Why its outcome is unknown, as the vendor port names it; null where no word of the vendor's came. */
  readonly unknownAs: string | null;
  /** What its sets held before it landed: a stranded change puts them back. */
  readonly before: Readonly<Record<SetId, SetState>>;
  readonly because: string | null;
}

export interface StepRun {
  readonly step: number;
  readonly direction: Direction;
  readonly wave: number;
  readonly progress: BasisPoints;
  readonly weights: Readonly<Record<SetId, Weights>>;
  readonly batches: readonly BatchRun[];
  readonly charges: readonly StepCharge[];
  readonly intendedAt: Instant;
  readonly epoch: number;
  readonly propagationAsked: number;
  readonly propagationAskedAt: Instant | null;
  readonly propagatedAt: Instant | null;
  readonly verifiedAt: Instant | null;
}

export interface RunSet {
  /** What this run believes the vendor holds: the base, then what the run itself wrote. */
  readonly live: SetState;
  readonly from: Shares;
  readonly to: Shares;
  readonly foreign: ForeignSet | null;
}

export interface EngineHold {
  readonly cause: Exclude<HoldCause, 'person'>;
  readonly endsByItself: boolean;
  readonly objections: readonly Objection[];
  readonly because: readonly string[];
  readonly byHand: readonly string[];
  readonly since: Instant;
}

/** One landed step, for people and reports. */
export interface StepRecord {
  readonly step: number;
  readonly direction: Direction;
  readonly wave: number;
  readonly progress: BasisPoints;
  readonly intendedAt: Instant;
  readonly propagatedAt: Instant | null;
  readonly bakedAt: Instant | null;
}

/** Where the engine stands; what people see is `phaseOf`. */
export type Stage = 'waiting' | 'approved' | 'running' | 'staying' | 'stopped' | 'done' | 'failed';

export interface Run {
  readonly run: RunId;
  /** Version of the last event folded: what the next append expects. */
  readonly version: number;
  readonly envelope: Envelope;
  readonly digest: string;
  readonly forecast: Forecast;
  readonly proposed: Asked & { readonly at: Instant };
  readonly approvalNeeded: boolean;
  readonly approval: (Asked & { readonly at: Instant; readonly solo: boolean }) | null;
  readonly stage: Stage;
  readonly direction: Direction;
  readonly turned: 'stay-over' | 'rollback' | null;
  /** Who asked for the rollback that it turned for. */
  readonly turnedBy: (Asked & { readonly because: string }) | null;
  readonly leftOut: readonly RegionId[];
  readonly personHold: (Asked & { readonly at: Instant; readonly because: string }) | null;
  readonly engineHold: EngineHold | null;
  readonly rollbackAsked: (Asked & { readonly because: string }) | null;
  readonly sets: Readonly<Record<SetId, RunSet>>;
  readonly fences: Readonly<Record<string, Fence | null>>;
  /** Index into the waves of the present direction (reversed when going back). */
  readonly wave: number;
  readonly progress: BasisPoints;
  readonly step: StepRun | null;
  readonly steps: readonly StepRecord[];
  readonly lastObservation: { readonly at: Instant; readonly data: Observation } | null;
  /** What each service's gates have said so far; passes in a row start anew with every step. */
  readonly gateMemory: Readonly<Record<ServiceId, GateMemory>>;
  readonly stayUntil: Instant | null;
  /** When a person last resumed it: what was seen before does not count any more. */
  readonly resumedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly ended: { readonly reason: StopReason | 'done' | 'failed'; readonly because: readonly string[] } | null;
  readonly finish: { readonly trafficProven: boolean; readonly residue: BasisPoints | null } | null;
  /** Asks that came too late or changed nothing, answered in a sentence. */
  readonly notes: readonly { readonly at: Instant; readonly by: PersonId; readonly text: string }[];
}

export type Phase =
  | 'PLANNED'
  | 'WAITING FOR APPROVAL'
  | 'MOVING'
  | 'BAKING'
  | 'HOLDING'
  | 'STOPPED'
  | 'DONE'
  | 'FAILED';

export interface Shown {
  readonly phase: Phase;
  /** Beside MOVING, BAKING and HOLDING. */
  readonly direction: Direction | null;
  readonly cause: HoldCause | null;
  readonly reason: StopReason | null;
  /** The words people read, e.g. `HOLDING (gate)`, `ROLLING BACK`, `48 of 50 names moving, 2 held: foreign edit` beside it. */
  readonly words: string;
  readonly heldSets: number;
}

export const isEnded = (run: Run): boolean => run.stage === 'stopped' || run.stage === 'done' || run.stage === 'failed';

/** A batch that was sent and whose outcome nobody knows. */
export const unresolved = (run: Run): readonly BatchRun[] =>
  (run.step?.batches ?? []).filter(({ state }) => state === 'sent' || state === 'unknown');
