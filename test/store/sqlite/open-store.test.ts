import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { auditStore } from '../../../src/store/audit.ts';
import { chainText } from '../../../src/store/chain.ts';
import { retain } from '../../../src/store/retention.ts';
import { initStore } from '../../../src/store/sqlite/init-store.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import type { StoreErrorKind } from '../../../src/store/store-error.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { ManualClock, MONDAY_MORNING } from '../../support/manual-clock.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { sqliteStore } from '../../support/stores.ts';

const deps = { clock: new ManualClock(), hash: sha256 };
const who = { storeId: 'store_a', region: 'eu-west-1' };
const inScratch = (name = 'steer.db'): string => join(scratchDirectory(), name);

const failing = (kind: StoreErrorKind, message: RegExp) =>
  expect.objectContaining({ kind, message: expect.stringMatching(message) });

const editFile = (path: string, sql: string): void => {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
};

/** Two streams of three events. */
const arrangeEvents = async () => {
  const arranged = sqliteStore();
  const store = arranged.open();
  for (const stream of ['run_1', 'run_2'])
    await store.journal.append({
      stream,
      expectedVersion: 0,
      events: ['planned', 'approved', 'moved'].map((type) => ({ type, data: { stream, type } })),
    });
  return { path: arranged.path, store };
};

const OPEN_THE_DOOR = 'DROP TRIGGER events_never_change; DROP TRIGGER events_leave_by_retention_only;';

describe('making a store', () => {
  it('remembers who it is, and is readable by its owner alone', () => {
    const path = inScratch('a store with blanks & signs?.db');

    initStore(path, who, deps).close();
    const store = openStore(path, deps);

    expect(store.identity).toEqual({ ...who, madeAt: MONDAY_MORNING });
    expect(store.journal.store).toBe('store_a');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    store.close();
  });

  it('refuses a path that holds a store, and leaves that as it was', () => {
    const path = inScratch();
    initStore(path, who, deps).close();

    const making = () => initStore(path, { ...who, storeId: 'store_b' }, deps);

    expect(making).toThrow(failing('exists', /already holds a database/));
    const store = openStore(path, deps);
    expect(store.identity.storeId).toBe('store_a');
    store.close();
  });

  it('refuses a path that holds something else, and leaves that as it was', () => {
    const path = inScratch('notes.txt');
    writeFileSync(path, 'what to do when the store is lost: '.repeat(40));
    const before = readFileSync(path, 'utf8');

    expect(() => initStore(path, who, deps)).toThrow(failing('exists', /something else/));
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('refuses a directory that does not exist', () => {
    expect(() => initStore(inScratch('nowhere/steer.db'), who, deps)).toThrow(failing('disk', /directory must exist/));
  });

  it('takes over the empty file that a killed init has left', () => {
    const path = inScratch();
    writeFileSync(path, '');

    const store = initStore(path, who, deps);

    expect(store.identity.storeId).toBe('store_a');
    store.close();
  });
});

describe('opening a store', () => {
  it('never makes one where there is none', () => {
    const path = inScratch();

    expect(() => openStore(path, deps)).toThrow(failing('missing', /steer store init/));
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['a text', 'no database at all '.repeat(100)],
    ['an empty file', ''],
  ])('refuses %s', (_, content) => {
    const path = inScratch();
    writeFileSync(path, content);

    expect(() => openStore(path, deps)).toThrow(failing('not-a-store', /no steer store/));
  });

  it("refuses somebody else's database", () => {
    const path = inScratch();
    editFile(path, 'CREATE TABLE customers (name TEXT)');

    expect(() => openStore(path, deps)).toThrow(failing('not-a-store', /no steer store/));
  });

  it.each([
    ['a newer', 'INSERT INTO schema_version VALUES (99, 0)', /schema version 99, made by a newer steer/],
    ['an older', 'DELETE FROM schema_version', /schema version 0, made by an older steer/],
  ])('refuses %s schema', (_, sql, message) => {
    const path = inScratch();
    initStore(path, who, deps).close();
    editFile(path, sql);

    expect(() => openStore(path, deps)).toThrow(failing('schema-version', message));
  });

  it('refuses a store that has lost its identity', () => {
    const path = inScratch();
    initStore(path, who, deps).close();
    editFile(path, 'DELETE FROM identity');

    expect(() => openStore(path, deps)).toThrow(failing('corrupt', /identity row is gone/));
  });

  it('keeps a write-ahead log, so that readers never wait for a writer', () => {
    const { path } = sqliteStore();
    const db = new DatabaseSync(path);

    expect(Object.values(db.prepare('PRAGMA journal_mode').get() ?? {})).toEqual(['wal']);
    db.close();
  });
});

describe('a file that somebody has edited', () => {
  it.each(["UPDATE events SET type = 'other'", 'DELETE FROM events'])(
    'is kept from a slip at a SQL prompt: %s',
    async (sql) => {
      const { path } = await arrangeEvents();

      expect(() => editFile(path, sql)).toThrow(/append-only|retention only/);
    },
  );

  it('rule 3: an epoch never falls, whatever is typed at a SQL prompt', async () => {
    const { path, store } = await arrangeEvents();
    await store.lease.acquire('executor-1', 1000);

    expect(() => editFile(path, 'UPDATE lease SET epoch = 0')).toThrow(/never falls/);
  });

  it.each([
    ['changed data', `UPDATE events SET data = '{"stream":"run_9"}' WHERE stream = 'run_2' AND version = 2`, 2],
    ['a changed time', "UPDATE events SET at = 1 WHERE stream = 'run_2' AND version = 3", 3],
    ['data that is no JSON', "UPDATE events SET data = '{' WHERE stream = 'run_2' AND version = 1", 1],
    ['an event removed in the middle', "DELETE FROM events WHERE stream = 'run_2' AND version = 2", 3],
    ['an event removed at the end', "DELETE FROM events WHERE stream = 'run_2' AND version = 3", 3],
  ])(
    'rule 13: %s stops whoever reads the stream, naming stream and version, and the audit finds it',
    async (_, sql, version) => {
      const { path, store } = await arrangeEvents();
      editFile(path, OPEN_THE_DOOR + sql);

      const reading = store.journal.read('run_2', 0);

      await expect(reading).rejects.toEqual(
        failing('corrupt', new RegExp(`stream run_2, version ${version}: .*steer audit verify`)),
      );
      expect(await store.journal.read('run_1', 0)).toHaveLength(3);
      const { findings } = await auditStore(store.archive, sha256);
      expect(findings.map(({ stream }) => stream)).toContain('run_2');
      expect(findings.map(({ version: at }) => at)).toContain(version);
    },
  );

  it('rule 13: an event that was changed and sealed again stops readers at the next one, and retention drops nothing', async () => {
    const { path, store } = await arrangeEvents();
    const row = (await store.archive.rows(0, 10)).find(({ stream, version }) => stream === 'run_2' && version === 2);
    const hash = row && sha256.of(chainText({ ...row, at: 1 }));
    editFile(
      path,
      `${OPEN_THE_DOOR} UPDATE events SET at = 1, hash = '${hash}' WHERE stream = 'run_2' AND version = 2`,
    );
    const everything = () => ({ closed: ['run_1', 'run_2'], referredTo: new Set<string>() });
    const exportPath = inScratch('export.jsonl');

    const retaining = retain({ store, hash: sha256, policy: everything, exportPath });

    await expect(retaining).rejects.toEqual(failing('corrupt', /stream run_2, version 3: .*nothing was dropped/));
    expect(existsSync(exportPath)).toBe(false);
    await expect(store.journal.read('run_2', 0)).rejects.toEqual(failing('corrupt', /stream run_2, version 3: /));
    await expect(store.journal.readAll(0, 100)).rejects.toEqual(failing('corrupt', /stream run_2, version 3: /));
  });

  it('rule 13: a tampered row stops whoever reads all streams', async () => {
    const { path, store } = await arrangeEvents();
    editFile(path, `${OPEN_THE_DOOR} UPDATE events SET type = 'run.approved' WHERE stream = 'run_1' AND version = 3`);

    const reading = store.journal.readAll(0, 100);

    await expect(reading).rejects.toEqual(failing('corrupt', /stream run_1, version 3: /));
  });

  it('rule 13: a stream that lost its head cannot be begun again', async () => {
    const { path, store } = await arrangeEvents();
    editFile(path, "DELETE FROM heads WHERE stream = 'run_1'");

    const appending = store.journal.append({
      stream: 'run_1',
      expectedVersion: 0,
      events: [{ type: 'planned', data: 1 }],
    });

    await expect(appending).rejects.toMatchObject({ kind: 'corrupt' });
    const { findings } = await auditStore(store.archive, sha256);
    expect(findings).toEqual([expect.objectContaining({ stream: 'run_1', version: 3, what: 'stray' })]);
  });
});
