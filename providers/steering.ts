import type { DrainMethod, Fence, SetRef, SetState, SteeringCapabilities, Weights } from '../src/domain/steering.ts';

/** What one read of one zone found. `fence: null` means the zone has no marker yet. */
export interface ZoneReading {
  readonly zone: string;
  readonly fence: Fence | null;
  readonly sets: readonly SetState[];
}

/** One set's part of a write: what it must still hold, for every member, and what every member shall weigh next. */
export interface SetChange {
  readonly ref: SetRef;
  readonly drain: DrainMethod;
  readonly expects: SetState;
  readonly weights: Weights;
}

/** One atomic write to one zone. `changes` may be empty: that only raises the marker. */
export interface SteeringWrite {
  readonly zone: string;
  readonly changes: readonly SetChange[];
  readonly fence: { readonly expects: Fence | null; readonly leaves: Fence };
  /** Run and step, for the vendor's own audit trail; at most 256 characters. */
  readonly comment: string;
}

/** What a landed write left behind. `change` is the vendor's id to ask about propagation, null where there is none. */
export interface Landed {
  readonly change: string | null;
  readonly sets: readonly SetState[];
  readonly fence: Fence;
}

export type Propagation = 'pending' | 'done' | 'unknown-change';

/** One account at one vendor, seen by steer as weights on names. Implementations hold no state that a restart may lose. */
export interface Steering {
  readonly capabilities: SteeringCapabilities;

  /**
   * Reads the vendor's truth, never a cache: the named sets and the marker of each of their zones, in as few calls as the
   * vendor allows. A set without any record comes back with no members. Throws `not-found` for an unknown zone.
   */
  read(refs: readonly SetRef[], signal: AbortSignal): Promise<readonly ZoneReading[]>;

  /**
   * Replaces the weights of all the write's sets and carries the marker along, or changes nothing at all. Never reads first
   * where the vendor compares by itself. Refuses with `never-empty` a write that would leave a set without a serving member
   * (design rule 1). Throws `conflict` when any member or the marker is not as expected, `unknown-outcome` when the request
   * may or may not have landed (the caller reads and judges). Never retries a write whose outcome is unknown.
   */
  replace(write: SteeringWrite, signal: AbortSignal): Promise<Landed>;

  /** How far earlier writes have got, one answer per id asked, in as few calls as possible. */
  propagation(changes: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Propagation>>;
}
