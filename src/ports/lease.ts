import type { Instant } from '../domain/units.ts';

export interface HeldLease {
  readonly holder: string;
  readonly epoch: number;
  readonly until: Instant;
}

/** One lease for the whole fleet (design rule 3). The epoch grows by one with every change of holder and never falls. */
export interface Lease {
  /** The lease if it was free, expired, or already this holder's (then renewed, same epoch); null while another holds it. */
  acquire(holder: string, ms: number): Promise<HeldLease | null>;
  /** Null when it has been taken over meanwhile. */
  renew(held: HeldLease, ms: number): Promise<HeldLease | null>;
  release(held: HeldLease): Promise<void>;
  /** Who holds it now, also when expired; null when nobody ever did. */
  holder(): Promise<HeldLease | null>;
}
