import type { Json } from '../../domain/canonical.ts';
import type { Append, Appended, Journal, StoredEvent } from '../../ports/journal.ts';
import { refusalOf } from '../append-rules.ts';
import { continueChain, type EventRow } from '../chain.ts';
import { waitOnTail } from '../tail.ts';
import type { KeptEvent, MemoryDisk, MemoryParts } from './memory-disk.ts';

/** A reader that changed what it was given would change it for every other reader: a disk does not let it, nor do we. */
const frozen = (value: Json): Json => {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
};

const keptOf = (row: EventRow): KeptEvent => ({
  row,
  event: Object.freeze({ ...row, data: frozen(JSON.parse(row.data)) }),
});

/** Writes rows and gives them their positions. */
export const keepAll = (disk: MemoryDisk, rows: readonly Omit<EventRow, 'position'>[]): StoredEvent[] =>
  rows.map((unplaced) => {
    disk.lastPosition += 1;
    const kept = keptOf({ ...unplaced, position: disk.lastPosition });
    disk.keep(kept);
    return kept.event;
  });

/** Index of the first event with a position above `after`: positions have gaps once retention has dropped something. */
export const firstAbove = (events: readonly KeptEvent[], after: number): number => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.row.position ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
};

export class MemoryJournal implements Journal {
  readonly store: string;
  readonly #parts: MemoryParts;

  constructor(parts: MemoryParts) {
    this.store = parts.disk.identity.storeId;
    this.#parts = parts;
  }

  async append(append: Append): Promise<Appended> {
    const { disk, clock, hash, checkOpen } = this.#parts;
    checkOpen();
    const refusal = refusalOf(append, { epoch: disk.lease?.epoch ?? 0, head: (stream) => disk.head(stream) });
    if (refusal !== null) return refusal;
    const events = keepAll(disk, continueChain(disk.head(append.stream), append.events, clock.now(), hash));
    if (events.length > 0) disk.bell.ring();
    return { ok: true, events };
  }

  async read(stream: string, after: number): Promise<readonly StoredEvent[]> {
    const { disk, checkOpen } = this.#parts;
    checkOpen();
    return disk
      .ofStream(stream)
      .slice(after)
      .map(({ event }) => event);
  }

  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const { disk, checkOpen } = this.#parts;
    checkOpen();
    const from = firstAbove(disk.events, after);
    return disk.events.slice(from, from + limit).map(({ event }) => event);
  }

  wait(after: number, ms: number, signal: AbortSignal): Promise<boolean> {
    const { disk, clock, checkOpen } = this.#parts;
    const moved = () => {
      checkOpen();
      return disk.lastPosition > after;
    };
    return waitOnTail({ bell: disk.bell, clock, pollMs: null, moved }, ms, signal);
  }
}
