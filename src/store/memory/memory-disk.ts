import type { StoredEvent } from '../../ports/journal.ts';
import type { KeptHead } from '../append-rules.ts';
import { type EventRow, emptyHead } from '../chain.ts';
import type { KeptLease } from '../lease-rules.ts';
import type { StoreDeps, StoreIdentity } from '../store.ts';
import { Bell } from '../tail.ts';

/** One kept event: the row for audit, and the event as readers get it, frozen since all of them share it. */
export interface KeptEvent {
  readonly row: EventRow;
  readonly event: StoredEvent;
}

/** What a disk would hold. Opened any number of times, it is one store shared by that many processes. */
export class MemoryDisk {
  readonly identity: StoreIdentity;
  readonly bell = new Bell();
  events: KeptEvent[] = [];
  lastPosition = 0;
  lease: KeptLease | null = null;
  readonly #streams = new Map<string, { head: KeptHead; events: KeptEvent[] }>();

  constructor(identity: StoreIdentity) {
    this.identity = identity;
  }

  head(stream: string): KeptHead {
    return this.#streams.get(stream)?.head ?? { ...emptyHead(stream), dropped: false };
  }

  heads(): KeptHead[] {
    return [...this.#streams.values()].map(({ head }) => head).sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  ofStream(stream: string): readonly KeptEvent[] {
    return this.#streams.get(stream)?.events ?? [];
  }

  keep(kept: KeptEvent): void {
    const { stream, version, hash } = kept.row;
    const known = this.#streams.get(stream) ?? { head: this.head(stream), events: [] };
    known.head = { stream, version, hash, dropped: false };
    known.events.push(kept);
    this.#streams.set(stream, known);
    this.events.push(kept);
  }

  forget(streams: ReadonlySet<string>): void {
    this.events = this.events.filter(({ row }) => !streams.has(row.stream));
    for (const stream of streams)
      this.#streams.set(stream, { head: { ...this.head(stream), dropped: true }, events: [] });
  }
}

/** One process's view of the disk. */
export interface MemoryParts extends StoreDeps {
  readonly disk: MemoryDisk;
  readonly checkOpen: () => void;
}
