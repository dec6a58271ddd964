import { continueChain, type EventRow } from '../chain.ts';
import { checkpointOf, RETENTION_STREAM } from '../checkpoint.ts';
import { mayDrop } from '../drop-rules.ts';
import type { Archive, Drop, Ends } from '../store.ts';
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

  async ends(): Promise<Ends> {
    const { disk, checkOpen } = this.#parts;
    checkOpen();
    return { position: disk.lastPosition, heads: disk.heads() };
  }

  async drop(drop: Drop): Promise<boolean> {
    const { disk, clock, hash, checkOpen } = this.#parts;
    checkOpen();
    if (!mayDrop(drop, disk.lastPosition, (stream) => disk.head(stream))) return false;
    const rows = continueChain(disk.head(RETENTION_STREAM), [checkpointOf(drop)], clock.now(), hash);
    disk.forget(new Set(drop.streams.map(({ stream }) => stream)));
    keepAll(disk, rows);
    disk.bell.ring();
    return true;
  }
}
