/**
 * Why a store could not do what it was asked. Refusals that a caller is expected to meet (somebody appended first, a newer
 * lease) are values of the ports; these are the failures beside them.
 */
export type StoreErrorKind =
  /** No file at that path: only `steer store init` makes one. */
  | 'missing'
  /** `steer store init` on a path that already holds something. */
  | 'exists'
  /** A file that is no steer store. */
  | 'not-a-store'
  /** A store of another schema version. */
  | 'schema-version'
  /** A row that cannot be read or does not fit its chain. */
  | 'corrupt'
  /** Another process kept the file locked for longer than the busy time-out. */
  | 'busy'
  /** The disk: full, read-only, gone, no permission. */
  | 'disk'
  /** Used after `close`. */
  | 'closed'
  /** A stream, type, time or number that a store cannot keep. */
  | 'malformed'
  /** An append to a stream that retention has exported and dropped. */
  | 'dropped'
  /** An epoch that this store has never granted: the lease came from somewhere else. */
  | 'unknown-epoch';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** A failure that another one caused, which is kept as its `cause`. */
  static from(cause: unknown, kind: StoreErrorKind, message: string): StoreError {
    return new StoreError(kind, message, { cause });
  }

  /** A lock passes; nothing else here does by itself. */
  get retryable(): boolean {
    return this.kind === 'busy';
  }
}
