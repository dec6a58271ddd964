import type { GeoRegions, RecordChange, RecordSet, RecordsCapabilities, Zone } from '../src/domain/record-sets.ts';
import type { ProviderFailure } from './errors.ts';
import type { Propagation } from './steering.ts';

/** Which record sets of a zone; without a field all of them. */
export interface RecordQuery {
  readonly name?: string;
  readonly type?: string;
}

export type Connection = { readonly ok: true } | { readonly ok: false; readonly because: string };

/**
 * What became of one change. `already` means that the vendor held it as it should be before anything was sent. A change that
 * was not sent, because another one of the same vendor's call could not be, is `failed` and says so.
 */
export type RecordOutcome =
  | { readonly outcome: 'landed'; readonly change: string | null }
  | { readonly outcome: 'already' }
  | { readonly outcome: 'failed'; readonly kind: ProviderFailure; readonly because: string };

/** A zone to be made, or what of it shall be as said. */
export interface ZoneWish {
  readonly name: string;
  readonly ttlSeconds: number | null;
  readonly email: string | null;
}

/**
 * One account at one vendor, seen as zones and record sets. Stands beside `Steering`; neither is built on the other.
 * Implementations hold no state that a restart may lose, and read credentials and endpoint anew for every call, so that both
 * can be changed while it runs. Failures are a `ProviderError` with a kind of the closed set.
 */
export interface Records {
  readonly capabilities: RecordsCapabilities;

  /** Whether credentials and network are good, by the cheapest call the vendor has. Says no with a reason, never throws it. */
  checkConnection(signal: AbortSignal): Promise<Connection>;

  /** All zones, or those of one name (with its trailing dot), following every page. Empty when there is none. */
  zones(name: string | null, signal: AbortSignal): Promise<readonly Zone[]>;

  /**
   * Makes the zone, or gives the one of that name the TTL and email that are not null. A repeat changes nothing. Throws
   * `rejected` for what the capabilities rule out.
   */
  putZone(wish: ZoneWish, signal: AbortSignal): Promise<Zone>;

  /** Takes an empty zone away (its own SOA and NS do not count). A zone that is gone already is no error; `rejected` when it still has records. */
  deleteZone(id: string, signal: AbortSignal): Promise<void>;

  /** Record sets of one zone, sorted by name, type, qualifier, every page followed. Throws `not-found` for an unknown zone. */
  recordSets(zone: string, query: RecordQuery, signal: AbortSignal): Promise<readonly RecordSet[]>;

  /**
   * Replaces record sets on the condition that each is as expected, field by field, the vendor's own included: a stale one is
   * `conflict`. A repeat of what landed is `already` and sends nothing. Never overwrites what it does not model: a set of
   * profile `other` is refused. One outcome per change, in order; where the vendor's atomicity is smaller than the list,
   * some may land and others fail; what the capabilities rule out is `rejected`. Taking away what is not there is `already`.
   * Weighted sets of one name of which none would serve are `never-empty` (design rule 1). Throws only when nothing was sent;
   * `not-found` for an unknown zone.
   */
  change(
    zone: string,
    changes: readonly RecordChange[],
    comment: string,
    signal: AbortSignal,
  ): Promise<readonly RecordOutcome[]>;

  /** Places that geo sets of this account may name. Empty where the vendor has no geo sets. */
  geoRegions(signal: AbortSignal): Promise<GeoRegions>;

  /** As in `Steering`. */
  propagation(changes: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Propagation>>;
}
