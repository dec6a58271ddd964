import type { Instant } from '../../domain/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal, StoredEvent } from '../../ports/journal.ts';
import { SLACK_STREAM } from '../seen.ts';
import { Memory } from './memory.ts';
import type { Note } from './memory-events.ts';

/** So long after its last word the process that posts counts as gone, and another one goes on. */
export const KEEP_MS = 60_000;
/** It says again that it is there before a call that would find its word older than this. */
const RENEW_MS = 30_000;
const MOST_TRIES = 50;

export interface LedgerParts {
  readonly journal: Pick<Journal, 'read' | 'append'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Id of this process of the bot. */
  readonly by: string;
}

/**
 * The bot's memory, and who of several processes may post. Both are decided by appends at an expected version: of two
 * processes that want to go on, one finds that the other was first.
 */
export class Ledger {
  readonly memory = new Memory();
  readonly #parts: LedgerParts;
  /** Said to Slack and not written down, because the store failed in between. */
  #owed: readonly Note[] = [];

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  get owes(): boolean {
    return this.#owed.length > 0;
  }

  /** This process was the last to keep the messages, and nobody else has begun to. */
  get isKeeper(): boolean {
    return this.memory.keeper?.by === this.#parts.by;
  }

  /** Until when another process keeps the messages; null when this one does or could. */
  othersUntil(now: Instant): Instant | null {
    const { keeper } = this.memory;
    if (keeper === null || keeper.by === this.#parts.by) return null;
    const until = keeper.at + KEEP_MS;
    return until > now ? until : null;
  }

  /** True when this process may call Slack now; false when another one does. */
  async keep(): Promise<boolean> {
    const { clock, by } = this.#parts;
    const { keeper } = this.memory;
    if (keeper?.by === by && clock.now() - keeper.at < RENEW_MS) return true;
    return this.write([{ type: 'slack.keeping', data: {} }]);
  }

  /** What was done. Once it is said here it is written down, now or when the store is back. */
  async record(notes: readonly Note[]): Promise<void> {
    this.#owed = [...this.#owed, ...notes];
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.write(this.#owed);
    this.#owed = [];
  }

  /** Stops on purpose. Never throws: if it cannot be said, the others find out by themselves. */
  async leave(): Promise<void> {
    if (!this.isKeeper) return;
    await this.write([{ type: 'slack.left', data: {} }]).catch(() => false);
  }

  /** Appends unless another process keeps the messages: then nothing is written, and false. */
  async write(notes: readonly Note[]): Promise<boolean> {
    const { journal, clock, by } = this.#parts;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (this.othersUntil(clock.now()) !== null) return false;
      if (notes.length === 0) return true;
      const events = notes.map(({ type, data }) => ({ type, data: { by, ...data } }));
      const append = { stream: SLACK_STREAM, expectedVersion: this.memory.version, events };
      const appended = await journal.append(append);
      if (appended.ok) {
        this.fold(appended.events);
        return true;
      }
      this.fold(await journal.read(SLACK_STREAM, this.memory.version));
    }
    throw new Error(`others wrote ${MOST_TRIES} times while the Slack bot was to write down what it does`);
  }

  fold(events: readonly StoredEvent[]): void {
    for (const event of events) if (event.stream === SLACK_STREAM) this.memory.fold(event);
  }
}
