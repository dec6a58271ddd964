import { closeSync, openSync } from 'node:fs';
import type { Store, StoreIdentity } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { inStoreWords } from './failure.ts';
import { migrate } from './migrations.ts';
import { makeDurable, type OpenDeps, openDatabase, openStore } from './open-store.ts';
import { Query } from './query.ts';
import { writing } from './transaction.ts';

/** For its owner alone: a journal names people and shows what would be written where. SQLite gives its side files the same mode. */
const OWNER_ONLY = 0o600;

const touch = (path: string): void => {
  try {
    closeSync(openSync(path, 'a', OWNER_ONLY));
  } catch (cause) {
    throw StoreError.from(cause, 'disk', `no store can be made at ${path}: the directory must exist and be writable`);
  }
};

/**
 * Makes a store and opens it. Throws `exists` when `path` holds anything; only an empty file, as an init that was killed leaves
 * it, is taken over. The schema and the identity are one transaction, so of two processes one wins.
 */
export const initStore = (path: string, who: Omit<StoreIdentity, 'madeAt'>, deps: OpenDeps): Store => {
  touch(path);
  const db = openDatabase(path);
  try {
    inStoreWords(path, () => {
      writing(db, path, () => {
        if (new Query(db, 'SELECT 1 FROM sqlite_master LIMIT 1').first() !== null)
          throw new StoreError('exists', `${path} already holds a database: open it as it is, or choose another path`);
        const madeAt = deps.clock.now();
        migrate(db, madeAt);
        const identity = db.prepare('INSERT INTO identity (only, store_id, region, made_at) VALUES (1, ?, ?, ?)');
        identity.run(who.storeId, who.region, madeAt);
      });
      makeDurable(db, path);
    });
  } catch (failure) {
    if (failure instanceof StoreError && failure.kind === 'not-a-store')
      throw StoreError.from(failure, 'exists', `${path} already holds something else: choose another path`);
    throw failure;
  } finally {
    db.close();
  }
  return openStore(path, deps);
};
