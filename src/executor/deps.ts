import type { Steering } from '../../providers/steering.ts';
import type { Config } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { ProviderId, RegionId } from '../domain/ids.ts';
import type { SetRef } from '../domain/steering.ts';
import type { Question } from '../facts/gather.ts';
import type { Hash } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Lease } from '../ports/lease.ts';

/** Asks the authoritative servers of a name what they answer; null where nobody knows which servers those are. */
export interface Answers {
  ask(
    ref: SetRef,
    signal: AbortSignal,
  ): Promise<{ readonly asked: number; readonly byValue: Readonly<Record<string, number>> } | null>;
}

/** Told what happens, for logs and progress; must not throw and cannot influence anything. */
export interface Watcher {
  tell(event: { readonly what: string; readonly run: string | null; readonly detail: string }): void;
}

export interface ExecutorDeps {
  readonly journal: Journal;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly gather: (question: Question, signal: AbortSignal) => Promise<Facts>;
  readonly steering: (provider: ProviderId) => Steering | undefined;
  /** A config from the journal, parsed; called once per digest. */
  readonly readConfig: (config: unknown) => Config;
  readonly answers: Answers;
  readonly watcher: Watcher;
  /** Names this process in the lease: host, process id and a random part. */
  readonly holder: string;
  readonly storeRegion: RegionId | null;
}

export interface ExecutorOptions {
  readonly leaseMs: number;
  /** Batches of one step under way at once. */
  readonly parallel: number;
  /** Longest time one request to a vendor may take, whatever the commit window says. */
  readonly requestMs: number;
  /** Ends once no run is left that this process could move. Else it stands by for ever. */
  readonly untilIdle: boolean;
  /** Never false but in the model test, which must then see a rule broken. */
  readonly checksAtCommit: boolean;
  readonly fences: boolean;
}

export const DEFAULT_OPTIONS: ExecutorOptions = {
  leaseMs: 15_000,
  parallel: 8,
  requestMs: 10_000,
  untilIdle: false,
  checksAtCommit: true,
  fences: true,
};

/** A newer holder of the lease exists: whatever this process was about to do is no longer its to do. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
