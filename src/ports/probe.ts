import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';

/**
 * Asks monitoring for many signals at once, in as few calls as the backend allows. One reading per signal, always: what
 * cannot be read is a reading of kind `error`, what has no data is `no-data`, never a number made up. Never throws.
 */
export interface Probe {
  read(signals: readonly SignalSpec[], now: Instant, signal: AbortSignal): Promise<readonly SignalReading[]>;
}
