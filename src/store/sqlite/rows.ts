import type { EventRow } from '../chain.ts';
import { StoreError } from '../store-error.ts';

/** The order in which `rowOf` expects the columns. */
export const EVENT_COLUMNS = 'position, stream, version, type, at, data, previous_hash, hash';

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';

/**
 * A row read as an array: three times as fast as an object with names. The file is not ours alone, so every field is looked at.
 * Throws `corrupt` naming what is known of the place.
 */
export const rowOf = (fields: readonly unknown[]): EventRow => {
  const [position, stream, version, type, at, data, previousHash, hash] = fields;
  if (isNumber(position) && isText(stream) && isNumber(version) && isText(type)) {
    if (isNumber(at) && isText(data) && isText(previousHash) && isText(hash))
      return { position, stream, version, type, at, data, previousHash, hash };
  }
  throw new StoreError(
    'corrupt',
    `the row at position ${String(position)} (stream ${String(stream)}, version ${String(version)}) is unreadable`,
  );
};

export const rowsOf = (found: readonly (readonly unknown[])[]): EventRow[] => found.map(rowOf);
