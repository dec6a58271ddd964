import type { FakeProfile } from './profile-schema.ts';
import type { FakeRecordSet } from './record-schema.ts';

export interface FakeZone {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** By `TYPE/name`, the name relative and `@` at the apex. */
  readonly sets: Map<string, FakeRecordSet>;
}

export interface FakeGroup {
  readonly name: string;
  readonly profiles: Map<string, FakeProfile>;
  readonly zones: Map<string, FakeZone>;
}

/** Everything that the fake holds. Resource names are compared without case, as Resource Manager does. */
export interface FakeState {
  readonly groups: Map<string, FakeGroup>;
  /** Health that probes found, by profile and endpoint; `Online` where nothing is said. */
  readonly health: Map<string, string>;
  /** Bearer tokens and the instant at which each ends. */
  readonly tokens: Map<string, number>;
  secret: string;
  /** Writes that had an effect. */
  landed: number;
  /** Requests of any kind, logins too. */
  requests: number;
  tokensMade: number;
  etags: number;
}

export const keyOf = (name: string): string => name.toLowerCase();

export const createState = (groups: readonly string[], secret: string): FakeState => ({
  groups: new Map(groups.map((name) => [keyOf(name), { name, profiles: new Map(), zones: new Map() }])),
  health: new Map(),
  tokens: new Map(),
  secret,
  landed: 0,
  requests: 0,
  tokensMade: 0,
  etags: 0,
});
