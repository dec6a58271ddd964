import type { RunId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/units.ts';
import type { StoredEvent } from '../../ports/journal.ts';
import { type MemoryData, type MemoryEvent, memoryEvent } from './memory-events.ts';

export interface Place {
  readonly channel: string;
  readonly ts: string;
}

export interface RunMemory {
  /** The one message that shows the run. */
  readonly live: Place | null;
  readonly approval: Place | null;
  /** The request for approval shows what was decided. */
  readonly isApprovalTold: boolean;
  /** Version up to which its events have been said in the thread. */
  readonly said: number;
  readonly lastPostAt: Instant | null;
  /** Version of the hold that people were reminded of last; 0 for none. */
  readonly reminded: number;
  readonly hasPicture: boolean;
}

export interface PictureAsk {
  readonly run: RunId;
  readonly at: Instant;
}

export const NOTHING_POSTED: RunMemory = {
  live: null,
  approval: null,
  isApprovalTold: false,
  said: 0,
  lastPostAt: null,
  reminded: 0,
  hasPicture: false,
};

/** Nobody clicks faster than these are drawn; what is over it is forgotten, oldest first. */
const MOST_ASKED = 20;

const withPosted = (known: RunMemory, data: MemoryData<'slack.posted'>, at: Instant): RunMemory => {
  const { what, version, channel, ts } = data;
  const place = { channel, ts };
  switch (what) {
    case 'live':
      return { ...known, live: place, said: Math.max(known.said, version) };
    case 'approval':
      return { ...known, approval: place };
    case 'post':
      return { ...known, said: Math.max(known.said, version), lastPostAt: at };
    case 'reminder':
      return { ...known, reminded: version };
    case 'picture':
      return { ...known, hasPicture: true };
    case 'asked-picture':
      return known;
  }
};

/** What the bot's own stream says. Runs of which everything was said are not in it any more. */
export class Memory {
  /** Version of the stream that was read last. */
  version = 0;
  /** Since when live messages are kept in this store; null while nobody ever did. */
  began: Instant | null = null;
  /** Who keeps them, and when he last said so. */
  keeper: { readonly by: string; readonly at: Instant } | null = null;
  readonly runs = new Map<RunId, RunMemory>();
  /** Pictures that were asked for, by the version of the ask. */
  readonly asked = new Map<number, PictureAsk>();
  readonly #ended: RunId[] = [];

  of(run: RunId): RunMemory {
    return this.runs.get(run) ?? NOTHING_POSTED;
  }

  /** Runs whose end has been told since the last call. */
  takeEnded(): readonly RunId[] {
    return this.#ended.splice(0);
  }

  fold(stored: StoredEvent): void {
    if (stored.version <= this.version) return;
    this.version = stored.version;
    const event = memoryEvent(stored);
    if (event !== null) this.#apply(event, stored);
  }

  #apply(event: MemoryEvent, { at, version }: StoredEvent): void {
    if (event.type === 'slack.picture-asked') {
      this.asked.set(version, { ...event.data, at });
      for (const [oldest] of this.asked) if (this.asked.size > MOST_ASKED) this.asked.delete(oldest);
      return;
    }
    if (event.type === 'slack.began') {
      this.began ??= at;
      return;
    }
    this.keeper = event.type === 'slack.left' ? null : { by: event.data.by, at };
    switch (event.type) {
      case 'slack.posted':
        if (event.data.what === 'asked-picture') this.asked.delete(event.data.version);
        else this.runs.set(event.data.run, withPosted(this.of(event.data.run), event.data, at));
        return;
      case 'slack.told':
        this.#told(event.data);
        return;
      default:
        return;
    }
  }

  #told({ run, version, what }: MemoryData<'slack.told'>): void {
    switch (what) {
      case 'approval':
        this.runs.set(run, { ...this.of(run), isApprovalTold: true });
        return;
      case 'asked-picture':
        this.asked.delete(version);
        return;
      case 'end':
        this.runs.delete(run);
        this.#ended.push(run);
    }
  }
}
