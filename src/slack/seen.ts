import type { Instant } from '../domain/units.ts';
import type { Hash } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal, StoredEvent } from '../ports/journal.ts';

/** The bot's own memory. */
export const SLACK_STREAM = 'slack';

/** Slack repeats a delivery within minutes; a day also covers a bot that was away for the night. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;
const MOST_IN_MEMORY = 20_000;
const MOST_TRIES = 50;

const keysIn = (data: unknown): readonly string[] => {
  if (typeof data !== 'object' || data === null || !('keys' in data) || !Array.isArray(data.keys)) return [];
  return data.keys.filter((key): key is string => typeof key === 'string');
};

export interface SeenParts {
  readonly journal: Pick<Journal, 'read' | 'append'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly hash: Hash;
}

/**
 * Which deliveries were seen. Memory alone answers before the acknowledgement; what changes something is also written down
 * first, so that neither a restart nor another process of the bot does it a second time.
 */
export class Seen {
  readonly #parts: SeenParts;
  /** Keys of the last day by when they came, oldest first. */
  readonly #memory = new Map<string, Instant>();
  readonly #written = new Map<string, Instant>();
  #version = 0;

  constructor(parts: SeenParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#memory.size;
  }

  /** True when one of these came before; remembers them either way. Keys of Slack can be secrets, so only digests are kept. */
  isRepeat(keys: readonly string[]): boolean {
    const digests = this.#digests(keys);
    const now = this.#parts.clock.now();
    this.#trim(this.#memory, now);
    const isKnown = digests.some((key) => this.#memory.has(key));
    for (const key of digests) {
      // Behind all others, so that the oldest stay in front.
      this.#memory.delete(key);
      this.#memory.set(key, now);
    }
    return isKnown;
  }

  /** Writes the keys down. False when one of them was written before: then whoever did acts, and nobody else. */
  async claim(keys: readonly string[]): Promise<boolean> {
    const digests = this.#digests(keys);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await this.#catchUp();
      if (digests.some((key) => this.#written.has(key))) return false;
      const event = { type: 'slack.seen', data: { keys: digests } };
      const append = { stream: SLACK_STREAM, expectedVersion: this.#version, events: [event] };
      const appended = await this.#parts.journal.append(append);
      if (appended.ok) {
        this.#fold(appended.events);
        return true;
      }
    }
    throw new Error(`others wrote ${MOST_TRIES} times while a delivery was to be claimed`);
  }

  /** Whether one of the keys was written down, by whatever process of the bot. */
  async wasClaimed(keys: readonly string[]): Promise<boolean> {
    await this.#catchUp();
    return this.#digests(keys).some((key) => this.#written.has(key));
  }

  #digests(keys: readonly string[]): readonly string[] {
    return keys.map((key) => this.#parts.hash.of(key).slice(0, 32));
  }

  async #catchUp(): Promise<void> {
    this.#fold(await this.#parts.journal.read(SLACK_STREAM, this.#version));
    this.#trim(this.#written, this.#parts.clock.now());
  }

  #fold(events: readonly StoredEvent[]): void {
    for (const { version, type, at, data } of events) {
      if (version <= this.#version) continue;
      this.#version = version;
      if (type === 'slack.seen') for (const key of keysIn(data)) this.#written.set(key, at);
    }
  }

  #trim(keys: Map<string, Instant>, now: Instant): void {
    for (const [key, at] of keys) {
      if (at > now - REMEMBERED_MS && keys.size < MOST_IN_MEMORY) return;
      keys.delete(key);
    }
  }
}
