import type { Instant } from '../../domain/units.ts';
import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run } from '../../run/state.ts';

/** At most one edit of a message in this time, whatever happens. */
const APART_MS = 2000;
/** Figures alone are no reason to edit more often than this. */
const FIGURES_MS = 5000;
/** So that "updated" and the waits that are shown stay true while nothing happens. */
const REFRESH_MS = 30_000;
/** A message that is deleted again and again is posted again ever more slowly. */
const REPOST_MS = 10_000;
const MOST_REPOST_MS = 600_000;
/** Slack refused the blocks; they are tried again later, because another state has others. */
const PLAIN_MS = 10 * 60_000;

/** What people act upon. A change of it is shown at once; measured figures can wait. */
const stateOf = (run: Run): string => {
  const { words, heldSets } = phaseOf(run);
  const { stage, direction, turned, wave, progress, engineHold, personHold, rollbackAsked, approval } = run;
  const hold = engineHold === null ? null : [engineHold.cause, engineHold.endsByItself, engineHold.since];
  const step = run.step === null ? run.steps.length : [run.step.step, run.step.propagatedAt];
  const people = [personHold?.at, rollbackAsked !== null, approval?.at, run.notes.length];
  return JSON.stringify([words, heldSets, stage, direction, turned, wave, progress, step, hold, people]);
};

/** Why a message is to be edited: people act upon it, or it only has to stay true. */
export type Edit = { readonly why: 'state' | 'figures'; readonly dueAt: Instant };

/**
 * What is known of one live message while this process keeps it. Nothing waits in line: whenever it may be edited, it gets
 * the newest state there is then.
 */
export class LiveMessage {
  #shown: { readonly state: string; readonly version: number } | null = null;
  #calledAt: Instant = Number.NEGATIVE_INFINITY;
  /** Where it stood when it was found to be gone. */
  #lostTs: string | null = null;
  #reposts = 0;
  #repostAt: Instant = Number.NEGATIVE_INFINITY;
  #plainUntil: Instant = Number.NEGATIVE_INFINITY;

  /** The next edit; null once the end is shown. */
  next(run: Run): Edit | null {
    const state = stateOf(run);
    if (this.#shown?.state !== state) return { why: 'state', dueAt: this.#calledAt + APART_MS };
    if (isEnded(run)) return null;
    const waitMs = this.#shown.version === run.version ? REFRESH_MS : FIGURES_MS;
    return { why: 'figures', dueAt: this.#calledAt + waitMs };
  }

  /** Since when nobody has asked Slack for it: the longest waiting of many goes first. */
  get calledAt(): Instant {
    return this.#calledAt;
  }

  /** Until then nothing more is asked of Slack for this run. */
  get quietAt(): Instant {
    return this.#calledAt + APART_MS;
  }

  called(now: Instant): void {
    this.#calledAt = now;
  }

  shows(run: Run): void {
    this.#shown = { state: stateOf(run), version: run.version };
    this.#reposts = Math.max(0, this.#reposts - 1);
  }

  /** It is not in Slack any more, or not where it should be. */
  lose(ts: string, now: Instant): void {
    this.#lostTs = ts;
    const waitMs = this.#reposts === 0 ? 0 : Math.min(MOST_REPOST_MS, REPOST_MS * 2 ** this.#reposts);
    this.#repostAt = now + waitMs;
    this.#reposts = Math.min(10, this.#reposts + 2);
  }

  /** When to post it anew, seen that it stands there by the ledger; null while nothing is wrong with that. */
  repostAt(ts: string): Instant | null {
    return this.#lostTs === ts ? this.#repostAt : null;
  }

  posted(): void {
    this.#lostTs = null;
    this.#shown = null;
  }

  isPlain(now: Instant): boolean {
    return now < this.#plainUntil;
  }

  bePlain(now: Instant): void {
    this.#plainUntil = now + PLAIN_MS;
  }
}
