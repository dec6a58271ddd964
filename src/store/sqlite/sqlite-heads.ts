import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeptHead } from '../append-rules.ts';
import { type EventRow, emptyHead } from '../chain.ts';
import { Query } from './query.ts';

const headOf = (stream: string, [version, hash, dropped]: readonly unknown[]): KeptHead => ({
  stream,
  version: Number(version),
  hash: String(hash),
  dropped: dropped === 1,
});

/** Events and the head of their stream are written together or not at all; this is the one place that writes either. */
export class SqliteHeads {
  readonly #find: Query;
  readonly #all: Query;
  readonly #insert: StatementSync;
  readonly #move: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = new Query(db, 'SELECT version, hash, dropped FROM heads WHERE stream = ?');
    this.#all = new Query(db, 'SELECT version, hash, dropped, stream FROM heads ORDER BY stream');
    this.#insert = db.prepare(
      'INSERT INTO events (stream, version, type, at, data, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#move = db.prepare(
      'INSERT INTO heads (stream, version, hash) VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET version = excluded.version, hash = excluded.hash',
    );
  }

  of(stream: string): KeptHead {
    const row = this.#find.first(stream);
    return row === null ? { ...emptyHead(stream), dropped: false } : headOf(stream, row);
  }

  all(): KeptHead[] {
    return this.#all.all().map((row) => headOf(String(row[3]), row));
  }

  write(rows: readonly Omit<EventRow, 'position'>[]): EventRow[] {
    const written = rows.map((row) => {
      const { stream, version, type, at, data, previousHash, hash } = row;
      const { lastInsertRowid } = this.#insert.run(stream, version, type, at, data, previousHash, hash);
      return { ...row, position: Number(lastInsertRowid) };
    });
    const last = written.at(-1);
    if (last !== undefined) this.#move.run(last.stream, last.version, last.hash);
    return written;
  }
}
