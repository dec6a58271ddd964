import type { DatabaseSync } from 'node:sqlite';
import { inStoreWords } from './failure.ts';

const within = <T>(db: DatabaseSync, path: string, begin: string, work: () => T): T =>
  inStoreWords(path, () => {
    db.exec(begin);
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (failure) {
      // SQLite may have rolled back by itself, e.g. on a full disk; a second ROLLBACK would hide the failure.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw failure;
    }
  });

/** Takes the write lock first, so that what is read inside cannot change before it is written. */
export const writing = <T>(db: DatabaseSync, path: string, work: () => T): T =>
  within(db, path, 'BEGIN IMMEDIATE', work);

/** One snapshot for several reads. Never waits for writers. */
export const reading = <T>(db: DatabaseSync, path: string, work: () => T): T => within(db, path, 'BEGIN', work);
