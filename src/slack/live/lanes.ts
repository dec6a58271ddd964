import type { Instant } from '../../domain/units.ts';
import type { Failure } from './failure.ts';
import type { Health } from './health.ts';
import { Backoff, EditBudget } from './pace.ts';

export type Lane = 'post' | 'edit' | 'file';

/** `chat.postMessage` is limited to about one a second and channel. */
const POSTS_APART_MS = 1100;
const AWAY_MS = { first: 1000, most: 30_000 };
/** Only a person can change these, so there is no hurry. */
const SHUT_MS = { first: 60_000, most: 300_000 };
/** So long after it could have been tried again, nobody wants to write there. */
const UNTRIED_MS = 60_000;

/** When Slack may be called, and what every call teaches about that. */
export class Lanes {
  readonly #health: Health;
  readonly #random: () => number;
  readonly #away: Backoff;
  readonly #denied: Backoff;
  readonly #closed = new Map<string, Backoff>();
  readonly #edits = new EditBudget();
  readonly #notBefore: Record<Lane, Instant> = {
    post: Number.NEGATIVE_INFINITY,
    edit: Number.NEGATIVE_INFINITY,
    file: Number.NEGATIVE_INFINITY,
  };

  constructor(health: Health, random: () => number) {
    this.#health = health;
    this.#random = random;
    this.#away = new Backoff(AWAY_MS.first, AWAY_MS.most, random);
    this.#denied = new Backoff(SHUT_MS.first, SHUT_MS.most, random);
  }

  postAt(channel: string): Instant {
    return Math.max(this.#notBefore.post, this.#openAt(channel));
  }

  editAt(now: Instant, channel: string, why: 'state' | 'figures'): Instant {
    return Math.max(this.#notBefore.edit, this.#openAt(channel), this.#edits.readyAt(now, why));
  }

  fileAt(channel: string): Instant {
    return Math.max(this.#notBefore.file, this.#openAt(channel));
  }

  isClosed(channel: string): boolean {
    return this.#closed.has(channel);
  }

  /** A call has ended, whichever way. */
  spent(lane: Lane, now: Instant): void {
    if (lane === 'edit') this.#edits.spend(now);
    if (lane === 'post') this.#notBefore.post = Math.max(this.#notBefore.post, now + POSTS_APART_MS);
  }

  worked(channel: string, now: Instant): void {
    this.#away.worked();
    this.#denied.worked();
    this.#closed.delete(channel);
    // A channel that nobody tries any more, because the config names another one, is no trouble.
    const isTried = this.#closed.values().some(({ until }) => until > now - UNTRIED_MS);
    if (!isTried) this.#health.well();
  }

  failed(lane: Lane, channel: string, failure: Failure, now: Instant): void {
    switch (failure.kind) {
      case 'limited':
        this.#notBefore[lane] = now + failure.waitMs;
        this.#health.bad('limited', 'Slack limits how often messages may change', now, failure.waitMs);
        return;
      case 'away':
        this.#away.failed(now);
        this.#health.bad('away', 'Slack cannot be reached', now);
        return;
      case 'closed':
        this.#shut(channel).failed(now);
        this.#health.bad('closed', `The bot cannot write in channel ${channel}: ${failure.error}`, now);
        return;
      case 'denied':
        // Files have a scope of their own, and messages do without it.
        if (lane !== 'file') this.#denied.failed(now);
        if (lane !== 'file') this.#health.bad('denied', `Slack refuses the bot: ${failure.error}`, now);
        return;
      default:
        // Slack is there and answers; only this message is wrong.
        this.#away.worked();
    }
  }

  #openAt(channel: string): Instant {
    const closed = this.#closed.get(channel)?.until ?? Number.NEGATIVE_INFINITY;
    return Math.max(this.#away.until, this.#denied.until, closed);
  }

  #shut(channel: string): Backoff {
    const known = this.#closed.get(channel) ?? new Backoff(SHUT_MS.first, SHUT_MS.most, this.#random);
    this.#closed.set(channel, known);
    return known;
  }
}
