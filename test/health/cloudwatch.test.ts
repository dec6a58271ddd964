import { describe, expect, it } from 'vitest';
import { becauseOf, MINUTE_MS, metric, NAMESPACE, NOW, numberOf, signalOf, WEEK_MS } from './arrange.ts';
import { answering, arrange, EACH_MINUTE, sample } from './cloudwatch-arrange.ts';

describe('metrics of CloudWatch', () => {
  it('are read as the newest complete period and the periods before it, oldest first', async () => {
    const { read, series } = arrange({ now: NOW + 30_000 });
    series((at) => sample((at - NOW) / MINUTE_MS));

    const [reading] = await read([signalOf(metric())], NOW + 30_000);

    expect(reading).toMatchObject({ kind: 'number', readAt: NOW + 30_000, lastWeek: null });
    expect(reading?.kind === 'number' && reading.latest).toEqual({ at: NOW - MINUTE_MS, value: -1, sampleCount: null });
    expect(reading?.kind === 'number' && reading.recent.map(({ value }) => value)).toEqual([
      -10, -9, -8, -7, -6, -5, -4, -3, -2, -1,
    ]);
  });

  it('never count the period that still runs, even where the backend gives it', async () => {
    const running = { Timestamps: [NOW / 1000 - 60, NOW / 1000], Values: [100, 3] };
    const { read } = answering({ MetricDataResults: [{ Id: 's0', StatusCode: 'Complete', ...running }] });

    const [reading] = await read([signalOf(metric())]);

    expect(numberOf(reading)).toBe(100);
  });

  it('align to their period, so that points do not shift', async () => {
    const { read, series, seen } = arrange({ now: NOW + 7 * MINUTE_MS });
    series(() => sample(1));

    const [reading] = await read([signalOf(metric({ periodMs: 5 * MINUTE_MS }))], NOW + 7 * MINUTE_MS + 1);

    expect(JSON.parse(seen[0]?.body ?? '{}')).toMatchObject({
      StartTime: (NOW - 20 * MINUTE_MS) / 1000,
      EndTime: (NOW + 5 * MINUTE_MS) / 1000,
    });
    expect(reading).toMatchObject({ kind: 'number', latest: { at: NOW, value: 5 } });
  });

  it('can be given per second', async () => {
    const { read, series } = arrange();
    series(() => sample(1200));

    const [reading] = await read([signalOf(metric({ scale: 'per-second', withLastWeek: true }))]);

    expect(reading).toMatchObject({ kind: 'number', latest: { value: 20 }, lastWeek: { value: 20 } });
  });

  it('come with the same minute of last week where asked', async () => {
    const { read, series } = arrange({ metricLagMs: 2 * MINUTE_MS });
    series((at) => sample(at < NOW - WEEK_MS / 2 ? 700 + (at - NOW + WEEK_MS) / MINUTE_MS : 900));

    const [reading] = await read([signalOf(metric({ withLastWeek: true }))]);

    expect(reading).toMatchObject({
      kind: 'number',
      latest: { at: NOW - 3 * MINUTE_MS, value: 900 },
      lastWeek: { at: NOW - 3 * MINUTE_MS - WEEK_MS, value: 697 },
    });
  });

  it('have no last week where there was none, or where the period is too short to be kept', async () => {
    const { read, series } = arrange();
    series((at) => (at < NOW - WEEK_MS / 2 ? null : sample(1)));
    const [reading] = await read([signalOf(metric({ withLastWeek: true }))]);
    const short = arrange();
    await short.read([signalOf(metric({ withLastWeek: true, periodMs: 10_000 }))]);

    expect(reading).toMatchObject({ kind: 'number', lastWeek: null });
    expect(short.calls).toHaveLength(1);
  });

  it('come with sample counts where a gate needs them', async () => {
    const { read, series } = arrange({ countsSamples: ({ signal }) => signal === 'counted' });
    series(() => sample(500, 50));

    const readings = await read([
      signalOf(metric({ statistic: 'Average' }), 'counted'),
      signalOf(metric({ statistic: 'Average' }), 'bare'),
      signalOf(metric({ statistic: 'SampleCount' }), 'itself'),
    ]);

    expect(readings.map((reading) => reading.kind === 'number' && reading.latest.sampleCount)).toEqual([50, null, 50]);
    expect(readings.map(numberOf)).toEqual([10, 10, 50]);
  });

  it('without points are no data, never zero', async () => {
    const { read } = arrange();

    const [reading] = await read([signalOf(metric())]);

    expect(reading).toMatchObject({ kind: 'no-data', because: 'metric Requests has no points in the last 10 minutes' });
  });

  it('with a period that CloudWatch does not know are an error without a call', async () => {
    const { read, calls } = arrange();

    const [reading] = await read([signalOf(metric({ periodMs: 45_000 }))]);

    expect(becauseOf(reading)).toBe('a period of 45000 ms is none that CloudWatch knows');
    expect(calls).toEqual([]);
  });

  it('are asked for once, however many signals want them', async () => {
    const { read, series, seen } = arrange();
    series(() => sample(7));

    const readings = await read([signalOf(metric(), 'one'), signalOf(metric(), 'two')]);

    expect(readings.map(numberOf)).toEqual([7, 7]);
    expect(JSON.parse(seen[0]?.body ?? '{}').MetricDataQueries).toHaveLength(1);
  });

  it.each([
    [false, 2],
    [true, 4],
  ])('of 1,000 signals (last week: %s) take %d calls', async (withLastWeek, expected) => {
    const { read, fake, calls } = arrange();
    const names = Array.from({ length: 1000 }, (_, index) => `Requests${index}`);
    for (const [index, name] of names.entries())
      fake.series({ namespace: NAMESPACE, name, dimensions: { Region: 'us-east-1' } }, EACH_MINUTE, () =>
        sample(index),
      );
    const signals = names.map((name) => signalOf(metric({ metric: name, withLastWeek }), name));

    const readings = await read(signals);

    expect(calls).toHaveLength(expected);
    expect(fake.requests.count('GetMetricData')).toBe(expected);
    expect(readings.map(numberOf)).toEqual(names.map((_, index) => index));
  });

  it('of a day are read over several pages and are whole', async () => {
    const { read, fake, calls } = arrange();
    const names = Array.from({ length: 100 }, (_, index) => `Capacity${index}`);
    for (const name of names)
      fake.series({ namespace: NAMESPACE, name, dimensions: { Region: 'us-east-1' } }, EACH_MINUTE, () => sample(3));

    const readings = await read(
      names.map((name) => signalOf(metric({ metric: name, lookBackMs: 24 * 60 * MINUTE_MS }), name)),
    );

    expect(calls).toHaveLength(2);
    expect(readings.map((reading) => reading.kind === 'number' && reading.recent.length)).toEqual(
      names.map(() => 1440),
    );
  });
});
