import type { SignalSpec } from '../../src/domain/signals.ts';
import { cloudWatchProbe } from '../../src/health/cloudwatch.ts';
import { cloudWatchClient } from '../../src/health/cloudwatch-client.ts';
import { createCloudWatchFake } from '../../src/sandbox/cloudwatch/cloudwatch-fake.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import type { WireHandler, WireRequest } from '../../src/sandbox/wire.ts';
import { barePolicy, callLog, MINUTE_MS, NAMESPACE, NOW } from './arrange.ts';

export const EACH_MINUTE = { stepMs: MINUTE_MS, unit: 'Count' };
export const sample = (value: number, count = 1) => ({ sum: value, count, min: value / count, max: value / count });

export const probeOver = (handle: WireHandler, countsSamples: (signal: SignalSpec) => boolean = () => false) => {
  const log = callLog();
  const seen: WireRequest[] = [];
  const client = cloudWatchClient({
    awsRegion: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: 'http://127.0.0.1:1',
    connectTimeoutMs: 100,
    requestTimeoutMs: 100,
    requestHandler: createInProcessHandler((request) => {
      seen.push(request);
      return handle(request);
    }),
  });
  const probe = cloudWatchProbe({ clientFor: () => client, policy: barePolicy, observe: log.observe, countsSamples });
  const read = (signals: readonly SignalSpec[], now = NOW, signal = new AbortController().signal) =>
    probe.read(signals, now, signal);
  return { read, calls: log.calls, seen };
};

/** A fake with its own clock, and the probe in front of it over the real SDK. */
export const arrange = (
  options: { metricLagMs?: number; now?: number; countsSamples?: (signal: SignalSpec) => boolean } = {},
) => {
  const clock = { now: options.now ?? NOW };
  const fake = createCloudWatchFake({
    now: () => clock.now,
    metricLagMs: options.metricLagMs ?? 0,
    ratesPerSecond: { GetMetricData: 50, DescribeAlarms: 9 },
  });
  const series = (at: Parameters<typeof fake.series>[2], name = 'Requests') =>
    fake.series({ namespace: NAMESPACE, name, dimensions: { Region: 'us-east-1' } }, EACH_MINUTE, at);
  return { clock, fake, series, ...probeOver(fake.handle, options.countsSamples) };
};

/** A backend that gives this body to every question. */
export const answering = (body: object) =>
  probeOver(async () => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(body),
  }));

/** A backend that refuses every question. */
export const refusing = (status: number, code: string, message: string) =>
  probeOver(async () => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${code};Sender` },
    body: JSON.stringify({ __type: `com.amazonaws.cloudwatch#${code}`, message }),
  }));

/** An alarm on requests a minute that goes off above the threshold. */
export const putAlarm = (
  fake: ReturnType<typeof arrange>['fake'],
  name: string,
  threshold: number,
  metricName = 'Requests',
): void =>
  fake.putAlarm({
    AlarmName: name,
    Namespace: NAMESPACE,
    MetricName: metricName,
    Dimensions: [{ Name: 'Region', Value: 'us-east-1' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
  });
