import { sameRecords } from '../src/domain/set-state.ts';
import type { SetState } from '../src/domain/steering.ts';
import { ProviderError } from './errors.ts';
import type { SetChange } from './steering.ts';

const assertHeld = (changes: readonly SetChange[], held: readonly SetState[], wanted: readonly SetState[]): void => {
  const stale = changes.find((_, index) => {
    const [live, want] = [held[index], wanted[index]];
    return live === undefined || want === undefined || !sameRecords(live, want);
  });
  if (stale === undefined) return;
  throw new ProviderError('conflict', `${stale.ref.name} ${stale.ref.type} is not as expected; read it again`);
};

const unverified = (cause: unknown): ProviderError =>
  new ProviderError('unknown-outcome', 'it was written, but could not be read back; read it again', { cause });

export interface EmulatedWrite {
  readonly changes: readonly SetChange[];
  /** What the sets shall hold, in the order of `changes`: the answers of `assertSafeChange`. */
  readonly left: readonly SetState[];
  /** The vendor's truth of the same sets in the same order, never a cache. */
  readonly read: () => Promise<readonly SetState[]>;
  readonly write: () => Promise<void>;
}

/**
 * For vendors without conditional writes (design rule 2): read, compare, write, read back. What the vendor does not refuse we
 * refuse, a moment too early. Throws `conflict` when a set is not as expected before, or not as intended after; once the write
 * is out, a failure to look means that its outcome is unknown.
 */
export const emulatedReplace = async ({ changes, left, read, write }: EmulatedWrite): Promise<void> => {
  assertHeld(
    changes,
    await read(),
    changes.map(({ expects }) => expects),
  );
  await write();
  try {
    assertHeld(changes, await read(), left);
  } catch (cause) {
    if (cause instanceof ProviderError && cause.kind === 'conflict') throw cause;
    throw unverified(cause);
  }
};
