import type { Append, Appended } from '../ports/journal.ts';
import type { StreamHead } from './chain.ts';
import { StoreError } from './store-error.ts';

/** A head as a store keeps it; `dropped` once retention has exported and removed the stream's events. */
export interface KeptHead extends StreamHead {
  readonly dropped: boolean;
}

/** What an append is judged by, read inside the transaction that will write it. */
export interface AppendState {
  readonly head: (stream: string) => KeptHead;
  /** Highest epoch ever granted; 0 when none was. */
  readonly epoch: number;
}

/**
 * Whether an append may be written: null when it may. One function for every store, so that they cannot judge differently.
 * The epoch is judged first: a process that lost its lease must learn that, whatever else has moved.
 */
export const refusalOf = (append: Append, state: AppendState): Extract<Appended, { ok: false }> | null => {
  if (append.epoch !== undefined && append.epoch !== state.epoch) {
    if (append.epoch < state.epoch) return { ok: false, because: 'superseded', epoch: state.epoch };
    throw new StoreError(
      'unknown-epoch',
      `epoch ${append.epoch} was never granted here, where the highest is ${state.epoch}: the lease and the journal must be in one store`,
    );
  }
  const head = state.head(append.stream);
  if (head.dropped)
    throw new StoreError(
      'dropped',
      `stream ${append.stream} was closed, exported and dropped: nothing can be added to it`,
    );
  const expected = [{ stream: append.stream, version: append.expectedVersion }, ...(append.unmoved ?? [])];
  for (const { stream, version } of expected) {
    const actual = state.head(stream).version;
    if (actual !== version) return { ok: false, because: 'moved', stream, version: actual };
  }
  return null;
};
