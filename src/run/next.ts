import type { Facts } from '../domain/facts.ts';
import type { RegionId, SetId } from '../domain/ids.ts';
import type { Instant } from '../domain/units.ts';
import type { RunEvent } from './events.ts';

/** One snapshot in hand, and its digest. */
export interface Snapshot {
  readonly facts: Facts;
  readonly digest: string;
  /** The step whose batches were all judged on it, some of which have landed since; the rest need not be judged again. */
  readonly judgedStep?: number;
}

export interface DecideContext {
  readonly now: Instant;
  readonly epoch: number;
  /** Region where the store and this process stand; null outside of all. */
  readonly storeRegion: RegionId | null;
  /** The newest snapshot gathered for this run by this process; null when there is none yet. */
  readonly snapshot: Snapshot | null;
  /** Batches that may be under way at once. */
  readonly parallel: number;
  /** Switched off by nobody but the model test, which must then see a rule broken. */
  readonly checksAtCommit: boolean;
}

/** The next effect of a run, or when to look again. Plain data: the executor performs it and decides again. */
export type Next =
  | { readonly do: 'end' }
  | { readonly do: 'sleep'; readonly until: Instant; readonly waitsFor: string }
  /** A fresh snapshot is needed; `listed` also reads the sets from the vendor. */
  | { readonly do: 'gather'; readonly listed: boolean; readonly purpose: string }
  | { readonly do: 'append'; readonly events: readonly RunEvent[] }
  | { readonly do: 'send'; readonly batches: readonly number[]; readonly notAfter: Instant }
  /** Outcomes nobody knows: look at the world, fence first. */
  | { readonly do: 'settle'; readonly batches: readonly number[] }
  | { readonly do: 'ask-propagation'; readonly step: number }
  | { readonly do: 'verify'; readonly step: number }
  | { readonly do: 'reread'; readonly sets: readonly SetId[] };
