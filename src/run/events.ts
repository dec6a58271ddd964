import type { Outcome } from '../domain/gates.ts';
import type { GateId, PersonId, RegionId, RunId, ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Envelope, Forecast, PlannedBatch } from '../domain/plan.ts';
import type { Fence, SetState, Shares, Weights } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';

export type Direction = 'out' | 'back';

export type HoldCause = 'person' | 'guardrail' | 'gate' | 'budget' | 'control-plane' | 'data-missing' | 'foreign-edit';

export type StopReason = 'person' | 'denied' | 'expired' | 'void' | 'rolled-back';

/** Who asked, and through which door: `cli`, `sandbox`, later `slack`, `http`, `drill`. */
export interface Asked {
  readonly by: PersonId;
  readonly door: string;
}

/** What one step takes out of service, per service, as parts of K (design rule 9: charged by the intent itself). */
export interface StepCharge {
  readonly service: ServiceId;
  readonly servedBefore: number;
  readonly servedAfter: number;
}

/** A set whose live records are neither what was expected nor what was intended. Never overwritten without a new plan. */
export interface ForeignSet {
  readonly set: SetId;
  readonly live: SetState | null;
  /** One line per member that differs: expected and found. */
  readonly diff: readonly string[];
}

/** One gate at one sampling; the sentence only where it did not pass, to keep journals small. */
export interface SeenGate {
  readonly gate: GateId;
  readonly region: RegionId | null;
  readonly outcome: Outcome;
  readonly value: number | null;
  readonly limit: number | null;
  readonly because: string | null;
  readonly observedAt: Instant;
}

/** What was seen at one sampling: enough to judge the next one and to draw the run afterwards. */
export interface Observation {
  readonly services: readonly {
    readonly service: ServiceId;
    readonly demand: number | null;
    readonly traffic: Readonly<Record<RegionId, number | null>>;
    readonly utilisation: Readonly<Record<RegionId, BasisPoints | null>>;
    readonly gates: readonly SeenGate[];
  }[];
  /** The verdict of the gates by the table of the run's mode: `go` has its passes in a row, `hold` says why not. */
  readonly verdict: {
    readonly go: boolean;
    readonly hold: 'FAIL' | 'INCONCLUSIVE' | 'NO_DATA' | 'ERROR' | null;
    readonly endsOnlyByPerson: boolean;
    readonly because: readonly string[];
  };
}

/**
 * Facts about one run, in the past tense, never edited. A new meaning is a new type: old journals must replay for ever.
 * Events of people (`…given`, `…asked`) are appended without the lease by anyone who may; all others carry the epoch.
 */
export type RunEvent =
  | {
      readonly type: 'run.proposed';
      readonly data: Asked & {
        readonly run: RunId;
        readonly envelope: Envelope;
        readonly digest: string;
        readonly forecast: Forecast;
        readonly warnings: readonly Objection[];
        readonly approvalNeeded: boolean;
        /** What the config file says that is not in force. */
        readonly notInForce: readonly string[];
      };
    }
  | { readonly type: 'approval.given'; readonly data: Asked & { readonly digest: string; readonly solo: boolean } }
  | { readonly type: 'denial.given'; readonly data: Asked & { readonly because: string } }
  | { readonly type: 'hold.asked'; readonly data: Asked & { readonly because: string } }
  | { readonly type: 'resume.asked'; readonly data: Asked }
  | { readonly type: 'stop.asked'; readonly data: Asked & { readonly because: string } }
  | { readonly type: 'rollback.asked'; readonly data: Asked & { readonly because: string } }
  | { readonly type: 'run.started'; readonly data: { readonly epoch: number; readonly factsDigest: string } }
  | {
      readonly type: 'step.intended';
      readonly data: {
        readonly step: number;
        readonly direction: Direction;
        readonly wave: number;
        /** Part of the way of this wave, 0..10000, once the step has landed. */
        readonly progress: BasisPoints;
        /** What every member of every set of the step shall weigh. */
        readonly weights: Readonly<Record<SetId, Weights>>;
        readonly batches: readonly PlannedBatch[];
        readonly charges: readonly StepCharge[];
        readonly factsDigest: string;
        readonly factsAt: Instant;
        readonly epoch: number;
      };
    }
  | {
      /** Appended before the request leaves; one event for each batch that is sent at once. */
      readonly type: 'batch.intended';
      readonly data: {
        readonly step: number;
        readonly batch: number;
        readonly fence: { readonly expects: Fence | null; readonly leaves: Fence };
        /** Snapshot under which it was judged. */
        readonly factsDigest: string;
        readonly factsAt: Instant;
        /** The call is aborted then at the latest; a new holder without a native fence waits for it. */
        readonly notAfter: Instant;
      };
    }
  | {
      readonly type: 'batch.landed';
      readonly data: {
        readonly step: number;
        readonly batch: number;
        readonly change: string | null;
        readonly fence: Fence;
        /** True when a later read found it there, because the answer had been lost. */
        readonly found: boolean;
      };
    }
  | {
      /** Surely not applied. `again`: it may be sent once more. */
      readonly type: 'batch.refused';
      readonly data: {
        readonly step: number;
        readonly batch: number;
        readonly kind: string;
        readonly because: string;
        readonly again: boolean;
      };
    }
  | {
      readonly type: 'batch.unknown';
      readonly data: {
        readonly step: number;
        readonly batch: number;
        /** As the vendor port names it; left out where the call ended without a word of the vendor's. */
        readonly kind?: string;
        readonly because: string;
      };
    }
  | { readonly type: 'fence.raised'; readonly data: { readonly zone: string; readonly fence: Fence } }
  /** The marker at the vendor was found to be this; nothing was written. */
  | { readonly type: 'fence.seen'; readonly data: { readonly zone: string; readonly fence: Fence | null } }
  | {
      readonly type: 'sets.foreign';
      readonly data: { readonly step: number; readonly sets: readonly ForeignSet[] };
    }
  /** After a person's resume the sets were read again and are as this run left them. */
  | { readonly type: 'sets.as-expected'; readonly data: { readonly sets: readonly SetId[] } }
  | { readonly type: 'propagation.asked'; readonly data: { readonly step: number; readonly pending: number } }
  | { readonly type: 'step.propagated'; readonly data: { readonly step: number } }
  | {
      /** The sets were listed again, and the authoritative servers were asked. Baking goes on from `step.propagated`. */
      readonly type: 'step.verified';
      readonly data: {
        readonly step: number;
        readonly listed: number;
        readonly answers: readonly {
          readonly set: SetId;
          readonly asked: number;
          readonly fromSource: number;
          /** Null when nobody answered. */
          readonly because: string | null;
        }[];
      };
    }
  | { readonly type: 'observed'; readonly data: Observation }
  | { readonly type: 'step.baked'; readonly data: { readonly step: number } }
  | { readonly type: 'wave.completed'; readonly data: { readonly wave: number } }
  | { readonly type: 'stay.begun'; readonly data: { readonly until: Instant } }
  | {
      readonly type: 'direction.turned';
      readonly data: {
        readonly because: 'stay-over' | 'rollback';
        readonly from: Readonly<Record<SetId, Shares>>;
        /** Where each set goes now: the base of this run, less what a failing region must not get back. */
        readonly to: Readonly<Record<SetId, Shares>>;
        readonly leftOut: readonly RegionId[];
      };
    }
  | {
      readonly type: 'run.held';
      readonly data: {
        readonly cause: Exclude<HoldCause, 'person'>;
        readonly endsByItself: boolean;
        readonly objections: readonly Objection[];
        readonly because: readonly string[];
        /** What to do by hand, where steer itself cannot. */
        readonly byHand: readonly string[];
      };
    }
  | { readonly type: 'run.released'; readonly data: { readonly because: string } }
  | {
      readonly type: 'run.finished';
      readonly data: {
        readonly trafficProven: boolean;
        readonly residue: BasisPoints | null;
        readonly because: string;
      };
    }
  | {
      readonly type: 'run.stopped';
      readonly data: { readonly reason: StopReason; readonly because: readonly string[] };
    }
  | { readonly type: 'run.failed'; readonly data: { readonly because: string } };

/** What concerns the whole fleet; stream `fleet`. */
export type FleetEvent =
  | {
      readonly type: 'config.accepted';
      readonly data: {
        readonly config: unknown;
        readonly digest: string;
        readonly by: PersonId | null;
        readonly second: PersonId | null;
        readonly changes: readonly string[];
      };
    }
  | {
      readonly type: 'freeze.set';
      readonly data: Asked & { readonly because: string; readonly until: Instant | null };
    }
  | { readonly type: 'freeze.lifted'; readonly data: Asked & { readonly because: string } }
  | { readonly type: 'executor.took-over'; readonly data: { readonly holder: string; readonly epoch: number } }
  | {
      readonly type: 'store.adopted';
      readonly data: Asked & {
        readonly second: PersonId;
        /** Ids of the stores whose markers were found. */
        readonly from: readonly string[];
        /** The markers that stand there now; their epoch is above those of all of them. */
        readonly fences: Readonly<Record<string, Fence>>;
        /** Last hash known of the old store's audit chain, where somebody has it: the new chain starts there. */
        readonly previousHash: string | null;
        /** Everything below home counts as removed now, because nobody knows when it was. */
        readonly charges: readonly StepCharge[];
      };
    }
  /** An admin wants to take zones over from another store; a second person has to want it too. */
  | {
      readonly type: 'store.adoption-asked';
      readonly data: Asked & { readonly because: string; readonly previousHash: string | null };
    }
  | {
      readonly type: 'provider.checked';
      readonly data: {
        readonly provider: string;
        readonly conditionalWrite: 'native' | 'emulated';
        /** Weight 0 was seen to drain an alias. */
        readonly zeroOnAlias: boolean;
        readonly findings: readonly string[];
      };
    }
  /** A weakening of the config that waits for a second person; bound to the digest of the proposed config. */
  | {
      readonly type: 'config.proposed';
      readonly data: Asked & { readonly config: unknown; readonly digest: string; readonly weakens: readonly string[] };
    };

export const runStream = (run: RunId): string => `run/${run}`;
export const FLEET_STREAM = 'fleet';
