import type { Instant } from '../domain/units.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
