import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { ProviderId } from '../domain/ids.ts';
import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import type { Probe } from '../ports/probe.ts';
import { groupedBy } from './batches.ts';
import { counted, type HealthCallObserver, type ReadPolicy } from './calls.ts';
import { type AlarmSignal, readAlarms } from './cloudwatch-alarms.ts';
import { readSeries, type SendGetMetricData } from './cloudwatch-metrics.ts';
import { readingOf } from './cloudwatch-points.ts';
import {
  countSeries,
  hasLastWeek,
  isPeriod,
  lastWeekWindow,
  type MetricSignal,
  recentWindow,
  valueSeries,
} from './cloudwatch-queries.ts';
import { failureText } from './failure-text.ts';
import { errorReading, ofKind } from './readings.ts';

export interface CloudWatchProbeOptions {
  /** The client for one region of one account; the same one for the same question, since each holds connections. */
  readonly clientFor: (awsRegion: string, provider: ProviderId) => Pick<CloudWatchClient, 'send'>;
  readonly policy: ReadPolicy;
  readonly observe: HealthCallObserver;
  /**
   * Whether a signal's sample counts are asked for, too: one more query, needed where a gate wants a minimum of samples.
   * Without it `sampleCount` is null, and such a gate has NO_DATA.
   */
  readonly countsSamples: (signal: SignalSpec) => boolean;
}

const isCounted = (signal: MetricSignal, options: CloudWatchProbeOptions): boolean =>
  options.countsSamples(signal) && signal.source.statistic !== 'SampleCount';

/** Signals with one period and one look back share a window, so that they share calls. */
const readWindow = async (
  signals: readonly MetricSignal[],
  now: Instant,
  send: SendGetMetricData,
  options: CloudWatchProbeOptions,
): Promise<readonly SignalReading[]> => {
  const [first] = signals;
  if (first === undefined) return [];
  const withCounts = signals.filter((signal) => isCounted(signal, options));
  const weekly = signals.filter(hasLastWeek);
  const [recent, lastWeek] = await Promise.all([
    readSeries([...signals.map(valueSeries), ...withCounts.map(countSeries)], recentWindow(first, now), send),
    readSeries(weekly.map(valueSeries), lastWeekWindow(first, now), send),
  ]);
  const missing = { ok: false, because: 'the metric was not asked for' } as const;
  return signals.map((signal) => {
    const values = recent.get(valueSeries(signal).key) ?? missing;
    const counts = isCounted(signal, options) ? (recent.get(countSeries(signal).key) ?? missing) : null;
    const then = hasLastWeek(signal) ? (lastWeek.get(valueSeries(signal).key) ?? missing) : null;
    return readingOf(signal, { values, counts, lastWeek: then }, now);
  });
};

const readMetrics = async (
  signals: readonly MetricSignal[],
  now: Instant,
  send: SendGetMetricData,
  options: CloudWatchProbeOptions,
): Promise<readonly SignalReading[]> => {
  const wrong = signals.filter(({ source }) => !isPeriod(source.periodMs));
  const windows = groupedBy(
    signals.filter(({ source }) => isPeriod(source.periodMs)),
    ({ source }) => `${source.periodMs}/${source.lookBackMs}`,
  );
  const read = await Promise.all([...windows.values()].map((group) => readWindow(group, now, send, options)));
  const refused = wrong.map((spec) =>
    errorReading(spec, now, `a period of ${spec.source.periodMs} ms is none that CloudWatch knows`),
  );
  return [...refused, ...read.flat()];
};

/**
 * Metrics and alarms of CloudWatch, in as few calls as its limits allow: 500 series or 100 alarms a call. Never throws;
 * the signals of a call that fails become readings of kind error.
 */
export const cloudWatchProbe = (options: CloudWatchProbeOptions): Probe => {
  const readClient = async (
    metrics: readonly MetricSignal[],
    alarms: readonly AlarmSignal[],
    now: Instant,
    signal: AbortSignal,
  ): Promise<readonly SignalReading[]> => {
    const { source } = [...metrics, ...alarms][0] ?? {};
    if (source === undefined) return [];
    const client = options.clientFor(source.awsRegion, source.provider);
    const { policy, observe } = options;
    const call = (action: string) => ({ backend: 'cloudwatch' as const, action });
    const read = await Promise.all([
      readMetrics(
        metrics,
        now,
        (command) =>
          counted(
            policy,
            call('GetMetricData'),
            observe,
            (inner) => client.send(command, { abortSignal: inner }),
            signal,
          ),
        options,
      ),
      readAlarms(alarms, now, (command) =>
        counted(
          policy,
          call('DescribeAlarms'),
          observe,
          (inner) => client.send(command, { abortSignal: inner }),
          signal,
        ),
      ),
    ]);
    return read.flat();
  };

  return {
    read: async (signals, now, signal) => {
      const own = [...ofKind(signals, 'cloudwatch-metric'), ...ofKind(signals, 'cloudwatch-alarm')];
      const clients = groupedBy(own, ({ source }) => `${source.provider}/${source.awsRegion}`);
      const read = await Promise.all(
        [...clients.values()].map(async (group) => {
          try {
            return await readClient(ofKind(group, 'cloudwatch-metric'), ofKind(group, 'cloudwatch-alarm'), now, signal);
          } catch (error) {
            return group.map((spec) => errorReading(spec, now, failureText(error, 'cloudwatch')));
          }
        }),
      );
      return read.flat();
    },
  };
};
