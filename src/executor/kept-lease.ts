import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import { Superseded } from './deps.ts';

/**
 * For so long one piece of work may take before its process counts as hanging and its lease may expire. Longer than any
 * listing may take (its facts would be too old by then), short enough that a fleet is not without an executor for long.
 */
const LONGEST_SILENCE_MS = 5 * 60_000;

/** A lease that is renewed while its holder works, however long one call takes; a process that stalls renews nothing. */
export interface KeptLease {
  /** Fires once another has taken over, or nobody can say whether: whatever is under way then is no longer ours to do. */
  readonly lost: AbortSignal;
  /** Says that work goes on. Without a word for minutes the lease is left to expire. */
  readonly worked: () => void;
  readonly stop: () => void;
}

export const keepLease = (
  { lease, clock }: { readonly lease: Lease; readonly clock: Clock },
  first: HeldLease,
  leaseMs: number,
): KeptLease => {
  const lost = new AbortController();
  const over = new AbortController();
  let held = first;
  let workedAt: Instant = clock.now();
  const renewed = async (): Promise<HeldLease | null> => {
    try {
      return await lease.renew(held, leaseMs);
    } catch (error) {
      // A store that is busy for a moment has not given the lease to anybody else.
      if (clock.now() >= held.until) throw error;
      return held;
    }
  };
  const keep = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(leaseMs / 3, over.signal);
      if (clock.now() - workedAt > LONGEST_SILENCE_MS) continue;
      const next = await renewed();
      if (next === null) throw new Superseded('the lease was taken over');
      held = next;
    }
  };
  keep().catch((error: unknown) => lost.abort(error));
  return {
    lost: lost.signal,
    worked: () => {
      workedAt = clock.now();
    },
    stop: () => over.abort(new Superseded('the lease is given back')),
  };
};
