import type { SignalReading, SignalSource, SignalSpec } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';

/** A signal whose source is of one kind. */
export type SignalOf<Kind extends SignalSource['kind']> = SignalSpec & {
  readonly source: Extract<SignalSource, { kind: Kind }>;
};

/** The signals of one kind, typed as such. */
export const ofKind = <Kind extends SignalSource['kind']>(
  signals: readonly SignalSpec[],
  kind: Kind,
): readonly SignalOf<Kind>[] => signals.filter((spec): spec is SignalOf<Kind> => spec.source.kind === kind);

type Identified = Pick<SignalSpec, 'signal'>;

export const errorReading = ({ signal }: Identified, readAt: Instant, because: string): SignalReading => ({
  signal,
  readAt,
  kind: 'error',
  because,
});

export const noDataReading = ({ signal }: Identified, readAt: Instant, because: string): SignalReading => ({
  signal,
  readAt,
  kind: 'no-data',
  because,
});

export const stateReading = (
  { signal }: Identified,
  readAt: Instant,
  state: 'ok' | 'alarm',
  because: string,
): SignalReading => ({ signal, readAt, kind: 'state', state, because });
