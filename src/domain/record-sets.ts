import type { Json } from './canonical.ts';

/** The vendor's own names of places: region → its territories. Never portable from one vendor to another. */
export type GeoRegions = Readonly<Record<string, readonly string[]>>;

/** By what a record set is chosen among those of its name and type. */
export type RoutingProfile =
  | { readonly kind: 'basic' }
  /** `weight: null` is drained, an explicit state: zero means opposite things at different vendors. */
  | { readonly kind: 'weighted'; readonly weight: number | null }
  | { readonly kind: 'geo'; readonly regions: GeoRegions }
  | { readonly kind: 'failover'; readonly role: 'primary' | 'secondary' }
  /** Routed in a way that steer does not model (latency, a pool of probes): shown, never changed. `what` is a word of the vendor. */
  | { readonly kind: 'other'; readonly what: string };

/** A name inside the vendor that a record set stands for instead of values: Route 53's alias, Azure's target resource. */
export interface AliasTarget {
  readonly target: string;
  /** The vendor's id of the zone that holds the target; null where the vendor needs none. */
  readonly zone: string | null;
}

/**
 * One record set as `Records` shows it. Its key in a zone is name, type and qualifier; a profile other than basic has a
 * qualifier, a basic one has none.
 */
export interface RecordSet {
  /** Fully qualified, lower case, with its trailing dot. */
  readonly name: string;
  /** Upper case, e.g. `AAAA`. */
  readonly type: string;
  readonly qualifier: string | null;
  /** Null where the vendor decides (an alias, a default of the zone). */
  readonly ttlSeconds: number | null;
  /** Presentation format, canonical by `rdata.ts`, sorted; empty for an alias. */
  readonly values: readonly string[];
  readonly alias: AliasTarget | null;
  readonly profile: RoutingProfile;
  /**
   * What the vendor holds beside all this (health check, description), given back unchanged. Null when there is nothing, as
   * for a set made here. A change that leaves null keeps what it expects there.
   */
  readonly kept: Json;
}

export type RecordKey = Pick<RecordSet, 'name' | 'type' | 'qualifier'>;

/** A zone as its vendor lists it. */
export interface Zone {
  /** The vendor's own id; the name itself where the vendor has no other. */
  readonly id: string;
  readonly name: string;
  /** TTL of the SOA record; null where the vendor does not show it. */
  readonly ttlSeconds: number | null;
  /** Of the SOA record, as an address with `@`; null where the vendor does not show it. */
  readonly email: string | null;
}

/** What an account's `Records` can do. Data and not exceptions: whoever asks reads it before he tries. */
export interface RecordsCapabilities {
  /** Types of basic record sets, upper case. */
  readonly types: readonly string[];
  /** Weights that a serving member may have, in the vendor's own numbers. Null: no weighted sets. */
  readonly weighted: {
    readonly types: readonly string[];
    readonly minimum: number;
    readonly maximum: number;
    /** Whether a set can be drained and stay: false where nobody has established what the vendor's zero does. */
    readonly drained: boolean;
  } | null;
  /** Null: no geo sets. `read-only`: shown, never changed. `places`: whether one set may name one territory or many. */
  readonly geo: {
    readonly types: readonly string[];
    readonly access: 'read-write' | 'read-only';
    readonly places: 'one' | 'many';
  } | null;
  /** Types with primary and secondary; null: none. */
  readonly failover: readonly string[] | null;
  readonly alias: boolean;
  readonly zones: {
    /** `none`: zones are made elsewhere. */
    readonly create: boolean;
    readonly delete: boolean;
    /** What of a zone can be changed later. */
    readonly update: readonly ('ttl' | 'email')[];
    /** Whether two zones may have one name, so that only the id tells them apart. */
    readonly duplicateNames: boolean;
  };
  /** `native`: the vendor refuses a stale change. `emulated`: read, compare, write, verify; a race of milliseconds stays. */
  readonly conditionalWrite: 'native' | 'emulated';
  /** What lands together or not at all: all changes of one call, or those of one name and type. */
  readonly atomic: 'call' | 'name-and-type';
  /** Most changes that one call of the vendor takes. */
  readonly batch: number;
}

/** One change of one key. `expects: null`: nothing is there yet. `leaves: null`: it is taken away. */
export interface RecordChange {
  readonly expects: RecordSet | null;
  readonly leaves: RecordSet | null;
}
