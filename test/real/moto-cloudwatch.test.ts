import {
  type CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedPolicy } from '../../providers/resilience.ts';
import type { SignalSpec } from '../../src/domain/signals.ts';
import { cloudWatchProbe } from '../../src/health/cloudwatch.ts';
import { cloudWatchClient } from '../../src/health/cloudwatch-client.ts';
import { systemClock } from '../../src/system/clock.ts';
import { never } from '../contracts/steering/world.ts';
import { alarm, becauseOf, callLog, MINUTE_MS, metric, numberOf, signalOf, stateOf } from '../health/arrange.ts';
import { startMoto } from './support/moto.ts';
import type { StartedServer } from './support/server.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startMoto();
}, 180_000);
afterAll(async () => server.stop());

const clientAt = (url: string, awsRegion = 'us-east-1'): CloudWatchClient =>
  cloudWatchClient({
    awsRegion,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: url,
    connectTimeoutMs: 2000,
    requestTimeoutMs: 10_000,
  });

/** The probe of production over sockets, and the SDK alone to put there what it shall find. */
const arrange = (countsSamples: (signal: SignalSpec) => boolean = () => false) => {
  const log = callLog();
  const client = clientAt(server.url);
  const probe = cloudWatchProbe({
    clientFor: (region) => (region === 'us-east-1' ? client : clientAt(server.url, region)),
    policy: guardedPolicy(),
    observe: log.observe,
    countsSamples,
  });
  /** The start of the last full minute, so that everything put there is complete. */
  const minute = Math.floor(systemClock.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
  const put = (name: string, at: number, values: readonly number[]) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: 'Steer/Test',
        MetricData: values.map((value) => ({
          MetricName: name,
          Dimensions: [{ Name: 'Region', Value: 'us-east-1' }],
          Timestamp: new Date(at),
          Value: value,
        })),
      }),
    );
  const putAlarm = (name: string) =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: 'Steer/Test',
        MetricName: 'Requests',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
  const setState = (name: string, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') =>
    client.send(new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: 'a test' }));
  const read = (signals: readonly SignalSpec[]) => probe.read(signals, systemClock.now(), never());
  return { ...log, minute, put, putAlarm, setState, read };
};

describe('the CloudWatch probe against a server of others', () => {
  it('reads a metric with the periods before it, oldest first', async () => {
    const { put, read, minute } = arrange();
    await put('Ordered', minute - MINUTE_MS, [40, 2]);
    await put('Ordered', minute, [100, 20]);

    const [reading] = await read([signalOf(metric({ metric: 'Ordered' }))]);

    expect(reading).toMatchObject({
      kind: 'number',
      latest: { at: minute, value: 120 },
      recent: [
        { at: minute - MINUTE_MS, value: 42 },
        { at: minute, value: 120 },
      ],
    });
  });

  it('divides a sum by its period where a rate is asked for, and counts samples where a gate needs them', async () => {
    const { put, read, minute } = arrange(() => true);
    await put('Rate', minute, [100, 20]);

    const [reading] = await read([signalOf(metric({ metric: 'Rate', scale: 'per-second' }))]);

    expect(reading).toMatchObject({ kind: 'number', latest: { at: minute, value: 2, sampleCount: 2 } });
  });

  it('rule 6: says no data for a metric that has none, and never zero', async () => {
    const { read } = arrange();

    const [reading] = await read([signalOf(metric({ metric: 'NeverPut' }))]);

    expect(reading?.kind).toBe('no-data');
  });

  it('keeps two metrics of one call apart', async () => {
    const { put, read, minute, calls } = arrange();
    await put('East', minute, [7]);
    await put('West', minute, [9]);

    const readings = await read([
      signalOf(metric({ metric: 'East' }), 'east'),
      signalOf(metric({ metric: 'West' }), 'west'),
    ]);

    expect(readings.map(({ signal, ...rest }) => [signal, numberOf({ signal, ...rest })])).toEqual([
      ['east', 7],
      ['west', 9],
    ]);
    expect(calls.filter(({ action }) => action === 'GetMetricData')).toHaveLength(1);
  });

  it('reads alarms: well, gone off, without data, and one that is not there', async () => {
    const { putAlarm, setState, read } = arrange();
    const states = { well: 'OK', burning: 'ALARM', silent: 'INSUFFICIENT_DATA' } as const;
    for (const [name, state] of Object.entries(states)) {
      await putAlarm(name);
      await setState(name, state);
    }

    const readings = await read(['well', 'burning', 'silent', 'absent'].map((name) => signalOf(alarm(name), name)));

    expect(readings.map(stateOf)).toEqual(['ok', 'alarm', 'no-data', 'error']);
    expect(becauseOf(readings[3])).toContain('absent');
  });

  it('asks each region by itself: what one has, another has not', async () => {
    const { put, read, minute } = arrange();
    await put('Regional', minute, [5]);

    const readings = await read([
      signalOf(metric({ metric: 'Regional' }), 'here'),
      signalOf(metric({ metric: 'Regional', awsRegion: 'eu-west-1' }), 'there'),
    ]);

    expect(readings.map(({ signal, kind }) => [signal, kind])).toEqual([
      ['here', 'number'],
      ['there', 'no-data'],
    ]);
  });

  it('rule 6: gives errors, never numbers, once the server is gone', async () => {
    const gone = await startMoto();
    await gone.stop();
    const probe = cloudWatchProbe({
      clientFor: () => clientAt(gone.url),
      policy: guardedPolicy(),
      observe: () => {},
      countsSamples: () => false,
    });

    const readings = await probe.read(
      [signalOf(metric(), 'metric'), signalOf(alarm('well'), 'alarm')],
      systemClock.now(),
      never(),
    );

    expect(readings.map(({ kind }) => kind)).toEqual(['error', 'error']);
  });
});
