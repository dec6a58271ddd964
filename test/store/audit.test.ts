import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditStore } from '../../src/store/audit.ts';
import type { AuditFindingKind } from '../../src/store/audit-walk.ts';
import { chainText, type EventRow, type StreamHead } from '../../src/store/chain.ts';
import type { Archive, Ends } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { memoryStore } from '../support/stores.ts';

type Rows = readonly EventRow[];

/** Three streams, interleaved, ten events each. */
const arrange = async (): Promise<{ rows: Rows; ends: Ends }> => {
  const { clock, open } = memoryStore();
  const { journal, archive } = open();
  for (let version = 0; version < 10; version += 1)
    for (const stream of ['freezes', 'run_1', 'run_2']) {
      await clock.advance(1000);
      await journal.append({ stream, expectedVersion: version, events: [{ type: 'noted', data: { version } }] });
    }
  return { rows: await archive.rows(0, 100), ends: await archive.ends() };
};

/** A store whose file somebody has edited. */
const edited = (rows: Rows, ends: Ends): Pick<Archive, 'rows' | 'ends'> => ({
  rows: async (after, limit) => rows.filter(({ position }) => position > after).slice(0, limit),
  ends: async () => ends,
});

const change = (rows: Rows, stream: string, version: number, to: Partial<EventRow>): Rows =>
  rows.map((row) => (row.stream === stream && row.version === version ? { ...row, ...to } : row));

const resealed = (row: EventRow): EventRow => ({ ...row, hash: sha256.of(chainText(row)) });

const isAt = (stream: string, version: number) => (row: EventRow) => row.stream === stream && row.version === version;

const without = (rows: Rows, stream: string, from: number, to: number): Rows =>
  rows.filter((row) => row.stream !== stream || row.version < from || row.version > to);

/** The two rows change places: each gets the other's position. */
const swapped = (rows: Rows, a: EventRow | undefined, b: EventRow | undefined): Rows =>
  rows
    .map((row) => {
      const other = row === a ? b : row === b ? a : undefined;
      return other === undefined ? row : { ...row, position: other.position };
    })
    .toSorted((x, y) => x.position - y.position);

interface Tampering {
  readonly name: string;
  readonly tamper: (rows: Rows) => Rows;
  readonly finding: { readonly stream: string; readonly version: number; readonly what: AuditFindingKind };
}

const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'whose data was changed',
    tamper: (rows) => change(rows, 'run_1', 4, { data: '{"version":99}' }),
    finding: { stream: 'run_1', version: 4, what: 'changed' },
  },
  {
    name: 'whose time was changed',
    tamper: (rows) => change(rows, 'run_1', 4, { at: 0 }),
    finding: { stream: 'run_1', version: 4, what: 'changed' },
  },
  {
    name: 'whose type was changed',
    tamper: (rows) => change(rows, 'run_1', 10, { type: 'run.approved' }),
    finding: { stream: 'run_1', version: 10, what: 'changed' },
  },
  {
    name: 'that was changed and sealed again with a hash that fits',
    tamper: (rows) => rows.map((row) => (isAt('run_1', 4)(row) ? resealed({ ...row, data: '{"version":99}' }) : row)),
    finding: { stream: 'run_1', version: 5, what: 'broken-link' },
  },
  {
    name: 'that was changed and sealed again at the end of its stream',
    tamper: (rows) => rows.map((row) => (isAt('run_1', 10)(row) ? resealed({ ...row, at: 7 }) : row)),
    finding: { stream: 'run_1', version: 10, what: 'truncated' },
  },
  {
    name: 'that was moved to another stream',
    tamper: (rows) => change(rows, 'run_1', 10, { stream: 'run_3', version: 1 }),
    finding: { stream: 'run_3', version: 1, what: 'changed' },
  },
  {
    name: 'that was removed in the middle',
    tamper: (rows) => without(rows, 'run_1', 4, 5),
    finding: { stream: 'run_1', version: 6, what: 'missing' },
  },
  {
    name: 'that was removed at the end',
    tamper: (rows) => without(rows, 'run_1', 10, 10),
    finding: { stream: 'run_1', version: 10, what: 'truncated' },
  },
  {
    name: 'that changed places with another',
    tamper: (rows) => swapped(rows, rows.find(isAt('run_1', 4)), rows.find(isAt('run_1', 6))),
    finding: { stream: 'run_1', version: 5, what: 'out-of-order' },
  },
];

describe('the audit of a store', () => {
  it('finds nothing in a whole store, and counts what it has seen', async () => {
    const { rows, ends } = await arrange();

    const report = await auditStore(edited(rows, ends), sha256);

    expect(report).toMatchObject({ streams: 3, events: 30, droppedStreams: 0, findings: [] });
    expect(report.heads.map(({ stream, version }) => `${stream} ${version}`)).toEqual([
      'freezes 10',
      'run_1 10',
      'run_2 10',
    ]);
  });

  it.each(TAMPERINGS)('rule 13: a row $name is found', async ({ tamper, finding }) => {
    const { rows, ends } = await arrange();

    const { findings } = await auditStore(edited(tamper(rows), ends), sha256);

    expect(findings).toContainEqual(expect.objectContaining(finding));
    expect(findings.filter(({ stream }) => stream === 'freezes' || stream === 'run_2')).toEqual([]);
  });

  it('rule 13: a stream that was removed whole is found by its head', async () => {
    const { rows, ends } = await arrange();

    const { findings } = await auditStore(edited(without(rows, 'freezes', 1, 10), ends), sha256);

    expect(findings).toEqual([expect.objectContaining({ stream: 'freezes', version: 1, what: 'truncated' })]);
  });

  it('rule 13: a store cut back together with its heads looks whole, and is found only by heads noted outside', async () => {
    const { rows, ends } = await arrange();
    const noted = (await auditStore(edited(rows, ends), sha256)).heads;
    const cut = without(rows, 'run_1', 10, 10);
    const last = cut.find(isAt('run_1', 9));
    const heads = ends.heads.map((head) => (head.stream === 'run_1' && last ? { ...last, dropped: false } : head));
    const forged = edited(cut, { ...ends, heads });

    const alone = await auditStore(forged, sha256);
    const compared = await auditStore(forged, sha256, noted);

    expect(alone.findings).toEqual([]);
    expect(compared.findings).toEqual([expect.objectContaining({ stream: 'run_1', version: 10, what: 'truncated' })]);
  });

  it('rule 13: a chain written anew from some point on is found by heads noted outside', async () => {
    const { rows, ends } = await arrange();
    const noted = (await auditStore(edited(rows, ends), sha256)).heads;
    let previous: StreamHead | undefined;
    const anew = rows.map((row) => {
      if (row.stream !== 'run_1' || row.version < 4) return row;
      const next = resealed({ ...row, at: row.at + 1, previousHash: previous?.hash ?? row.previousHash });
      previous = next;
      return next;
    });
    const heads = ends.heads.map((head) =>
      previous && head.stream === 'run_1' ? { ...previous, dropped: false } : head,
    );
    const forged = edited(anew, { ...ends, heads });

    const alone = await auditStore(forged, sha256);
    const compared = await auditStore(forged, sha256, noted);

    expect(alone.findings).toEqual([]);
    expect(alone.anchor).not.toBe((await auditStore(edited(rows, ends), sha256)).anchor);
    expect(compared.findings).toEqual([expect.objectContaining({ stream: 'run_1', version: 10, what: 'changed' })]);
  });

  it('rule 13: whichever field of whichever row is changed, the audit names that stream', async () => {
    const { rows, ends } = await arrange();
    const field = fc.constantFrom('type', 'at', 'data', 'previousHash', 'hash', 'version', 'stream');

    await fc.assert(
      fc.asyncProperty(fc.nat(29), field, async (index, name) => {
        const changed = rows.map((row, at) => {
          if (at !== index) return row;
          const value = row[name];
          return { ...row, [name]: typeof value === 'number' ? value + 1 : `${value} ` };
        });
        const { findings } = await auditStore(edited(changed, ends), sha256);
        expect(findings.map(({ stream }) => stream)).toContain(rows[index]?.stream);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves what is appended during the audit to the next one', async () => {
    const { open } = memoryStore();
    const { journal, archive } = open();
    const append = (expectedVersion: number) =>
      journal.append({ stream: 'run_1', expectedVersion, events: [{ type: 'noted', data: null }] });
    await append(0);
    const rows: Archive['rows'] = async (after, limit) => {
      await append((await archive.ends()).position);
      return archive.rows(after, limit);
    };

    const report = await auditStore({ rows, ends: () => archive.ends() }, sha256);

    expect(report).toMatchObject({ events: 1, findings: [] });
  });
});
