import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditStore } from '../../src/store/audit.ts';
import { chainText } from '../../src/store/chain.ts';
import { readExport } from '../../src/store/export-file.ts';
import { type RetentionPolicy, retain } from '../../src/store/retention.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { type ArrangedStore, memoryStore, sqliteStore } from '../support/stores.ts';

const add = async ({ journal }: Store, stream: string, type: string, data = {}): Promise<void> => {
  const expectedVersion = (await journal.read(stream, 0)).length;
  const appended = await journal.append({ stream, expectedVersion, events: [{ type, data }] });
  if (!appended.ok) throw new Error(`expected the append to ${stream} to succeed`);
};

/** Runs 1 and 2 are closed, run 3 goes on; a region that is still out refers to run 2. */
const arrange = async (store: ArrangedStore): Promise<Store> => {
  const opened = store.open();
  for (const run of ['run_1', 'run_2', 'run_3']) await add(opened, run, 'run.planned', { run });
  for (const run of ['run_1', 'run_2']) await add(opened, run, 'run.closed');
  await add(opened, 'regions', 'region.out', { run: 'run_2' });
  return opened;
};

const policy: RetentionPolicy = (events) => ({
  closed: events.filter(({ type }) => type === 'run.closed').map(({ stream }) => stream),
  referredTo: new Set(
    events.filter(({ type }) => type === 'region.out').map(({ data }) => JSON.parse(JSON.stringify(data)).run),
  ),
});

const exportPath = (): string => join(scratchDirectory(), 'export.jsonl');

describe.each([
  ['memory', memoryStore],
  ['SQLite', sqliteStore],
] as const)('retention in %s', (_, store) => {
  it('rule 13: retention exports and drops whole closed streams and leaves a checkpoint with the last hash', async () => {
    const opened = await arrange(store());
    const events = await opened.journal.read('run_1', 0);
    const path = exportPath();

    const retained = await retain({ store: opened, hash: sha256, policy, exportPath: path });

    const end = { stream: 'run_1', version: 2, hash: events[1]?.hash };
    expect(retained).toEqual({ dropped: [end], events: 2, kept: ['run_2'] });
    expect(await opened.journal.read('run_1', 0)).toEqual([]);
    expect(await opened.journal.read('retention', 0)).toMatchObject([
      { type: 'retention.dropped', data: { file: 'export.jsonl', streams: [end] } },
    ]);
    const exported = readExport(path);
    expect(exported).toMatchObject({ store: 'store_test', streams: [end] });
    expect(exported.rows.map((row) => JSON.parse(row.data))).toEqual(events.map(({ data }) => data));
    expect(exported.rows.every((row) => sha256.of(chainText(row)) === row.hash)).toBe(true);
    expect(await auditStore(opened.archive, sha256)).toMatchObject({ droppedStreams: 1, findings: [] });
  });

  it('rule 13: retention never drops what live state refers to', async () => {
    const opened = await arrange(store());

    await retain({ store: opened, hash: sha256, policy, exportPath: exportPath() });

    expect(await opened.journal.read('run_2', 0)).toHaveLength(2);
    expect(await opened.journal.read('run_3', 0)).toHaveLength(1);
  });

  it('rule 13: retention never drops what live state begins to refer to while the export is written', async () => {
    const arranged = store();
    const [opened, other] = [await arrange(arranged), arranged.open()];
    let isFirst = true;
    const raced: Store['archive'] = {
      rows: (after, limit) => opened.archive.rows(after, limit),
      ends: () => opened.archive.ends(),
      drop: async (drop) => {
        if (isFirst) await add(other, 'regions', 'region.out', { run: 'run_1' });
        isFirst = false;
        return opened.archive.drop(drop);
      },
    };

    const retained = await retain({
      store: { ...opened, archive: raced },
      hash: sha256,
      policy,
      exportPath: exportPath(),
    });

    expect(retained).toEqual({ dropped: [], events: 0, kept: ['run_1', 'run_2'] });
    expect(await opened.journal.read('run_1', 0)).toHaveLength(2);
    expect(await opened.journal.read('retention', 0)).toEqual([]);
  });

  it('rule 13: a crash between export and drop loses nothing, and the next retention finishes it', async () => {
    const opened = await arrange(store());
    const crashing: Store['archive'] = {
      rows: (after, limit) => opened.archive.rows(after, limit),
      ends: () => opened.archive.ends(),
      drop: () => Promise.reject(new Error('killed')),
    };
    const [first, second] = [exportPath(), exportPath()];

    const crashed = retain({ store: { ...opened, archive: crashing }, hash: sha256, policy, exportPath: first });
    await expect(crashed).rejects.toThrow('killed');
    const between = await opened.journal.read('run_1', 0);
    await retain({ store: opened, hash: sha256, policy, exportPath: second });

    expect(between).toHaveLength(2);
    expect(readExport(first).rows).toEqual(readExport(second).rows);
    expect(await opened.journal.read('run_1', 0)).toEqual([]);
  });

  it('rule 13: nothing is dropped when the export cannot be written', async () => {
    const opened = await arrange(store());
    const path = exportPath();
    writeFileSync(path, 'somebody else wrote this');

    const retaining = retain({ store: opened, hash: sha256, policy, exportPath: path });

    await expect(retaining).rejects.toMatchObject({ kind: 'disk' });
    expect(readFileSync(path, 'utf8')).toBe('somebody else wrote this');
    expect(await opened.journal.read('run_1', 0)).toHaveLength(2);
  });

  it('rule 13: a second retention drops no checkpoint and continues the chain of the first', async () => {
    const opened = await arrange(store());
    const greedy: RetentionPolicy = (events) => ({ closed: events.map(({ stream }) => stream), referredTo: new Set() });
    await retain({ store: opened, hash: sha256, policy, exportPath: exportPath() });

    await retain({ store: opened, hash: sha256, policy: greedy, exportPath: exportPath() });

    expect(await opened.journal.read('retention', 0)).toHaveLength(2);
    expect((await opened.journal.readAll(0, 100)).map(({ stream }) => stream)).toEqual(['retention', 'retention']);
    expect(await auditStore(opened.archive, sha256)).toMatchObject({ droppedStreams: 4, findings: [] });
  });

  it('the checkpoint comes after everything that any reader has seen, also when the last event was dropped', async () => {
    const opened = await arrange(store());
    await add(opened, 'run_1', 'noted');
    const seen = (await opened.archive.ends()).position;

    await retain({ store: opened, hash: sha256, policy, exportPath: exportPath() });

    const news = await opened.journal.readAll(seen, 10);
    expect(news.map(({ type }) => type)).toEqual(['retention.dropped']);
  });

  it('an audit that retention overtakes begins again instead of crying wolf', async () => {
    const opened = await arrange(store());
    let isFirst = true;
    const rows: Store['archive']['rows'] = async (after, limit) => {
      if (isFirst) {
        isFirst = false;
        await retain({ store: opened, hash: sha256, policy, exportPath: exportPath() });
      }
      return opened.archive.rows(after, limit);
    };

    const report = await auditStore({ rows, ends: () => opened.archive.ends() }, sha256);

    expect(report).toMatchObject({ droppedStreams: 1, findings: [] });
  });

  it('a stream that was dropped takes no more events, and is said to be dropped', async () => {
    const opened = await arrange(store());
    await retain({ store: opened, hash: sha256, policy, exportPath: exportPath() });

    const appending = opened.journal.append({
      stream: 'run_1',
      expectedVersion: 0,
      events: [{ type: 'noted', data: 1 }],
    });

    await expect(appending).rejects.toMatchObject({ kind: 'dropped' });
  });

  it('writes no file when nothing may leave', async () => {
    const opened = await arrange(store());
    const path = exportPath();
    const nothing: RetentionPolicy = () => ({ closed: ['run_9'], referredTo: new Set() });

    const retained = await retain({ store: opened, hash: sha256, policy: nothing, exportPath: path });

    expect(retained).toEqual({ dropped: [], events: 0, kept: [] });
    expect(existsSync(path)).toBe(false);
  });

  it('gives up, with nothing dropped, when events never stop coming in', async () => {
    const opened = await arrange(store());
    const busy: Store['archive'] = {
      rows: (after, limit) => opened.archive.rows(after, limit),
      ends: () => opened.archive.ends(),
      drop: async (drop) => {
        await add(opened, 'run_3', 'noted');
        return opened.archive.drop(drop);
      },
    };

    const retaining = retain({ store: { ...opened, archive: busy }, hash: sha256, policy, exportPath: exportPath() });

    await expect(retaining).rejects.toMatchObject({ kind: 'busy', retryable: true });
    expect(await opened.journal.read('run_1', 0)).toHaveLength(2);
  });

  it('rule 13: events that were dropped by hand, without a checkpoint, are found', async () => {
    const opened = await arrange(store());
    const { heads, position } = await opened.archive.ends();
    const forged = {
      rows: async () => (await opened.archive.rows(0, 100)).filter(({ stream }) => stream !== 'run_1'),
      ends: async () => ({ position, heads: heads.map((head) => ({ ...head, dropped: head.stream === 'run_1' })) }),
    };

    const { findings } = await auditStore(forged, sha256);

    expect(findings).toEqual([expect.objectContaining({ stream: 'run_1', version: 2, what: 'no-checkpoint' })]);
  });
});

describe('an export file', () => {
  const arrangeFile = async (): Promise<string> => {
    const path = exportPath();
    await retain({ store: await arrange(memoryStore()), hash: sha256, policy, exportPath: path });
    return path;
  };

  it('that was cut short is refused', async () => {
    const path = await arrangeFile();
    truncateSync(path, readFileSync(path, 'utf8').trimEnd().lastIndexOf('\n'));

    expect(() => readExport(path)).toThrow(/holds 1 of 2 events/);
  });

  it('with a line that is no event is refused', async () => {
    const path = await arrangeFile();
    const [header = '', first = ''] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${header}\n${first}\n`);
    appendFileSync(path, '{}\n');

    expect(() => readExport(path)).toThrow(/line 3 is no event/);
  });

  it('that is none is refused', () => {
    const path = exportPath();
    writeFileSync(path, '{"format":"other"}\n');

    expect(() => readExport(path)).toThrow(/is no journal export/);
  });
});
