import { basename } from 'node:path';
import type { Hash } from '../ports/chance.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { AuditWalk } from './audit-walk.ts';
import { type EventRow, eventOf, type StreamHead } from './chain.ts';
import { RETENTION_STREAM } from './checkpoint.ts';
import { writeExport } from './export-file.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { walkArchive } from './walk-archive.ts';

/** What the caller's fold over all events says. Pure: it is asked again whenever something was appended meanwhile. */
export type RetentionPolicy = (events: readonly StoredEvent[]) => {
  /** Streams whose story is over and old enough to leave. */
  readonly closed: readonly string[];
  /** Streams that live state still refers to: these stay, whatever `closed` says. */
  readonly referredTo: ReadonlySet<string>;
};

export interface RetentionOrder {
  readonly store: Pick<Store, 'identity' | 'archive'>;
  readonly hash: Hash;
  readonly policy: RetentionPolicy;
  /** A file that does not exist yet. */
  readonly exportPath: string;
}

export interface Retained {
  /** Ends of the streams that were exported and dropped. */
  readonly dropped: readonly StreamHead[];
  readonly events: number;
  /** Closed, but still referred to. */
  readonly kept: readonly string[];
}

interface Selection {
  readonly decidedAt: number;
  readonly rows: readonly EventRow[];
  readonly streams: readonly StreamHead[];
  readonly kept: readonly string[];
}

/** A store that never rests for this many tries in a row is busy with a move, and retention can wait for another day. */
const MAX_TRIES = 20;

/** Evidence of tampering must not leave with an export that nobody looks at. */
const checkWhole = (rows: readonly EventRow[], ends: readonly StreamHead[], hash: Hash): void => {
  const walk = new AuditWalk(hash, []);
  for (const row of rows) walk.step(row);
  walk.compareHeads(ends.map((head) => ({ ...head, dropped: false })));
  const [first] = walk.findings;
  if (first === undefined) return;
  const where = `stream ${first.stream}, version ${first.version}`;
  throw new StoreError('corrupt', `${where}: ${first.because}; nothing was dropped: run \`steer audit verify\` first`);
};

const select = ({ store, hash, policy }: RetentionOrder): Promise<Selection> =>
  walkArchive(store.archive, () => {
    const rows: EventRow[] = [];
    return {
      row: (row) => rows.push(row),
      end: ({ position, heads }) => {
        const { closed, referredTo } = policy(rows.map((row) => eventOf(row, hash)));
        const leaving = new Set(closed.filter((stream) => !referredTo.has(stream) && stream !== RETENTION_STREAM));
        const streams = heads
          .filter(({ stream, dropped }) => leaving.has(stream) && !dropped)
          .map(({ stream, version, hash: end }) => ({ stream, version, hash: end }));
        const gone = rows.filter(({ stream }) => leaving.has(stream));
        checkWhole(gone, streams, hash);
        return { decidedAt: position, rows: gone, streams, kept: closed.filter((stream) => referredTo.has(stream)) };
      },
    };
  });

const isIn = (streams: readonly StreamHead[], { stream, version, hash }: StreamHead): boolean =>
  streams.some((other) => other.stream === stream && other.version === version && other.hash === hash);

/**
 * Exports whole closed streams and drops them, leaving a checkpoint with their last hashes (design rule 13). The export is on
 * the disk before anything is deleted: after a crash in between, the events are in both places and nothing is lost. The drop
 * succeeds only if no event at all came in since the policy was asked; otherwise it is asked again, and what it now refers to
 * stays (the export may then hold more than was dropped, never less).
 */
export const retain = async (order: RetentionOrder): Promise<Retained> => {
  const { store, exportPath } = order;
  const first = await select(order);
  if (first.streams.length === 0) return { dropped: [], events: 0, kept: first.kept };
  writeExport(exportPath, { store: store.identity.storeId, streams: first.streams, rows: first.rows });
  let now = first;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const streams = now.streams.filter((head) => isIn(first.streams, head));
    if (streams.length === 0) return { dropped: [], events: 0, kept: now.kept };
    const names = new Set(streams.map(({ stream }) => stream));
    const isDropped = await store.archive.drop({ streams, decidedAt: now.decidedAt, file: basename(exportPath) });
    if (isDropped)
      return { dropped: streams, events: now.rows.filter(({ stream }) => names.has(stream)).length, kept: now.kept };
    now = await select(order);
  }
  throw new StoreError(
    'busy',
    `events kept coming in while streams were to be dropped: nothing was dropped; ${exportPath} may be removed`,
  );
};
