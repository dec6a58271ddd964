import type { DatabaseSync } from 'node:sqlite';
import type { Append, Appended, Journal, StoredEvent } from '../../ports/journal.ts';
import { refusalOf } from '../append-rules.ts';
import { checkLink, continueChain, corrupt, emptyHead, eventOf, type StreamHead } from '../chain.ts';
import type { StoreDeps } from '../store.ts';
import { type Bell, waitOnTail } from '../tail.ts';
import { inStoreWords } from './failure.ts';
import { Query } from './query.ts';
import { EVENT_COLUMNS, rowsOf } from './rows.ts';
import { SqliteHeads } from './sqlite-heads.ts';
import { reading, writing } from './transaction.ts';

export interface SqliteParts extends StoreDeps {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly bell: Bell;
  readonly storeId: string;
  readonly pollMs: number;
}

/** One read of an index per look, a few microseconds: cheap enough to see another process's append within a tenth of a second. */
export const DEFAULT_POLL_MS = 50;

export class SqliteJournal implements Journal {
  readonly store: string;
  readonly #parts: SqliteParts;
  readonly #heads: SqliteHeads;
  readonly #ofStream: Query;
  readonly #ofAll: Query;
  readonly #last: Query;
  readonly #epoch: Query;

  constructor(parts: SqliteParts) {
    const { db } = parts;
    this.store = parts.storeId;
    this.#parts = parts;
    this.#heads = new SqliteHeads(db);
    this.#ofStream = new Query(
      db,
      `SELECT ${EVENT_COLUMNS} FROM events WHERE stream = ? AND version > ? ORDER BY version`,
    );
    this.#ofAll = new Query(db, `SELECT ${EVENT_COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`);
    this.#last = new Query(db, 'SELECT max(position) FROM events');
    this.#epoch = new Query(db, 'SELECT epoch FROM lease');
  }

  async append(append: Append): Promise<Appended> {
    const { db, path, clock, hash, bell } = this.#parts;
    const appended = writing(db, path, (): Appended => {
      const epoch = append.epoch === undefined ? 0 : this.#epoch.number();
      const refusal = refusalOf(append, { epoch, head: (stream) => this.#heads.of(stream) });
      if (refusal !== null) return refusal;
      const rows = continueChain(this.#heads.of(append.stream), append.events, clock.now(), hash);
      return { ok: true, events: this.#heads.write(rows).map((row) => eventOf(row, hash)) };
    });
    if (appended.ok && appended.events.length > 0) bell.ring();
    return appended;
  }

  async read(stream: string, after: number): Promise<readonly StoredEvent[]> {
    const { db, path, hash } = this.#parts;
    const { head, rows } = reading(db, path, () => ({
      head: this.#heads.of(stream),
      rows: rowsOf(this.#ofStream.all(stream, after)),
    }));
    if (head.dropped) return [];
    let previous: StreamHead | null = after === 0 ? emptyHead(stream) : null;
    for (const row of rows) {
      if (previous !== null) checkLink(previous, row);
      else if (row.version !== after + 1) throw corrupt(stream, row.version, `it comes after version ${after}`);
      previous = row;
    }
    const end = rows.at(-1) ?? { version: after, hash: head.hash };
    if (end.version < head.version)
      throw corrupt(stream, end.version + 1, `it is missing: the stream ends at ${head.version}`);
    return rows.map((row) => eventOf(row, hash));
  }

  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const { path, hash } = this.#parts;
    const rows = inStoreWords(path, () => rowsOf(this.#ofAll.all(after, limit)));
    const previous = new Map<string, StreamHead>();
    return rows.map((row) => {
      const head = previous.get(row.stream);
      if (head !== undefined) checkLink(head, row);
      previous.set(row.stream, row);
      return eventOf(row, hash);
    });
  }

  wait(after: number, ms: number, signal: AbortSignal): Promise<boolean> {
    const { bell, clock, pollMs, path } = this.#parts;
    const moved = () => inStoreWords(path, () => this.#last.number() > after);
    return waitOnTail({ bell, clock, pollMs, moved }, ms, signal);
  }
}
