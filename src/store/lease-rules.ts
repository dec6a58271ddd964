import type { Instant } from '../domain/units.ts';
import type { HeldLease } from '../ports/lease.ts';
import { StoreError } from './store-error.ts';

/** The one lease as a store keeps it. */
export interface KeptLease extends HeldLease {
  /** Given back by its holder: free, although its epoch still stands until somebody acquires the next. */
  readonly released: boolean;
}

/** True only for a holder whose process certainly runs no more; whatever is not known is false. */
export type IsGone = (holder: string) => boolean;

export const nobodyIsGone: IsGone = () => false;

const until = (now: Instant, ms: number): Instant => {
  if (Number.isFinite(now + ms) && ms > 0) return now + ms;
  throw new StoreError(
    'malformed',
    `a lease of ${ms} ms cannot be granted: expected a positive number of milliseconds`,
  );
};

/**
 * The lease after `holder` asked for it, or null while another holds it. The same holder keeps its epoch, expired or not,
 * since nobody else can have written meanwhile; after a release everybody starts a new epoch, the same name too, so that two
 * processes that share a name by mistake never share an epoch. A holder that `isGone` will not renew and cannot write any
 * more: its lease passes on at once, as if it had run out. What it may have sent is left to fences, as after every end.
 */
export const acquired = (
  kept: KeptLease | null,
  holder: string,
  ms: number,
  now: Instant,
  isGone: IsGone = nobodyIsGone,
): KeptLease | null => {
  if (holder === '')
    throw new StoreError('malformed', 'a lease needs a holder: expected a name that no other process has');
  if (kept === null) return { holder, epoch: 1, until: until(now, ms), released: false };
  if (!kept.released && kept.holder === holder) return { ...kept, until: until(now, ms) };
  if (!kept.released && now < kept.until && !isGone(kept.holder)) return null;
  return { holder, epoch: kept.epoch + 1, until: until(now, ms), released: false };
};

const isTenureOf = (kept: KeptLease | null, held: HeldLease): kept is KeptLease =>
  kept !== null && !kept.released && kept.epoch === held.epoch && kept.holder === held.holder;

/** The lease after its holder renewed it, or null once that tenure is over. */
export const renewed = (kept: KeptLease | null, held: HeldLease, ms: number, now: Instant): KeptLease | null =>
  isTenureOf(kept, held) ? { ...kept, until: until(now, ms) } : null;

/** The lease after its holder gave it back, or null when it is not his to give. */
export const given = (kept: KeptLease | null, held: HeldLease, now: Instant): KeptLease | null =>
  isTenureOf(kept, held) ? { ...kept, until: Math.min(kept.until, now), released: true } : null;

export const heldOf = ({ holder, epoch, until: end }: KeptLease): HeldLease => ({ holder, epoch, until: end });
