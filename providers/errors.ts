/** Everything that can go wrong at a vendor, closed: whoever handles one handles all. */
export type ProviderFailure =
  | 'not-found'
  | 'conflict'
  | 'busy'
  | 'throttled'
  | 'unauthorised'
  | 'rejected'
  | 'never-empty'
  | 'too-large'
  | 'unavailable'
  | 'unknown-outcome'
  | 'unreadable';

/** Whether the same request may be sent again without harm. A write that may have landed is not among them. */
const RETRYABLE: ReadonlySet<ProviderFailure> = new Set(['busy', 'throttled', 'unavailable']);

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderFailure;

  constructor(kind: ProviderFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }
}
