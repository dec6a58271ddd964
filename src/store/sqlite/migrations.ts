import type { DatabaseSync } from 'node:sqlite';
import { Query } from './query.ts';

/**
 * Append-only: a released migration is never changed, since stores made by it exist. Place 0 makes schema version 1.
 * Each writes its version row first (see `migrate`), so that of two processes only one can apply it.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    store_id TEXT NOT NULL,
    region TEXT NOT NULL,
    made_at REAL NOT NULL
  ) STRICT;

  -- AUTOINCREMENT: a position is never given twice, also after retention has deleted the highest.
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    at REAL NOT NULL,
    data TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;

  CREATE TABLE heads (
    stream TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE lease (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    holder TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    until REAL NOT NULL,
    released INTEGER NOT NULL CHECK (released IN (0, 1))
  ) STRICT;

  -- Against a slip at a SQL prompt. Who means harm can drop a trigger, and is found by the chain.
  CREATE TRIGGER events_never_change BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TRIGGER events_leave_by_retention_only BEFORE DELETE ON events
  WHEN NOT EXISTS (SELECT 1 FROM heads WHERE stream = OLD.stream AND dropped = 1)
  BEGIN SELECT RAISE(ABORT, 'events leave by retention only'); END;
  CREATE TRIGGER epochs_never_fall BEFORE UPDATE ON lease WHEN NEW.epoch < OLD.epoch
  BEGIN SELECT RAISE(ABORT, 'an epoch never falls'); END;
  `,
];

/** The schema version that this steer reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings an empty database to `SCHEMA_VERSION`. Runs inside the caller's transaction. */
export const migrate = (db: DatabaseSync, at: number): void => {
  db.exec('CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at REAL NOT NULL) STRICT');
  const row = db.prepare('INSERT INTO schema_version (version, applied_at) VALUES (?, ?)');
  for (const [index, sql] of MIGRATIONS.entries()) {
    row.run(index + 1, at);
    db.exec(sql);
  }
};

/** The version a database was brought to, or null where there is no such table. */
export const schemaVersionOf = (db: DatabaseSync): number | null => {
  const table = new Query(db, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'").first();
  if (table === null) return null;
  return new Query(db, 'SELECT max(version) FROM schema_version').number();
};
