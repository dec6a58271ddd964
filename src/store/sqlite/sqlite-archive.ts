import type { StatementSync } from 'node:sqlite';
import { continueChain, type EventRow } from '../chain.ts';
import { checkpointOf, RETENTION_STREAM } from '../checkpoint.ts';
import { mayDrop } from '../drop-rules.ts';
import type { Archive, Drop, Ends } from '../store.ts';
import { inStoreWords } from './failure.ts';
import { Query } from './query.ts';
import { EVENT_COLUMNS, rowsOf } from './rows.ts';
import { SqliteHeads } from './sqlite-heads.ts';
import type { SqliteParts } from './sqlite-journal.ts';
import { reading, writing } from './transaction.ts';

export class SqliteArchive implements Archive {
  readonly #parts: SqliteParts;
  readonly #heads: SqliteHeads;
  readonly #rows: Query;
  readonly #last: Query;
  readonly #markDropped: StatementSync;
  readonly #delete: StatementSync;

  constructor(parts: SqliteParts) {
    const { db } = parts;
    this.#parts = parts;
    this.#heads = new SqliteHeads(db);
    this.#rows = new Query(db, `SELECT ${EVENT_COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`);
    this.#last = new Query(db, 'SELECT max(position) FROM events');
    this.#markDropped = db.prepare('UPDATE heads SET dropped = 1 WHERE stream = ?');
    this.#delete = db.prepare('DELETE FROM events WHERE stream = ?');
  }

  async rows(after: number, limit: number): Promise<readonly EventRow[]> {
    return inStoreWords(this.#parts.path, () => rowsOf(this.#rows.all(after, limit)));
  }

  async ends(): Promise<Ends> {
    const { db, path } = this.#parts;
    return reading(db, path, () => ({ position: this.#last.number(), heads: this.#heads.all() }));
  }

  async drop(drop: Drop): Promise<boolean> {
    const { db, path, clock, hash, bell } = this.#parts;
    const isDropped = writing(db, path, () => {
      const last = this.#last.number();
      if (!mayDrop(drop, last, (stream) => this.#heads.of(stream))) return false;
      // The mark comes first: the trigger lets events go only from a stream that is marked.
      for (const { stream } of drop.streams) {
        this.#markDropped.run(stream);
        this.#delete.run(stream);
      }
      this.#heads.write(continueChain(this.#heads.of(RETENTION_STREAM), [checkpointOf(drop)], clock.now(), hash));
      return true;
    });
    if (isDropped) bell.ring();
    return isDropped;
  }
}
