import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { providerId, signalId } from '../../src/domain/ids.ts';
import type { SignalReading, SignalSource, SignalSpec } from '../../src/domain/signals.ts';
import type { HealthCall, ReadPolicy } from '../../src/health/calls.ts';

/** A full hour, so that every period that the tests use starts here. */
export const NOW = Date.UTC(2026, 10, 2, 12);
export const MINUTE_MS = 60_000;
export const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
export const AWS = providerId('aws');
export const NAMESPACE = 'Steer/Test';

export const barePolicy: ReadPolicy = { read: (attempt, signal) => attempt(signal) };

export const signalOf = (source: SignalSource, name = 'one'): SignalSpec => ({
  signal: signalId(name),
  region: null,
  service: null,
  backend: 'test',
  vantage: 'outside',
  derivedFrom: null,
  needsNoTraffic: true,
  source,
});

type MetricSource = Extract<SignalSource, { kind: 'cloudwatch-metric' }>;

export const metric = (overrides: Partial<MetricSource> = {}): MetricSource => ({
  kind: 'cloudwatch-metric',
  awsRegion: 'us-east-1',
  provider: AWS,
  namespace: NAMESPACE,
  metric: 'Requests',
  dimensions: { Region: 'us-east-1' },
  statistic: 'Sum',
  periodMs: MINUTE_MS,
  lookBackMs: 10 * MINUTE_MS,
  scale: 'as-is',
  withLastWeek: false,
  ...overrides,
});

export const alarm = (name: string): SignalSource => ({
  kind: 'cloudwatch-alarm',
  awsRegion: 'us-east-1',
  provider: AWS,
  alarm: name,
});

/** Collects what a probe reports of its calls. */
export const callLog = () => {
  const calls: HealthCall[] = [];
  return { calls, observe: (call: HealthCall) => void calls.push(call) };
};

/** A reading's number, or what it is instead. */
export const numberOf = (reading: SignalReading | undefined): number | string =>
  reading?.kind === 'number' ? reading.latest.value : (reading?.kind ?? 'missing');

export const stateOf = (reading: SignalReading | undefined): string =>
  reading?.kind === 'state' ? reading.state : (reading?.kind ?? 'missing');

export const becauseOf = (reading: SignalReading | undefined): string =>
  reading !== undefined && 'because' in reading ? reading.because : '';

export const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A web server on loopback; `close` ends open connections, too. */
export const webServer = async (listener: RequestListener) => {
  const server = createServer(listener);
  const port = await listening(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, url: `http://127.0.0.1:${port}`, close };
};
