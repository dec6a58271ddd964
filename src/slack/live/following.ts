import { type RunId, runId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal, StoredEvent } from '../../ports/journal.ts';
import { BrokenJournal } from '../../run/broken-journal.ts';
import { isEnded } from '../../run/state.ts';
import type { Log } from '../log.ts';
import { SLACK_STREAM } from '../seen.ts';
import { Followed } from './followed.ts';
import type { Ledger } from './ledger.ts';

export interface FollowingParts {
  readonly ledger: Ledger;
  readonly journal: Pick<Journal, 'readAll'>;
  readonly clock: Clock;
  readonly log: Log;
}

const PAGE = 500;
/** An end that could not be told within a day is told by nobody: what reads it would be history. */
const OLD_MS = 24 * 60 * 60_000;

/** The runs of which something is still to be said, folded from the journal's tail. */
export class Following {
  readonly runs = new Map<RunId, Followed>();
  position = 0;
  readonly #parts: FollowingParts;
  #isBehind = true;
  #startedAt: Instant | null = null;

  constructor(parts: FollowingParts) {
    this.#parts = parts;
  }

  get isIdle(): boolean {
    return this.runs.size === 0 && this.#parts.ledger.memory.asked.size === 0;
  }

  /** Reads to the end of the journal. True when a config was accepted meanwhile. */
  async catchUp(): Promise<boolean> {
    const { journal, clock } = this.#parts;
    this.#startedAt ??= clock.now();
    let isChanged = false;
    for (;;) {
      const events = await journal.readAll(this.position, PAGE);
      for (const event of events) {
        this.#fold(event);
        isChanged ||= event.type === 'config.accepted';
        this.position = event.position;
      }
      this.#forget(clock.now());
      if (events.length < PAGE) break;
      // A store of years is read at the start, maybe in the process that executes: others get their turn between pages.
      await clock.sleep(0, new AbortController().signal);
    }
    if (this.#isBehind) await this.#begin();
    this.#isBehind = false;
    return isChanged;
  }

  #fold(event: StoredEvent): void {
    if (event.stream === SLACK_STREAM) this.#parts.ledger.fold([event]);
    else if (event.stream.startsWith('run/')) this.#foldRun(event);
  }

  /** Events of a run whose beginning is not known belong to one of which everything has been said. */
  #foldRun(event: StoredEvent): void {
    const id = runId(event.stream.slice('run/'.length));
    const known = this.runs.get(id);
    if (known !== undefined) known.fold(event);
    else if (event.version === 1) this.#follow(id, event);
  }

  #follow(id: RunId, first: StoredEvent): void {
    try {
      this.runs.set(id, new Followed(first));
    } catch (error) {
      if (!(error instanceof BrokenJournal)) throw error;
      this.#parts.log.error({ event: 'slack.run-unreadable', run: id }, 'a run cannot be read, so it is not shown');
    }
  }

  #forget(now: Instant): void {
    const { memory } = this.#parts.ledger;
    for (const run of memory.takeEnded()) this.runs.delete(run);
    for (const [id, followed] of this.runs) if (this.#isOld(followed, now)) this.runs.delete(id);
  }

  /**
   * What ended before anybody kept messages here, or long ago and unseen, is history. A message that stands in Slack gets its
   * end however late, unless Slack has not taken it for a day.
   */
  #isOld({ run }: Followed, now: Instant): boolean {
    if (!isEnded(run) || run.endedAt === null) return false;
    const { memory } = this.#parts.ledger;
    const isShown = memory.of(run.run).live !== null;
    const since = isShown ? Math.max(run.endedAt, this.#startedAt ?? now) : run.endedAt;
    if (since <= now - OLD_MS) return true;
    return !isShown && (memory.began === null ? this.#isBehind : run.endedAt < memory.began);
  }

  /** Once for a store: from now on every run is somebody's news. */
  async #begin(): Promise<void> {
    const { ledger } = this.#parts;
    if (ledger.memory.began === null) await ledger.write([{ type: 'slack.began', data: {} }]);
    for (const id of ledger.memory.runs.keys()) if (!this.runs.has(id)) ledger.memory.runs.delete(id);
  }
}
