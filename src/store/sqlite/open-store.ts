import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type IsGone, nobodyIsGone } from '../lease-rules.ts';
import type { Store, StoreDeps, StoreIdentity } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { Bell } from '../tail.ts';
import { inStoreWords } from './failure.ts';
import { SCHEMA_VERSION, schemaVersionOf } from './migrations.ts';
import { Query } from './query.ts';
import { SqliteArchive } from './sqlite-archive.ts';
import { DEFAULT_POLL_MS, SqliteJournal, type SqliteParts } from './sqlite-journal.ts';
import { SqliteLease } from './sqlite-lease.ts';

export interface OpenDeps extends StoreDeps {
  /** How often a wait looks for appends of other processes; 50 ms where left out. */
  readonly pollMs?: number;
  /** Whether the process that a holder's name stands for is certainly gone; nobody is where left out, and leases run out. */
  readonly isGone?: IsGone;
}

/** Transactions take well under a millisecond plus one fsync; five seconds only run out behind a stopped process. */
const BUSY_TIMEOUT_MS = 5000;

/** `mode=rw` never creates a file, so that a mistyped path is an error and not a second, empty store. */
export const openDatabase = (path: string): DatabaseSync =>
  inStoreWords(path, () => {
    const url = pathToFileURL(path);
    url.searchParams.set('mode', 'rw');
    return new DatabaseSync(url, { timeout: BUSY_TIMEOUT_MS });
  });

/**
 * WAL lets readers run beside the writer; FULL makes a commit wait for the disk, so that an acknowledged event survives a power
 * cut, which WAL with NORMAL does not promise (https://www.sqlite.org/pragma.html#pragma_synchronous, 2026-11).
 */
export const makeDurable = (db: DatabaseSync, path: string): void => {
  const mode = new Query(db, 'PRAGMA journal_mode = WAL').first()?.[0];
  if (mode !== 'wal')
    throw new StoreError(
      'disk',
      `${path} lies on a file system without shared memory (journal mode ${String(mode)}): use a local disk`,
    );
  db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
};

const identityIn = (db: DatabaseSync, path: string): StoreIdentity => {
  const version = schemaVersionOf(db);
  if (version === null)
    throw new StoreError(
      'not-a-store',
      `${path} is no steer store: give the path of one, or make one with \`steer store init\``,
    );
  if (version !== SCHEMA_VERSION) {
    const other = version > SCHEMA_VERSION ? 'a newer' : 'an older';
    throw new StoreError(
      'schema-version',
      `${path} has schema version ${version}, made by ${other} steer; this one reads version ${SCHEMA_VERSION}: use the steer that made it`,
    );
  }
  const row = new Query(db, 'SELECT store_id, region, made_at FROM identity').first();
  if (row === null) throw new StoreError('corrupt', `${path} does not say which store it is: its identity row is gone`);
  const [storeId, region, madeAt] = row;
  return { storeId: String(storeId), region: String(region), madeAt: Number(madeAt) };
};

/**
 * Opens the store at `path`. Throws a StoreError: `missing` when there is no file, `not-a-store`, `schema-version`, `disk`,
 * `corrupt`, `busy`. Never creates anything; that is `initStore`'s.
 */
export const openStore = (path: string, deps: OpenDeps): Store => {
  if (!existsSync(path))
    throw new StoreError(
      'missing',
      `there is no store at ${path}: check the path, or make one with \`steer store init\``,
    );
  const db = openDatabase(path);
  try {
    return inStoreWords(path, () => {
      const identity = identityIn(db, path);
      makeDurable(db, path);
      const bell = new Bell();
      const { clock, hash, pollMs = DEFAULT_POLL_MS, isGone = nobodyIsGone } = deps;
      const parts: SqliteParts = { db, path, bell, clock, hash, pollMs, storeId: identity.storeId };
      const close = (): void => {
        if (db.isOpen) db.close();
        bell.ring();
      };
      return {
        identity,
        journal: new SqliteJournal(parts),
        lease: new SqliteLease({ ...parts, isGone }),
        archive: new SqliteArchive(parts),
        close,
      };
    });
  } catch (failure) {
    db.close();
    throw failure;
  }
};
