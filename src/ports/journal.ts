import type { Instant } from '../domain/units.ts';

/** An event as its author hands it in. */
export interface NewEvent {
  readonly type: string;
  /** Plain JSON. */
  readonly data: unknown;
}

/** An event as the store keeps it. `hash` covers stream, version, type, at, data and `previousHash`: one chain per stream. */
export interface StoredEvent extends NewEvent {
  /** Place in the whole store, growing, with gaps allowed. */
  readonly position: number;
  readonly stream: string;
  /** 1 for the first event of its stream, then without gaps. */
  readonly version: number;
  readonly at: Instant;
  readonly previousHash: string;
  readonly hash: string;
}

export interface Append {
  readonly stream: string;
  /** Version of the last event the author has seen; 0 for a new stream. */
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
  /** Other streams that must not have moved either, e.g. the fleet's freezes, so that an unread freeze stops an intent. */
  readonly unmoved?: readonly { readonly stream: string; readonly version: number }[];
  /** Given by the executor: refused once a higher epoch has been granted. Asks of people carry none. */
  readonly epoch?: number;
}

export type Appended =
  | { readonly ok: true; readonly events: readonly StoredEvent[] }
  /** Somebody appended first: read on and decide again. Nothing was written. */
  | { readonly ok: false; readonly because: 'moved'; readonly stream: string; readonly version: number }
  /** Another process holds a newer lease: stop executing. Nothing was written. */
  | { readonly ok: false; readonly because: 'superseded'; readonly epoch: number };

/**
 * Append-only, hash-chained streams: the only place where processes meet. Once `append` resolves, the events survive a
 * crash of the process. Implementations: SQLite for one host, memory for tests; both pass one contract suite.
 */
export interface Journal {
  /** Identity of this store, made by `store init`; the zone marker carries it. */
  readonly store: string;
  append(append: Append): Promise<Appended>;
  /** Events of one stream with a version above `after`, in order. */
  read(stream: string, after: number): Promise<readonly StoredEvent[]>;
  /** Events of all streams with a position above `after`, in order, at most `limit`. */
  readAll(after: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Resolves once an event above `after` exists (true), or after `ms` at the latest (false). Never throws on a quiet store. */
  wait(after: number, ms: number, signal: AbortSignal): Promise<boolean>;
}
