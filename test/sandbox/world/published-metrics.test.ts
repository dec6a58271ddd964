import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { defaultWorldSpec } from '../../../src/sandbox/world/default-world.ts';
import { errorAlarmName, METRIC_NAMESPACE } from '../../../src/sandbox/world/publish.ts';
import type { WorldSpec } from '../../../src/sandbox/world/spec.ts';
import { inProcessClient } from '../cloudwatch/client.ts';
import { arrange, HOUR_MS, MINUTE_MS, START_MS, steadyService } from './arrange.ts';

const WEEK_MS = 7 * 24 * HOUR_MS;

/** Reads a metric of one region through the real SDK client, oldest first. */
const reading = (arranged: ReturnType<typeof arrange>) => {
  const client = inProcessClient(arranged.cloudWatch.handle);
  return async (name: string, region: string, fromMs: number, toMs: number, Stat = 'Sum') => {
    const Dimensions = [
      { Name: 'Service', Value: 'checkout' },
      { Name: 'Region', Value: region },
    ];
    const Metric = { Namespace: METRIC_NAMESPACE, MetricName: name, Dimensions };
    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: 60, Stat } }],
        StartTime: new Date(fromMs),
        EndTime: new Date(toMs),
        ScanBy: 'TimestampAscending',
      }),
    );
    return answer.MetricDataResults?.[0]?.Values ?? [];
  };
};

const waving = (overrides: Partial<WorldSpec> = {}) =>
  arrange({ services: [steadyService({ peakRps: 1000, troughRps: 400 })], ...overrides });

describe('published metrics', () => {
  it('show the traffic that arrived, minute by minute', async () => {
    const arranged = arrange();
    arranged.liveFor(2 * MINUTE_MS);
    arranged.traffic.shares = { east: 0.2, west: 0.5, north: 0.3 };
    arranged.liveFor(2 * MINUTE_MS);
    const read = reading(arranged);

    const requests = await read('RequestCount', 'east', START_MS, arranged.clock.nowMs);
    const capacity = await read('HealthyCapacity', 'east', START_MS, arranged.clock.nowMs, 'Minimum');
    const utilisation = await read('Utilisation', 'west', START_MS, arranged.clock.nowMs, 'Maximum');

    expect(requests).toEqual([30_000, 30_000, 12_000, 12_000]);
    expect(capacity[3]).toBeCloseTo(500 / 0.6);
    expect(utilisation.map((value) => Math.round(value * 100))).toEqual([60, 60, 100, 100]);
  });

  it('last week’s series equals the same hour of a calm week', async () => {
    const arranged = waving();
    arranged.liveFor(HOUR_MS);
    const read = reading(arranged);

    const now = await read('RequestCount', 'east', START_MS, START_MS + HOUR_MS);
    const lastWeek = await read('RequestCount', 'east', START_MS - WEEK_MS, START_MS - WEEK_MS + HOUR_MS);
    const capacity = await read('HealthyCapacity', 'east', START_MS - WEEK_MS, START_MS - WEEK_MS + HOUR_MS, 'Average');

    expect(now).toHaveLength(60);
    for (const [minute, value] of now.entries()) expect(value / (lastWeek[minute] ?? 0)).toBeCloseTo(1, 2);
    expect((capacity[0] ?? 0) * 0.6 * 60).toBeCloseTo(lastWeek[0] ?? 0, -1);
  });

  it('are the same for the same seed', async () => {
    const requests = async (seed: number) => {
      const arranged = arrange({ services: [steadyService({ noiseFraction: 0.1 })], seed });
      arranged.liveFor(30 * MINUTE_MS);
      return reading(arranged)('RequestCount', 'east', START_MS - HOUR_MS, START_MS + HOUR_MS);
    };

    const [first, again, other] = [await requests(1), await requests(1), await requests(2)];

    expect(first).toHaveLength(90);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('stop while a region is silent, are lost for good, and come back when it heals', async () => {
    const arranged = arrange();
    arranged.liveFor(2 * MINUTE_MS);
    const heal = arranged.world.break({ kind: 'region-silent', region: 'east' });
    arranged.liveFor(10 * MINUTE_MS);
    const read = reading(arranged);
    const alarm = () => arranged.cloudWatch.alarmState(errorAlarmName('checkout', 'east'));

    const during = await read('RequestCount', 'east', START_MS, arranged.clock.nowMs);
    const others = await read('RequestCount', 'west', START_MS, arranged.clock.nowMs);
    const silentAlarm = alarm();
    heal();
    arranged.liveFor(3 * MINUTE_MS);
    const after = await read('RequestCount', 'east', START_MS, arranged.clock.nowMs);

    expect([during.length, others.length, after.length]).toEqual([2, 12, 5]);
    expect([silentAlarm, alarm()]).toEqual(['INSUFFICIENT_DATA', 'OK']);
    expect(arranged.cellOf('east').servedRps).toBeGreaterThan(499);
  });

  it('have neither latency nor an error rate where nobody goes', async () => {
    const arranged = arrange();
    arranged.traffic.shares = { east: 0, west: 0.6, north: 0.4 };
    arranged.liveFor(10 * MINUTE_MS);
    const read = reading(arranged);

    const latency = await read('LatencyP99', 'east', START_MS, arranged.clock.nowMs, 'p99');
    const requests = await read('RequestCount', 'east', START_MS, arranged.clock.nowMs);

    expect([latency.length, requests.length]).toEqual([0, 10]);
    expect(arranged.cloudWatch.alarmState(errorAlarmName('checkout', 'east'))).toBe('INSUFFICIENT_DATA');
  });

  it('cannot be read while monitoring is down', async () => {
    const arranged = arrange();
    const heal = arranged.world.break({ kind: 'monitoring-down' });
    const read = () => reading(arranged)('RequestCount', 'east', START_MS - HOUR_MS, START_MS);

    await expect(read()).rejects.toThrow('unable to handle');
    heal();
    await expect(read()).resolves.toHaveLength(60);
  });
});

describe('a large world', () => {
  it('lives through a day of 20 services in 3 regions, with its alarms, in a few seconds', () => {
    const [service] = defaultWorldSpec(START_MS, 1).services;
    const services = Array.from({ length: 20 }, (_, index) => ({
      ...(service ?? steadyService()),
      name: `service-${index}`,
    }));
    const regions = Object.keys(services[0]?.homeShares ?? {});
    const arranged = arrange({ services, regions });
    arranged.traffic.shares = { ...services[0]?.homeShares };
    const beganMs = performance.now();

    for (let tick = 0; tick < 24 * 240; tick += 1) {
      arranged.liveFor(15_000);
      if (tick % 4 === 0)
        for (const { name } of services)
          for (const region of regions) arranged.cloudWatch.alarmState(errorAlarmName(name, region));
    }

    expect(performance.now() - beganMs).toBeLessThan(10_000);
    expect(arranged.world.state().cells.every((cell) => cell.errorRate < 0.01)).toBe(true);
  });
});
