import type { Freeze } from '../domain/config.ts';
import type { RunId } from '../domain/ids.ts';
import { durationText, type Instant } from '../domain/units.ts';
import type { Run } from '../run/state.ts';
import { clockTime, counted, type TimeText } from './numbers.ts';
import { headline } from './run.ts';

/** What became of a hold of one run. */
export interface HoldTold {
  readonly run: RunId;
  readonly outcome: 'held' | 'ended' | 'failed';
  /** Null where its journal cannot be replayed. */
  readonly state: Run | null;
  readonly alreadySent: number;
  readonly because: string | null;
}

export const NOTHING_HELD = 'No run is under way, so nothing is held.';

/** Says first whether it holds, then what had left already, and what to type to go on. */
export const heldText = ({ run, outcome, state, alreadySent, because }: HoldTold, prefix = 'steer '): string => {
  if (outcome === 'ended') return `${run}: nothing to hold, ${because ?? 'it has ended'}.`;
  if (outcome === 'failed') return `${run}: COULD NOT BE HELD: ${because ?? 'unknown failure'}. Try again now.`;
  const where = state === null ? 'its journal cannot be replayed, but the hold stands in it' : headline(state);
  const sent =
    alreadySent === 0 ? '' : ` ${counted(alreadySent, 'request')} had left already and may still land: the last.`;
  return `Held ${run}: ${where}.${sent} To go on: ${prefix}resume ${run}`;
};

/** The answer to whoever froze. */
export const freezeText = (
  { by, because, until }: Freeze,
  now: Instant,
  prefix = 'steer ',
  time: TimeText = clockTime,
): string =>
  `Frozen by ${by}: ${because}. Nothing new starts ${until === null ? `until it is lifted: ${prefix}unfreeze` : `until ${time(until, now)}`}. What runs goes on unless it is held.`;

export const unfrozenText = ({ by, because, since }: Freeze, now: Instant): string =>
  `Lifted: the freeze by ${by} of ${durationText(Math.max(0, now - since))} ago (${because}).`;

/** A freeze in force, at the head of everything. */
export const frozenText = ({ by, because, until }: Freeze, now: Instant, time: TimeText = clockTime): string =>
  `FROZEN by ${by}: ${because} (${until === null ? 'until it is lifted' : `until ${time(until, now)}`})`;

/** Who executes; a fleet that nobody executes stands still. */
export const executorText = (
  executor: { readonly holder: string; readonly epoch: number; readonly until: Instant } | null,
  now: Instant,
): string =>
  executor === null
    ? 'NOBODY EXECUTES: runs stand still. Start one: steer serve'
    : `Executed by ${executor.holder} (epoch ${executor.epoch}, lease ${durationText(executor.until - now)} more).`;
