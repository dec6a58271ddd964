import type { ChangeWindow, Mode, SafetyLimits } from './config.ts';
import type { GateSpec } from './gates.ts';
import type { PersonId, ProviderId, RegionId, ServiceId, SetId } from './ids.ts';
import type { ObjectionCode } from './objections.ts';
import type { DrainMethod, Fence, MembersByRegion, SetRef, SetState, Shares } from './steering.ts';
import type { BasisPoints, Instant } from './units.ts';

/** What was asked, in the words of the grammar after parsing. */
export type Verb = 'evacuate' | 'shift' | 'restore';

export interface MoveRequest {
  readonly verb: Verb;
  readonly mode: Mode;
  /** The source of an evacuation or shift; for restore the region that comes home, or null for all. */
  readonly region: RegionId | null;
  /** Empty means all services (evacuate, restore); a shift names at least one. */
  readonly services: readonly ServiceId[];
  /** Asked destinations; empty means by free headroom. */
  readonly to: readonly RegionId[];
  /** For a shift: how much of the service's traffic moves. */
  readonly share: BasisPoints | null;
  readonly because: string;
  /** How long the region is kept empty before traffic returns by itself; null when it never returns by itself. */
  readonly stayMs: number | null;
  readonly overrides: readonly OverrideRequest[];
  /**
   * The asker declares the region dead, and so does whoever approves the plan. Left out where nobody does, as in every
   * journal written before people could: its digest is what it was.
   */
  readonly declaresDead?: true;
}

export interface OverrideRequest {
  readonly code: ObjectionCode;
  readonly because: string;
  /** For gates: which; for destinations: which. Empty means all of this code. */
  readonly names: readonly string[];
}

/** One steering set of the plan, with everything a step needs to know about it. Frozen at planning. */
export interface PlannedSet {
  readonly ref: SetRef;
  readonly service: ServiceId;
  readonly part: BasisPoints;
  readonly members: MembersByRegion;
  readonly drain: DrainMethod;
  /** Exactly what the vendor held when the plan was made. */
  readonly base: SetState;
  /** Effective shares at the start, and configured shares at the end. */
  readonly from: Shares;
  readonly to: Shares;
  /** For a set that moves as a whole: how far the run must have come, in basis points of the way, before it does. */
  readonly flipsAt?: BasisPoints;
}

/** A layer that stays at home while the plan moves another: if it moved too, nobody could say where traffic goes. */
export interface StillLayer {
  readonly service: ServiceId;
  readonly layer: string;
  /** The layer that the plan moves. */
  readonly moves: string;
  readonly sets: readonly { readonly ref: SetRef; readonly members: MembersByRegion; readonly home: Shares }[];
}

export interface PlannedService {
  readonly service: ServiceId;
  readonly unit: string;
  readonly fleetWeight: number;
  readonly home: Shares;
  readonly tier: number;
  /** Cref by region, frozen (design section 4); null where unknown. */
  readonly capacityReference: Readonly<Record<RegionId, number | null>>;
  /** Demand as the plan saw it: the highest of the candidates. A later, lower measurement never lowers it. */
  readonly demand: number;
  readonly demandOnOldFacts: boolean;
  /** Its gates as they were in the config that the plan was made under. */
  readonly gates: readonly GateSpec[];
}

export interface Wave {
  readonly services: readonly ServiceId[];
}

/** What a person approves. The digest covers all of it and nothing else; it is plain JSON. */
export interface Envelope {
  readonly version: 1;
  readonly store: string;
  readonly request: MoveRequest;
  readonly askedBy: PersonId;
  readonly madeAt: Instant;
  readonly source: RegionId | null;
  readonly destinations: readonly RegionId[];
  readonly services: readonly PlannedService[];
  readonly sets: readonly PlannedSet[];
  /** Left out where every service has one layer. */
  readonly stillLayers?: readonly StillLayer[];
  readonly waves: readonly Wave[];
  readonly fences: Readonly<Record<string, Fence | null>>;
  /** The limits of the mode as they were in force; stricter ones apply at once, looser ones never (design rule 8). */
  readonly limits: SafetyLimits;
  /** How old a capacity or a demand may be in an emergency. */
  readonly emergencyFactsAgeMs: number;
  /** Weight of every service of the fleet in its budget, also of those that do not move. */
  readonly fleetWeights: Readonly<Record<ServiceId, number>>;
  /** When a drill or planned run may move outwards; an empty list allows any time. */
  readonly changeWindows: readonly ChangeWindow[];
  readonly sampleEveryMs: number;
  readonly metricLagMs: number;
  readonly bakeMs: number;
  readonly startBy: Instant;
  readonly finishBy: Instant;
  /** The stay and the return are part of what is approved (design rule 11). */
  readonly stayMs: number | null;
  readonly returnsByItself: boolean;
  readonly goesOnWithoutForeignSets: boolean;
  readonly overrides: readonly OverrideRequest[];
  readonly configDigest: string;
  /** Judged dead when the plan was made; leaving a dead region removes nothing. */
  readonly dead: readonly RegionId[];
  readonly onOldFacts: boolean;
  /** For an emergency: at most this many steps (3); null where the pace decides. */
  readonly mostSteps: number | null;
}

/** One step as the planner expects it. Never approved, only shown. */
export interface ForecastStep {
  readonly step: number;
  readonly direction: 'out' | 'back';
  readonly wave: number;
  /** Part of the way from base to end, 0..10000, after this step. */
  readonly progress: BasisPoints;
  /** Share of the source left, averaged over the services of the wave. */
  readonly sourceShare: BasisPoints;
  readonly minutesFromStart: number;
  readonly utilisation: Readonly<Record<RegionId, BasisPoints>>;
  /** Region with the highest utilisation and the service that has it. */
  readonly tightest: { readonly region: RegionId; readonly service: ServiceId } | null;
  readonly removed: BasisPoints;
  readonly batches: number;
}

export interface Forecast {
  readonly steps: readonly ForecastStep[];
  readonly minutes: number;
  readonly minutesBack: number;
  /** When budget or capacity make it wait, why. */
  readonly waits: readonly string[];
  readonly lever: 'weights';
  /** Largest difference between a share asked for and the share that integer weights can hold. */
  readonly largestRoundingError: BasisPoints;
  /** Sentences about the vendor's last resort, dependencies, old facts and whatever a person must know before approving. */
  readonly remarks: readonly string[];
}

/** One atomic write of a step: all sets in one zone of one account, never torn. */
export interface PlannedBatch {
  readonly batch: number;
  readonly provider: ProviderId;
  readonly zone: string;
  readonly sets: readonly SetId[];
}
