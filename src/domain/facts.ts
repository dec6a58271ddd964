import type { Freeze, SafetyLimits } from './config.ts';
import type { Declaration } from './declaration.ts';
import type { GateJudgement, RegionHealth } from './gates.ts';
import type { ProviderId, RegionId, RunId, ServiceId, SetId } from './ids.ts';
import type { Fence, SetState, SteeringCapabilities } from './steering.ts';
import type { Instant } from './units.ts';

/** A number and the instant it was true. */
export interface Reading {
  readonly value: number;
  readonly at: Instant;
}

/** What is known of one region's part of one service. Null is unknown, never zero. Unit: the service's. */
export interface RegionFacts {
  readonly capacityNow: Reading | null;
  readonly capacityReference: Reading | null;
  /** Traffic that arrives there now. */
  readonly traffic: Reading | null;
  readonly health: RegionHealth;
  /** Verdict of the signals that need no user traffic: what a drained region is judged by first (design rule 6). */
  readonly quietHealth: RegionHealth;
  readonly gates: readonly GateJudgement[];
}

/** Every candidate for demand; the highest counts (design section 4). */
export interface DemandFacts {
  readonly measured: Reading | null;
  /** The last value before any region left PASS. */
  readonly beforeTrouble: Reading | null;
  readonly lastWeek: Reading | null;
  readonly forecastPeak: Reading | null;
}

export interface ServiceFacts {
  readonly demand: DemandFacts;
  readonly regions: Readonly<Record<RegionId, RegionFacts>>;
  /** Gates of the service as a whole. */
  readonly gates: readonly GateJudgement[];
}

export interface SetFacts {
  readonly state: SetState;
  readonly observedAt: Instant;
  /** `listed`: read from the vendor. `written`: what this run wrote last, which the vendor confirmed. */
  readonly source: 'listed' | 'written';
  /** Health of the vendor's checks on members, by check id; a check that is missing here is unknown. */
  readonly checks: Readonly<Record<string, 'healthy' | 'unhealthy' | 'unknown'>>;
}

/** Capacity that earlier moves took out of service: one per service and step that was intended (design rule 9). */
export interface Charge {
  readonly at: Instant;
  readonly run: RunId;
  readonly service: ServiceId;
  /** In service before and after, as parts of K, 0..1: percentages, so that services of different units average. */
  readonly servedBefore: number;
  readonly servedAfter: number;
}

/** A region that does not get its home share of a service, since when and by which run. */
export interface OutRegion {
  readonly region: RegionId;
  readonly service: ServiceId;
  readonly run: RunId;
  readonly since: Instant;
}

/** What is known of one account at one vendor at this moment. */
export interface VendorFacts {
  readonly capabilities: SteeringCapabilities;
  /** `provider check` has seen on this account that weight 0 drains an alias (design section 6). */
  readonly zeroOnAliasProven: boolean;
}

/** One snapshot of everything a decision needs, with the instant each part was true. Plain data, hashed into every intent. */
export interface Facts {
  readonly at: Instant;
  readonly sets: Readonly<Record<SetId, SetFacts>>;
  readonly fences: Readonly<Record<string, Fence | null>>;
  readonly vendors: Readonly<Record<ProviderId, VendorFacts>>;
  readonly services: Readonly<Record<ServiceId, ServiceFacts>>;
  readonly charges: readonly Charge[];
  readonly freezes: readonly Freeze[];
  readonly out: readonly OutRegion[];
  /** Sets of layered services that steer's newest run left away from home; left out where no service has layers. */
  readonly leftAway?: readonly SetId[];
  /** Other runs that are neither DONE nor STOPPED nor FAILED. */
  readonly otherRuns: readonly { readonly run: RunId; readonly region: RegionId | null; readonly phase: string }[];
  /** Digest of the config in force now. */
  readonly configDigest: string;
  /** Limits of the run's mode in the config in force now: the stricter of these and the approved ones hold (design rule 8). */
  readonly limitsInForce: SafetyLimits;
  /** What people declare dead in the plan that is judged; null where they declare nothing. */
  readonly declared: Declaration | null;
  /** What could not be gathered in time, in a sentence each; whatever needs it is unknown. */
  readonly missing: readonly string[];
}
