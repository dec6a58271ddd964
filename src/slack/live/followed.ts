import type { Objection } from '../../domain/objections.ts';
import type { Instant } from '../../domain/units.ts';
import type { RunView } from '../../operations/show.ts';
import type { StoredEvent } from '../../ports/journal.ts';
import { BrokenJournal } from '../../run/broken-journal.ts';
import type { RunEvent } from '../../run/events.ts';
import { fold } from '../../run/fold.ts';
import { phaseOf } from '../../run/phase.ts';
import { asRunEvent } from '../../run/replay.ts';
import type { Run } from '../../run/state.ts';
import { LiveMessage } from './live-message.ts';
import { NOTHING_SAID, worthSaying } from './worth-saying.ts';

/** Something that the thread is to be told, with the run as it was then. */
export interface Unsaid {
  readonly event: RunEvent & { readonly at: Instant; readonly version: number };
  readonly run: Run;
  /** Place in the journal: news of all runs are told in this order. */
  readonly position: number;
}

/** A hold that only a person ends. */
export interface WaitsForPerson {
  /** Of the event that began it. */
  readonly version: number;
  readonly since: Instant;
}

/** More news than this wait for Slack only in a long outage; then the oldest small ones are not said any more. */
const MOST_UNSAID = 100;

const waitsSince = (run: Run): Instant | null => {
  if (phaseOf(run).phase !== 'HOLDING') return null;
  if (run.personHold !== null) return run.personHold.at;
  return run.engineHold?.endsByItself === false ? run.engineHold.since : null;
};

const warningsOf = (event: RunEvent): readonly Objection[] =>
  event.type === 'run.proposed' ? event.data.warnings : [];

/** One run as the bot follows it, until everything about it has been said. */
export class Followed {
  run: Run;
  /** Of its first event. */
  readonly position: number;
  readonly warnings: readonly Objection[];
  readonly message = new LiveMessage();
  lastEvent: string;
  lastEventAt: Instant;
  unsaid: readonly Unsaid[] = [];
  waits: WaitsForPerson | null = null;
  /** Why its events cannot be read any further. */
  broken: string | null = null;
  /** Nothing is tried before then, because something about it went wrong. */
  notBefore: Instant = 0;
  pictureTries = 0;
  #telling = NOTHING_SAID;

  /** Throws BrokenJournal when this is not the first event of a run. */
  constructor(first: StoredEvent) {
    const event = asRunEvent(first);
    this.run = fold(null, event);
    this.position = first.position;
    this.warnings = warningsOf(event);
    this.lastEvent = event.type;
    this.lastEventAt = event.at;
    this.#judge(event, null, first.position);
  }

  fold(stored: StoredEvent): void {
    if (this.broken !== null || stored.version <= this.run.version) return;
    try {
      const event = asRunEvent(stored);
      const before = this.run;
      this.run = fold(before, event);
      this.lastEvent = event.type;
      this.lastEventAt = event.at;
      this.#judge(event, before, stored.position);
    } catch (error) {
      if (!(error instanceof BrokenJournal)) throw error;
      this.broken = error.message;
    }
  }

  view(now: Instant): RunView {
    const { run, lastEvent, lastEventAt, warnings } = this;
    return { run, lastEvent, lastEventAt, warnings, now };
  }

  /** What comes next in the thread, once everything up to `said` has been said. */
  next(said: number): Unsaid | null {
    this.unsaid = this.unsaid.filter(({ event }) => event.version > said);
    return this.unsaid[0] ?? null;
  }

  leaveOut({ event }: Unsaid): void {
    this.unsaid = this.unsaid.filter((other) => other.event.version !== event.version);
  }

  #judge(event: Unsaid['event'], before: Run | null, position: number): void {
    const { isSaid, telling } = worthSaying(this.#telling, event, before, this.run);
    this.#telling = telling;
    if (isSaid) this.#say({ event, run: this.run, position });
    const since = waitsSince(this.run);
    this.waits = since === null ? null : (this.waits ?? { version: event.version, since });
  }

  #say(news: Unsaid): void {
    this.unsaid = [...this.unsaid, news];
    if (this.unsaid.length <= MOST_UNSAID) return;
    const small = this.unsaid.findIndex(({ event }) => event.type === 'step.propagated');
    this.unsaid = this.unsaid.toSpliced(Math.max(0, small), 1);
  }
}
