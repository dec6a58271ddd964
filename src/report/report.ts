import type { Mode } from '../domain/config.ts';
import type { Declaration } from '../domain/declaration.ts';
import type { PersonId, RegionId, RunId, ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { OverrideRequest, Verb } from '../domain/plan.ts';
import type { Shares } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';
import type { HoldCause } from '../run/events.ts';
import type { Numbers } from './numbers.ts';
import type { GateRow, ServiceSeries } from './series.ts';
import type { StepStory } from './steps.ts';

/** What one person did to the run. `answer` is what the run said when the ask came too late or changed nothing. */
export interface PersonAct {
  readonly at: Instant;
  readonly by: PersonId;
  readonly door: string;
  readonly did: 'proposed' | 'approved' | 'denied' | 'held' | 'resumed' | 'stopped' | 'rolled back';
  readonly because: string | null;
  readonly answer: string | null;
}

/** What stood against a limit when a hold began. `operator` is the one that would have let it pass; null where there is none. */
export interface Measure {
  readonly what: string;
  readonly value: number | string | null;
  readonly operator: '≤' | '≥' | '<' | '>' | null;
  readonly limit: number | string | null;
  readonly because: string;
}

export interface HoldStory {
  readonly cause: HoldCause;
  /** The person who asked for it; null for steer itself. */
  readonly by: PersonId | null;
  readonly door: string | null;
  readonly because: readonly string[];
  readonly measures: readonly Measure[];
  readonly byHand: readonly string[];
  readonly from: Instant;
  /** Null while it lasts. */
  readonly until: Instant | null;
  readonly ended: {
    /** Null when steer ended it by itself. */
    readonly by: PersonId | null;
    readonly how: 'resume' | 'rollback' | 'stop' | 'released' | 'another hold' | 'end of the run';
    readonly because: string | null;
  } | null;
}

/** A batch that did not simply land: the vendor refused it, nobody knew, or a later read found it. */
export interface Mishap {
  readonly at: Instant;
  readonly step: number;
  readonly batch: number;
  readonly zone: string;
  readonly what: 'refused' | 'unknown' | 'found';
  readonly because: string;
  /** For a refusal: whether it was to be sent once more. */
  readonly again: boolean | null;
}

export interface ForeignEdit {
  readonly at: Instant;
  readonly set: SetId;
  readonly diff: readonly string[];
  /** When the set was found to be as expected again; null when it never was. */
  readonly settledAt: Instant | null;
}

export interface EnvelopeSummary {
  readonly digest: string;
  readonly configDigest: string;
  readonly store: string;
  readonly startBy: Instant;
  readonly finishBy: Instant;
  readonly bakeMs: number;
  readonly stayMs: number | null;
  readonly returnsByItself: boolean;
  readonly largestStep: BasisPoints;
  readonly maximumDestinationUtilisation: BasisPoints;
  readonly capacityRemovedPerHour: BasisPoints;
  readonly minimumHealthyCapacity: BasisPoints;
  readonly waves: readonly (readonly ServiceId[])[];
  readonly sets: readonly {
    readonly set: SetId;
    readonly service: ServiceId;
    readonly name: string;
    readonly from: Shares;
    readonly to: Shares;
  }[];
  readonly dead: readonly RegionId[];
  /** Who declared the region dead that it leaves, and whether their word counted. */
  readonly declared: Declaration | null;
  readonly onOldFacts: boolean;
  readonly forecastSteps: number;
  readonly forecastMinutes: number;
}

/** One line of what happened, in order. Samplings are left out: they are in the series. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly text: string;
}

/**
 * One run, told from its events alone: plain data, and the JSON form of the report. Shares and utilisations are basis
 * points, durations milliseconds, instants milliseconds since 1970 (UTC).
 */
export interface RunReport {
  /** Version of this shape. */
  readonly form: 1;
  readonly run: RunId;
  /** In the words of the request, e.g. `evacuate us-east-1`. */
  readonly title: string;
  readonly verb: Verb;
  readonly mode: Mode;
  readonly because: string;
  readonly source: RegionId | null;
  readonly destinations: readonly RegionId[];
  /** The region whose traffic shows how far the move is: the source, or the one that comes home. */
  readonly followed: RegionId | null;
  readonly services: readonly { readonly service: ServiceId; readonly unit: string; readonly tier: number }[];
  /** In the words people are shown, e.g. `HOLDING out (gate)`. */
  readonly phase: string;
  readonly ended: { readonly reason: string; readonly because: readonly string[] } | null;
  readonly times: {
    readonly proposed: Instant;
    readonly approved: Instant | null;
    readonly started: Instant | null;
    readonly turned: Instant | null;
    readonly ended: Instant | null;
    /** Until when the report knows anything: the end, or the last event. */
    readonly asOf: Instant;
  };
  readonly envelope: EnvelopeSummary;
  readonly approvalNeeded: boolean;
  /** One admin alone waived the second person. */
  readonly approvedAlone: boolean;
  readonly overrides: readonly OverrideRequest[];
  readonly warnings: readonly Objection[];
  readonly notInForce: readonly string[];
  readonly people: readonly PersonAct[];
  readonly timeline: readonly TimelineEntry[];
  readonly steps: readonly StepStory[];
  readonly series: readonly ServiceSeries[];
  readonly gates: readonly GateRow[];
  readonly holds: readonly HoldStory[];
  readonly mishaps: readonly Mishap[];
  readonly foreign: readonly ForeignEdit[];
  readonly numbers: Numbers;
  /** What the reader must know about this report itself: a broken journal, an assumption, what was left out. */
  readonly remarks: readonly string[];
}
