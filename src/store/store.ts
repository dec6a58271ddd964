import type { Instant } from '../domain/units.ts';
import type { Hash } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Lease } from '../ports/lease.ts';
import type { KeptHead } from './append-rules.ts';
import type { EventRow, StreamHead } from './chain.ts';

export interface StoreDeps {
  readonly clock: Clock;
  readonly hash: Hash;
}

/** Who a store is. The id is in every zone's marker, the region decides which moves must warn that the store itself is in the way. */
export interface StoreIdentity {
  readonly storeId: string;
  readonly region: string;
  readonly madeAt: Instant;
}

export interface Drop {
  /** Exactly these ends: a stream that has grown since is not dropped. */
  readonly streams: readonly StreamHead[];
  /** Position of the last event that the decision to drop has seen; any event above it refuses the drop. */
  readonly decidedAt: number;
  /** Name of the file that holds the exported events, for the checkpoint. */
  readonly file: string;
}

export interface Ends {
  /** Position of the last event; 0 in an empty store. */
  readonly position: number;
  readonly heads: readonly KeptHead[];
}

/** What audit and retention see of a journal: rows as they lie there, trusted by nobody yet. */
export interface Archive {
  /** Rows of all streams with a position above `after`, in order, at most `limit`, unverified. */
  rows(after: number, limit: number): Promise<readonly EventRow[]>;
  /** The end of every stream, dropped ones too, and of the whole store, seen at one instant. */
  ends(): Promise<Ends>;
  /** True when all were dropped and a checkpoint was appended, in one transaction; false when an event came in since the decision, and then nothing was changed. */
  drop(drop: Drop): Promise<boolean>;
}

/** One store, opened: the two ports, what audit and retention need, and the end. */
export interface Store {
  readonly identity: StoreIdentity;
  readonly journal: Journal;
  readonly lease: Lease;
  readonly archive: Archive;
  /** Ends waits in this process too; everything afterwards throws `closed`. */
  close(): void;
}
