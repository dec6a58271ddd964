import type { Instant } from '../../domain/units.ts';
import type { Log } from '../log.ts';

/**
 * `ok`: what is to be said is being said. `away`: Slack or the store cannot be reached. `limited`: Slack asks to wait.
 * `closed`: nobody can write in a channel (archived, or the bot is not in it). `denied`: the token does not suffice.
 */
export type LiveState = 'ok' | 'away' | 'limited' | 'closed' | 'denied';

/** How the live messages are, for `status` and for a readiness check. */
export interface LiveHealth {
  readonly state: LiveState;
  /** What is wrong and what to do about it; null while all is well. */
  readonly because: string | null;
  readonly since: Instant | null;
  /** Runs that are shown, or wait to be. */
  readonly runs: number;
}

const WHAT_TO_DO: Readonly<Record<Exclude<LiveState, 'ok'>, string>> = {
  away: 'Runs go on; what was not said is said when it is back.',
  limited: 'The newest state is shown as soon as Slack allows.',
  closed: 'Unarchive it, invite the bot into it, or name another channel in the config.',
  denied: 'Type: steer slack check',
};

/** What passes by itself within this time is nobody's trouble, and not said in the log. */
const PASSING_MS = 60_000;

/** Whether waiting helps: then the log is told only of what lasts. */
const isPassing = (state: LiveState): boolean => state === 'away' || state === 'limited';

/** Says once when something begins to be wrong, and once when it is well again. */
export class Health {
  readonly #log: Log;
  #state: LiveState = 'ok';
  #because: string | null = null;
  #since: Instant | null = null;
  /** When the trouble began, of whatever kind it is by now. */
  #troubleSince: Instant | null = null;
  /** What the log was told since then. */
  readonly #told = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `lastsMs`: how long it is sure to last, where Slack said so. */
  bad(state: Exclude<LiveState, 'ok'>, what: string, now: Instant, lastsMs = 0): void {
    const because = `${what}. ${WHAT_TO_DO[state]}`;
    this.#since = this.#state === state ? this.#since : now;
    this.#state = state;
    this.#because = because;
    this.#troubleSince ??= now;
    const isNews = !this.#told.has(because) && (!isPassing(state) || now + lastsMs - this.#troubleSince > PASSING_MS);
    if (!isNews) return;
    this.#told.add(because);
    this.#log.warn({ event: `slack.live-${state}` }, because);
  }

  well(): void {
    if (this.#told.size > 0) this.#log.info({ event: 'slack.live-ok' }, 'live messages are kept again');
    this.#told.clear();
    this.#state = 'ok';
    this.#because = null;
    this.#since = null;
    this.#troubleSince = null;
  }

  now(runs: number): LiveHealth {
    return { state: this.#state, because: this.#because, since: this.#since, runs };
  }
}
