import type { Json } from './canonical.ts';
import type { ProviderId, RegionId, SetId } from './ids.ts';
import type { BasisPoints } from './units.ts';

/** Where a steered name lives. `zone` is the vendor's own id, `name` is fully qualified with its trailing dot. */
export interface SetRef {
  readonly set: SetId;
  readonly provider: ProviderId;
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /**
   * For one directional group of a geo set: its name at the vendor. The group answers with one member at a time, and its
   * members are the targets it may be given. Left out for a set of weights.
   */
  readonly group?: string;
  /** The targets of a directional group, since the vendor holds only the one that it points at. */
  readonly targets?: readonly string[];
}

/**
 * How a member is drained at the vendor: `zero` stores weight 0, `remove` takes the record away (its text stays in the
 * journal), `state` turns the vendor's own switch for the member (INACTIVE, Disabled, `enabled: false`) and leaves its weight,
 * `lever` leaves the weight and flips health state. Declared per set, because no choice is safe everywhere.
 */
export type DrainMethod = 'zero' | 'remove' | 'state' | 'lever';

/**
 * One region's entry in a steering set (Route 53: a SetIdentifier) as the vendor holds it, or as steer intends it.
 * `weight: null` means drained, an explicit state: zero means opposite things at different vendors.
 */
export interface MemberState {
  readonly member: string;
  readonly weight: number | null;
  /** False when the vendor holds no record for it (drained by `remove`, or never created). */
  readonly present: boolean;
  readonly ttlSeconds: number | null;
  /** Vendor id of the health check on the record; null where there is none. */
  readonly healthCheck: string | null;
  /** The vendor's record, verbatim apart from the weight: every field steer does not model is given back unchanged. */
  readonly kept: Json;
  /** What replacing this member costs against the vendor's batch limits (both the old and the new form counted). */
  readonly cost: { readonly elements: number; readonly characters: number };
}

/** All members of one set, sorted by member. Also members that no config names: a stranger must be seen to be refused. */
export interface SetState {
  readonly set: SetId;
  readonly members: readonly MemberState[];
}

/** What every member of one set shall weigh next; a member left out is an error, not "unchanged". */
export type Weights = Readonly<Record<string, number | null>>;

/** Shares of one set by region, in basis points; they add up to 10000. A drained region has 0. */
export type Shares = Readonly<Record<RegionId, BasisPoints>>;

/** Which member stands for which region: from the config, fixed in the plan. */
export type MembersByRegion = Readonly<Record<RegionId, string>>;

/** The marker of one zone: which store writes it, under which epoch of the lease (design rule 3). */
export interface Fence {
  readonly store: string;
  readonly epoch: number;
}

/** What the planner may rely on. It reads these facts and never asks which vendor it is talking to. */
export interface SteeringCapabilities {
  /**
   * Integer weights the vendor stores without rounding, for a member that serves. They are steer's units: a provider turns
   * them into the vendor's (50 is weight 100 where only even numbers exist, 0.5 where weights are parts of one).
   */
  readonly weight: { readonly minimum: number; readonly maximum: number };
  /**
   * What a weight is made of. `weight`: the server picks by it. `record-count`: so many addresses of the member stand in the
   * answer, and most clients take the first. `whole`: one member answers or another, nothing between.
   */
  readonly granularity: 'weight' | 'record-count' | 'whole';
  readonly drain: readonly DrainMethod[];
  /** `native`: the vendor refuses a stale write. `emulated`: read, compare, write, verify; a race of milliseconds stays. */
  readonly conditionalWrite: 'native' | 'emulated';
  /**
   * `native`: a write carries the marker as a condition. `waited`: a new holder waits for `notAfter` to pass, and where the
   * vendor has no place for a marker it reads as null and a write that only raises it does nothing.
   */
  readonly fence: 'native' | 'waited';
  readonly batch: {
    readonly elements: number;
    readonly characters: number;
    readonly fenceElements: number;
    /**
     * Most record sets (name and type) that one write changes together or not at all; null where only the other limits count.
     * The directional groups of one name are one.
     */
    readonly sets: number | null;
  };
  readonly geo: boolean;
  /** `reported`: the vendor says when every server answers the new way. `none`: only asking the servers can tell. */
  readonly propagation: 'reported' | 'none';
  /** Longest time a write normally needs to reach every authoritative server, milliseconds. For forecasts. */
  readonly typicalPropagationMs: number;
  readonly failOpen: {
    /** What a set answers when every member is drained. */
    readonly allDrained: 'all-equally' | 'nothing' | 'refused' | 'unknown';
    /** A drained member answers again once every serving member is unhealthy. */
    readonly drainedIsLastResort: boolean;
    /** When no member is healthy the vendor treats all as healthy. */
    readonly noneHealthyServesAll: boolean;
  };
}

/** What a member of this set may weigh: a directional group points at one member or at another. */
export const weightRangeOf = (
  ref: SetRef,
  capabilities: SteeringCapabilities,
): SteeringCapabilities['weight'] & { readonly isWhole: boolean } =>
  ref.group !== undefined || capabilities.granularity === 'whole'
    ? { minimum: 1, maximum: 1, isWhole: true }
    : { ...capabilities.weight, isWhole: false };

/** A zone as people and the journal name it: two vendors may hold zones of one name, each with a marker of its own. */
export const zoneKey = ({ provider, zone }: Pick<SetRef, 'provider' | 'zone'>): string => `${zone} at ${provider}`;
