import type { GateId, RegionId, ServiceId } from '../domain/ids.ts';
import type { Shares } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';
import type { Polyline } from './predicted.ts';

/** From `at` on the records of the service say this, weighted by the traffic each set carries: a step function. */
export interface WrittenPoint {
  readonly at: Instant;
  readonly shares: Shares;
}

/** Traffic that arrived at one sampling, in the service's unit; null where a region reported none. */
export interface SeenPoint {
  readonly at: Instant;
  readonly traffic: Readonly<Record<RegionId, number | null>>;
  readonly demand: number | null;
  /** Part of all arriving traffic that arrived in the followed region; null when that cannot be told. */
  readonly followedShare: BasisPoints | null;
}

export interface UtilisationSeries {
  readonly region: RegionId;
  readonly limit: BasisPoints;
  readonly highest: BasisPoints | null;
  readonly points: readonly { readonly at: Instant; readonly utilisation: BasisPoints | null }[];
}

export interface ServiceSeries {
  readonly service: ServiceId;
  readonly unit: string;
  readonly written: readonly WrittenPoint[];
  readonly seen: readonly SeenPoint[];
  /** Share of the followed region's traffic that resolvers which honour TTLs would still bring; null says why beside it. */
  readonly predicted: Polyline | null;
  readonly predictedWhy: string | null;
  readonly utilisation: readonly UtilisationSeries[];
}

/** Samplings in a row with one outcome. `because` is that of the first. */
export interface GateSpan {
  readonly from: Instant;
  readonly until: Instant;
  readonly outcome: 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NO_DATA' | 'ERROR';
  readonly samples: number;
  readonly because: string | null;
}

export interface GateRow {
  readonly service: ServiceId;
  readonly gate: GateId;
  /** Null for a gate about the service as a whole. */
  readonly region: RegionId | null;
  readonly spans: readonly GateSpan[];
}
