import type { KeptHead } from '../append-rules.ts';
import { continueChain, type EventRow } from '../chain.ts';
import { mayDrop } from '../drop-rules.ts';
import { type Archive, type Drop, RETENTION_STREAM } from '../store.ts';
import type { MemoryParts } from './memory-disk.ts';
import { firstAbove, keepAll } from './memory-journal.ts';

export class MemoryArchive implements Archive {
  readonly #parts: MemoryParts;

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  async rows(after: number, limit: number): Promise<readonly EventRow[]> {
    this.#parts.checkOpen();
    const { events } = this.#parts.disk;
    const from = firstAbove(events, after);
    return events.slice(from, from + limit).map(({ row }) => row);
  }

  async heads(): Promise<readonly KeptHead[]> {
    this.#parts.checkOpen();
    return this.#parts.disk.heads();
  }

  async drop(drop: Drop): Promise<boolean> {
    const { disk, clock, hash, checkOpen } = this.#parts;
    checkOpen();
    if (!mayDrop(drop, disk.lastPosition, (stream) => disk.head(stream))) return false;
    const rows = continueChain(disk.head(RETENTION_STREAM), [drop.checkpoint], clock.now(), hash);
    disk.forget(new Set(drop.streams.map(({ stream }) => stream)));
    keepAll(disk, rows);
    disk.bell.ring();
    return true;
  }
}
