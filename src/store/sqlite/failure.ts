import { StoreError } from '../store-error.ts';

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html (2026-11); extended codes keep them in the low byte. */
const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const DISK: ReadonlySet<number> = new Set([3, 8, 10, 13, 14, 23]);

/** The primary result code of a failure inside SQLite, or null for anything else. */
const resultCodeOf = (failure: unknown): number | null =>
  failure instanceof Error && 'errcode' in failure && typeof failure.errcode === 'number'
    ? failure.errcode & 0xff
    : null;

const isClosed = (failure: unknown): boolean =>
  failure instanceof Error && 'code' in failure && failure.code === 'ERR_INVALID_STATE';

/** A failure in the words of a store; what does not come from SQLite is given back as it is. */
export const storeFailure = (failure: unknown, path: string): unknown => {
  const options = { cause: failure };
  if (isClosed(failure)) return new StoreError('closed', `the store ${path} has been closed`, options);
  const code = resultCodeOf(failure);
  if (code === null) return failure;
  const said = failure instanceof Error ? failure.message : '';
  if (code === BUSY || code === LOCKED)
    return new StoreError('busy', `another process keeps the store ${path} locked: ${said}`, options);
  if (code === NOT_A_DATABASE) return new StoreError('not-a-store', `${path} is no steer store: ${said}`, options);
  if (DISK.has(code)) return new StoreError('disk', `the store ${path} cannot be read or written: ${said}`, options);
  if (code === CORRUPT)
    return new StoreError(
      'corrupt',
      `the file ${path} is damaged (${said}): see the runbook for a lost store`,
      options,
    );
  return new StoreError('corrupt', `the store ${path} refused a statement: ${said}`, options);
};

export const inStoreWords = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (failure) {
    throw storeFailure(failure, path);
  }
};
