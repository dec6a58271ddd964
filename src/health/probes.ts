import type { SignalReading, SignalSource, SignalSpec } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import type { Probe } from '../ports/probe.ts';
import { failureText } from './failure-text.ts';
import { errorReading } from './readings.ts';

/** Who answers for which kind of signal. */
export interface ProbesByKind {
  readonly cloudWatch: Probe;
  readonly route53HealthChecks: Probe;
  readonly http: Probe;
  readonly dnsAnswers: Probe;
}

const PROBE_OF = {
  'cloudwatch-metric': 'cloudWatch',
  'cloudwatch-alarm': 'cloudWatch',
  'route53-health-check': 'route53HealthChecks',
  http: 'http',
  'dns-answers': 'dnsAnswers',
} as const satisfies Record<SignalSource['kind'], keyof ProbesByKind>;

const KINDS: readonly (keyof ProbesByKind)[] = ['cloudWatch', 'route53HealthChecks', 'http', 'dnsAnswers'];

/** Resolves with null as soon as the signal is aborted, and takes its listener off again when told. */
const abortOf = (signal: AbortSignal): { readonly promise: Promise<null>; readonly stop: () => void } => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const abort = (): void => resolve(null);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return { promise, stop: () => signal.removeEventListener('abort', abort) };
};

/** One reading for each signal asked, in that order; what the probe left out or gave twice does not get through. */
const complete = (
  asked: readonly SignalSpec[],
  read: readonly SignalReading[],
  now: Instant,
): readonly SignalReading[] => {
  const byId = new Map(read.map((reading) => [reading.signal, reading]));
  return asked.map((spec) => byId.get(spec.signal) ?? errorReading(spec, now, `${spec.source.kind} gave no reading`));
};

/**
 * All probes as one: every kind of signal to its own probe, all at once. One reading per different signal, always, in the
 * order asked. A probe that throws, hangs past the abort or forgets a signal costs only its own signals, as readings of
 * kind error.
 */
export const probes = (byKind: ProbesByKind): Probe => ({
  read: async (signals, now, signal) => {
    const asked = [...new Map(signals.toReversed().map((spec) => [spec.signal, spec])).values()].toReversed();
    const abort = abortOf(signal);
    const readKind = async (kind: keyof ProbesByKind): Promise<readonly SignalReading[]> => {
      const own = asked.filter(({ source }) => PROBE_OF[source.kind] === kind);
      if (own.length === 0) return [];
      try {
        const read = await Promise.race([byKind[kind].read(own, now, signal), abort.promise]);
        if (read !== null) return complete(own, read, now);
        return own.map((spec) => errorReading(spec, now, `${spec.source.kind} was not answered in time`));
      } catch (error) {
        return own.map((spec) => errorReading(spec, now, failureText(error, spec.source.kind)));
      }
    };
    try {
      return complete(asked, (await Promise.all(KINDS.map(readKind))).flat(), now);
    } finally {
      abort.stop();
    }
  },
});
