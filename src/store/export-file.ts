import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { canonicalText } from '../domain/canonical.ts';
import type { EventRow, StreamHead } from './chain.ts';
import { StoreError } from './store-error.ts';

const FORMAT = 'steer-journal-1';

/** First line of the file. It counts the events, so that a file that was cut short is known for what it is. */
const Header = z.object({
  format: z.literal(FORMAT),
  store: z.string(),
  events: z.number(),
  streams: z.array(z.object({ stream: z.string(), version: z.number(), hash: z.string() })),
});

const Line = z.object({
  position: z.number(),
  stream: z.string(),
  version: z.number(),
  type: z.string(),
  at: z.number(),
  data: z.json(),
  previousHash: z.string(),
  hash: z.string(),
});

export interface JournalExport {
  readonly store: string;
  readonly streams: readonly StreamHead[];
  readonly rows: readonly EventRow[];
}

const lineOf = ({ data, ...row }: EventRow): string => JSON.stringify(row).replace(/\}$/, `,"data":${data}}\n`);

/** The directory's entry for a new file survives a power cut only once the directory itself is synced. */
const syncDirectoryOf = (path: string): void => {
  if (process.platform === 'win32') return;
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};

const openNew = (path: string): number => {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    throw StoreError.from(cause, 'disk', `${path} cannot be made: choose a new file in a directory that exists`);
  }
};

/**
 * Writes a JSONL file of one header and one event a line, and returns once it is on the disk. Never overwrites a file. Throws
 * `disk`; a file that was left half written is refused by `readExport`.
 */
export const writeExport = (path: string, { store, streams, rows }: JournalExport): void => {
  const file = openNew(path);
  try {
    writeFileSync(file, `${canonicalText({ format: FORMAT, store, events: rows.length, streams })}\n`);
    for (const row of rows) writeFileSync(file, lineOf(row));
    fsyncSync(file);
  } catch (cause) {
    throw StoreError.from(
      cause,
      'disk',
      `${path} could not be written: nothing was dropped; remove the file and free some space`,
    );
  } finally {
    closeSync(file);
  }
  syncDirectoryOf(path);
};

/** Reads a file of `writeExport`, unverified. Throws `not-a-store` for another file, `corrupt` for one that was cut short. */
export const readExport = (path: string): JournalExport => {
  const [first = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const parsed = (what: string, text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw StoreError.from(cause, 'corrupt', `${path}: ${what} is no JSON`);
    }
  };
  const header = Header.safeParse(parsed('its first line', first));
  if (!header.success)
    throw new StoreError('not-a-store', `${path} is no journal export: its first line says no ${FORMAT}`);
  const { store, streams, events } = header.data;
  if (lines.length !== events)
    throw new StoreError('corrupt', `${path} holds ${lines.length} of ${events} events: it was cut short`);
  const rows = lines.map((text, index) => {
    const line = Line.safeParse(parsed(`line ${index + 2}`, text));
    if (!line.success) throw new StoreError('corrupt', `${path}: line ${index + 2} is no event`);
    return { ...line.data, data: canonicalText(line.data.data) };
  });
  return { store, streams, rows };
};
