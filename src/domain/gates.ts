import type { GateId, RegionId, SignalId } from './ids.ts';
import type { BasisPoints, Instant } from './units.ts';

/** Five outcomes, never two: "no data" and "monitoring is down" are neither a pass nor a fail. */
export type Outcome = 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NO_DATA' | 'ERROR';

export type GateRule =
  /** An alarm or a health check: ok passes, alarm fails. */
  | { readonly kind: 'state' }
  /** Below `passBelow` passes, at or above `failFrom` fails, between them is INCONCLUSIVE. */
  | { readonly kind: 'below'; readonly passBelow: number; readonly failFrom: number; readonly minimumSamples: number }
  | { readonly kind: 'above'; readonly passAbove: number; readonly failTo: number; readonly minimumSamples: number }
  /** Against the same minute one week ago, scaled by the region's expected share; within `passWithin` passes, from `failFrom` fails. */
  | {
      readonly kind: 'last-week';
      readonly passWithin: BasisPoints;
      readonly failFrom: BasisPoints;
      readonly minimumSamples: number;
    };

/** A question about one region (or, with `region: null`, about the service as a whole) that one signal answers. */
export interface GateSpec {
  readonly gate: GateId;
  readonly region: RegionId | null;
  readonly signal: SignalId;
  readonly rule: GateRule;
  /** One FAIL of a critical gate holds at once; others need `failuresToHold` in the run. */
  readonly critical: boolean;
  readonly failuresToHold: number;
}

export interface GateJudgement {
  readonly gate: GateId;
  readonly region: RegionId | null;
  readonly outcome: Outcome;
  readonly value: number | null;
  readonly limit: number | null;
  /** One sentence with value, operator and limit. */
  readonly because: string;
  readonly observedAt: Instant;
  readonly critical: boolean;
  readonly needsNoTraffic: boolean;
  readonly backend: string;
  readonly vantage: string;
  /** The signal it rests on, or the one that this is derived from: same root, same evidence. */
  readonly evidence: SignalId;
}

/** What all gates of one region of one service say together, by the rules of the design, section 4. */
export type RegionHealth = 'healthy' | 'unknown' | 'dead';
