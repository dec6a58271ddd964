import type { Charge } from '../domain/facts.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/units.ts';

/** The window is what the limit's name says: capacity removed per hour. */
export const BUDGET_WINDOW_MS = 60 * 60 * 1000;

/** What the last 60 minutes did to one service, in parts of K. */
export interface Spent {
  /** Sum of the removals. */
  readonly removed: number;
  /** Highest S. */
  readonly highest: number;
  /** The newest charge: its removal, and the S that it left. */
  readonly last: number;
  readonly lastAfter: number;
}

export const NOTHING_SPENT: Spent = { removed: 0, highest: 0, last: 0, lastAfter: 0 };

/** Half open, so that a charge leaves exactly 60 minutes after it came; one from the future is inside. */
const isInside = (at: Instant, now: Instant): boolean => now - at < BUDGET_WINDOW_MS;

const removal = ({ servedBefore, servedAfter }: Charge): number => Math.max(0, servedBefore - servedAfter);

/** The charges of every service that has any in the window, whoever made them: people, drills, triggers (design rule 9). */
export const spentBy = (charges: readonly Charge[], now: Instant): ReadonlyMap<ServiceId, Spent> => {
  const spent = new Map<ServiceId, Spent>();
  for (const charge of charges.filter(({ at }) => isInside(at, now)).toSorted((a, b) => a.at - b.at)) {
    const before = spent.get(charge.service) ?? NOTHING_SPENT;
    spent.set(charge.service, {
      removed: before.removed + removal(charge),
      highest: Math.max(before.highest, charge.servedBefore, charge.servedAfter),
      last: removal(charge),
      lastAfter: charge.servedAfter,
    });
  }
  return spent;
};

/** Earliest instant at which a charge leaves the window; null when none is in it. */
export const budgetGrowsAt = (charges: readonly Charge[], now: Instant): Instant | null => {
  let earliest: Instant | null = null;
  for (const { at, servedBefore, servedAfter } of charges)
    if (isInside(at, now) && servedBefore !== servedAfter && (earliest === null || at < earliest)) earliest = at;
  return earliest === null ? null : earliest + BUDGET_WINDOW_MS;
};

/** S and S' of one service, in parts of K, and the most S can be now that dead regions are gone. */
export interface Removal {
  readonly before: number;
  readonly after: number;
  readonly atMost: number;
}

/**
 * Drill and planned: the sum of removals. What goes and comes back counts each time, so that repeating a command does not
 * double what one may take. A step whose charge already stands in the journal counts once, with the higher of both figures.
 */
export const sumRemoved = (spent: Spent, { before, after }: Removal, charged: boolean): number => {
  const now = Math.max(0, before - after);
  return charged ? spent.removed - spent.last + Math.max(spent.last, now) : spent.removed + now;
};

/**
 * Emergency and every roll back: the highest S of the window less S'. Undoing a bad restore takes out again only what the
 * restore brought, and a drill that came home before the incident leaves the whole budget.
 */
export const peakRemoved = (spent: Spent, { before, after, atMost }: Removal): number =>
  Math.max(0, Math.min(Math.max(spent.highest, before), atMost) - after);
