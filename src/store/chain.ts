import { canonicalText, type Json } from '../domain/canonical.ts';
import type { Instant } from '../domain/units.ts';
import type { Hash } from '../ports/chance.ts';
import type { NewEvent, StoredEvent } from '../ports/journal.ts';
import { StoreError } from './store-error.ts';

/** An event as it lies in a store: `data` is canonical text, so that the hash is checked without parsing it. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly data: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The end of one stream's chain, also after its events were exported and dropped. */
export interface StreamHead {
  readonly stream: string;
  readonly version: number;
  readonly hash: string;
}

/** What the first event of every stream names as its predecessor: the length of a SHA-256, but no text's hash. */
export const GENESIS = '0'.repeat(64);

/** Printable ASCII without blanks: such a name looks the same in a log, a file name and a hash on every machine. */
const NAME = /^[!-~]{1,200}$/;

/** What the hash covers: the canonical text of `[stream, version, type, at, data, previousHash]`. */
export const chainText = (row: Omit<EventRow, 'position' | 'hash'>): string =>
  `[${JSON.stringify(row.stream)},${row.version},${JSON.stringify(row.type)},${row.at},${row.data},${JSON.stringify(row.previousHash)}]`;

const checkedName = (what: string, name: string): string => {
  if (NAME.test(name)) return name;
  throw new StoreError('malformed', `"${name}" is no ${what}: 1 to 200 printable ASCII characters without blanks`);
};

const canonicalData = (event: NewEvent): string => {
  try {
    return canonicalText(event.data);
  } catch (cause) {
    throw StoreError.from(cause, 'malformed', `the data of ${event.type} cannot be kept as JSON: ${String(cause)}`);
  }
};

/**
 * The rows that continue a chain, still without positions. Throws `malformed` for a name or data that cannot be kept, before
 * anything is written.
 */
export const continueChain = (
  head: StreamHead,
  events: readonly NewEvent[],
  at: Instant,
  hash: Hash,
): readonly Omit<EventRow, 'position'>[] => {
  checkedName('stream', head.stream);
  if (!Number.isFinite(at)) throw new StoreError('malformed', `${at} is no instant: expected milliseconds since 1970`);
  const rows: Omit<EventRow, 'position'>[] = [];
  let previous = head;
  for (const event of events) {
    const { stream } = head;
    const type = checkedName('event type', event.type);
    const unsealed = {
      stream,
      version: previous.version + 1,
      type,
      at,
      data: canonicalData(event),
      previousHash: previous.hash,
    };
    const row = { ...unsealed, hash: hash.of(chainText(unsealed)) };
    rows.push(row);
    previous = row;
  }
  return rows;
};

/** The head of a stream that does not exist yet. */
export const emptyHead = (stream: string): StreamHead => ({ stream, version: 0, hash: GENESIS });

export const corrupt = (stream: string, version: number, what: string, cause?: unknown): StoreError =>
  new StoreError(
    'corrupt',
    `stream ${stream}, version ${version}: ${what}; run \`steer audit verify\` for all findings, and see the runbook for a lost store`,
    cause === undefined ? undefined : { cause },
  );

const parsedData = (row: EventRow): Json => {
  try {
    return JSON.parse(row.data);
  } catch (cause) {
    throw corrupt(row.stream, row.version, 'its data is no JSON', cause);
  }
};

/** The event of a row whose hash has been recomputed. Throws `corrupt` naming stream and version. */
export const eventOf = (row: EventRow, hash: Hash): StoredEvent => {
  if (hash.of(chainText(row)) !== row.hash) throw corrupt(row.stream, row.version, 'its content does not fit its hash');
  const { position, stream, version, type, at, previousHash } = row;
  return { position, stream, version, type, at, data: parsedData(row), previousHash, hash: row.hash };
};

/** Checks that `row` follows `head` in its chain; throws `corrupt` naming stream and version. */
export const checkLink = (head: StreamHead, row: EventRow): void => {
  if (row.version !== head.version + 1)
    throw corrupt(row.stream, row.version, `it follows version ${head.version}, so events are missing or out of order`);
  if (row.previousHash !== head.hash)
    throw corrupt(row.stream, row.version, 'it names another predecessor than the one it follows');
};
