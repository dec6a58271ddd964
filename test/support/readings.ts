import type { SignalId } from '../../src/domain/ids.ts';
import type { SignalReading, SignalSpec } from '../../src/domain/signals.ts';
import type { Instant } from '../../src/domain/units.ts';

/** One number, measured just now on many samples. */
export const numberAt = (signal: SignalId, now: Instant, value: number): SignalReading => {
  const latest = { at: now, value, sampleCount: 1000 };
  return { signal, readAt: now, kind: 'number', latest, recent: [latest], lastWeek: null };
};

export const unread = (
  { signal }: SignalSpec,
  now: Instant,
  kind: 'error' | 'no-data',
  because: string,
): SignalReading => ({ signal, readAt: now, kind, because });
