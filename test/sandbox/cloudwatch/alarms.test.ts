import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import {
  arrange,
  constant,
  EACH_MINUTE,
  errorMessage,
  errorName,
  MINUTE_MS,
  metricOf,
  START_MS,
  seriesMetric,
  statQuery,
} from './arrange.ts';

const alarm = (overrides: Partial<PutMetricAlarmCommandInput> = {}): PutMetricAlarmCommandInput => ({
  AlarmName: 'errors',
  ...metricOf('Errors'),
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  ...overrides,
});

describe('alarms', () => {
  it('start as INSUFFICIENT_DATA and follow the metric as the clock goes on', async () => {
    const { client, clock, fake } = arrange();
    const badFromMs = START_MS + 10 * MINUTE_MS;
    fake.series(seriesMetric('Errors'), EACH_MINUTE, (timeMs) => constant(timeMs >= badFromMs ? 9 : 1)());
    await client.send(new PutMetricAlarmCommand(alarm()));
    const stateAt = (minute: number) => {
      clock.nowMs = START_MS + minute * MINUTE_MS;
      return fake.alarmState('errors');
    };

    const states = [stateAt(0), stateAt(1), stateAt(10), stateAt(11), stateAt(12)];

    expect(states).toEqual(['INSUFFICIENT_DATA', 'OK', 'OK', 'OK', 'ALARM']);
  });

  it('know when they changed even if nobody looked at that moment', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('Errors'), EACH_MINUTE, (timeMs) => constant(timeMs > START_MS + 5 * MINUTE_MS ? 9 : 1)());
    await client.send(new PutMetricAlarmCommand(alarm()));
    clock.nowMs += 60 * MINUTE_MS;

    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));

    expect(MetricAlarms?.[0]).toMatchObject({
      StateValue: 'ALARM',
      StateUpdatedTimestamp: new Date(START_MS + 8 * MINUTE_MS),
      Threshold: 5,
      Dimensions: [{ Name: 'Region', Value: 'us-east-1' }],
    });
  });

  it('watch an expression, and a silent metric makes them INSUFFICIENT_DATA', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('Errors'), EACH_MINUTE, constant(8));
    fake.series(seriesMetric('Requests'), EACH_MINUTE, constant(100));
    const { MetricName, Namespace, Dimensions, Statistic, Period, ...rest } = alarm();
    const Metrics = [
      { ...statQuery('errors', 'Errors'), ReturnData: false },
      { ...statQuery('requests', 'Requests'), ReturnData: false },
      { Id: 'rate', Expression: 'errors / requests * 100' },
    ];
    await client.send(new PutMetricAlarmCommand({ ...rest, Metrics }));

    clock.nowMs += 5 * MINUTE_MS;
    const withData = fake.alarmState('errors');
    const heal = fake.break({ kind: 'silent', dimensions: { Region: 'us-east-1' } });
    clock.nowMs += 6 * MINUTE_MS;
    const silent = fake.alarmState('errors');
    heal();
    clock.nowMs += 4 * MINUTE_MS;
    const healed = fake.alarmState('errors');

    expect([withData, silent, healed]).toEqual(['ALARM', 'INSUFFICIENT_DATA', 'ALARM']);
  });

  it('return to their actual state at the next evaluation after SetAlarmState', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('Errors'), EACH_MINUTE, constant(1));
    await client.send(new PutMetricAlarmCommand(alarm()));
    clock.nowMs += 5.5 * MINUTE_MS;

    await client.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' }));
    const set = fake.alarmState('errors');
    clock.nowMs += MINUTE_MS;
    const later = fake.alarmState('errors');

    expect([set, later]).toEqual(['ALARM', 'OK']);
  });

  it('keep their state when they are configured anew', async () => {
    const { client, clock, fake } = arrange();
    fake.series(seriesMetric('Errors'), EACH_MINUTE, constant(9));
    await client.send(new PutMetricAlarmCommand(alarm()));
    clock.nowMs += 5 * MINUTE_MS;

    await client.send(new PutMetricAlarmCommand(alarm({ Threshold: 100 })));
    const kept = fake.alarmState('errors');
    clock.nowMs += MINUTE_MS;
    const judged = fake.alarmState('errors');

    expect([kept, judged]).toEqual(['ALARM', 'OK']);
  });

  it.each([
    ['a missing MetricName', { MetricName: undefined }, 'MissingRequiredParameterException'],
    ['two statistics', { ExtendedStatistic: 'p99' }, 'InvalidParameterCombinationException'],
    ['a metric beside Metrics', { Metrics: [statQuery('m1', 'A')] }, 'InvalidParameterCombinationException'],
    ['more than a day of evaluation', { Period: 3600, EvaluationPeriods: 25 }, 'ValidationException'],
    ['M above N', { DatapointsToAlarm: 4 }, 'ValidationException'],
    ['an unknown treatment of missing data', { TreatMissingData: 'perhaps' }, 'ValidationException'],
    ['a period of 5 s', { Period: 5 }, 'ValidationException'],
    ['tags, which are not served', { Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException'],
  ])('are refused with %s', async (_what, overrides, expected) => {
    const { client } = arrange();

    const name = await errorName(
      client.send(new PutMetricAlarmCommand(alarm(overrides as Partial<PutMetricAlarmCommandInput>))),
    );

    expect(name).toBe(expected);
  });
});

describe('DescribeAlarms', () => {
  const named = async (count: number) => {
    const arranged = arrange();
    for (let index = 0; index < count; index += 1)
      await arranged.client.send(
        new PutMetricAlarmCommand(alarm({ AlarmName: `alarm-${String(index).padStart(3, '0')}` })),
      );
    return arranged;
  };

  it('gives 50 alarms at a time unless asked for up to 100, and goes on with the token', async () => {
    const { client } = await named(120);

    const first = await client.send(new DescribeAlarmsCommand({}));
    const hundred = await client.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    const rest = await client.send(new DescribeAlarmsCommand({ MaxRecords: 100, NextToken: hundred.NextToken }));

    expect([first, hundred, rest].map((page) => page.MetricAlarms?.length)).toEqual([50, 100, 20]);
    expect(rest.NextToken).toBeUndefined();
  });

  it('filters by names, prefix and state, and leaves out names that do not exist', async () => {
    const { client } = await named(12);
    await client.send(new SetAlarmStateCommand({ AlarmName: 'alarm-003', StateValue: 'ALARM', StateReason: '' }));
    const names = async (input: DescribeAlarmsCommandInput) =>
      (await client.send(new DescribeAlarmsCommand(input))).MetricAlarms?.map((one) => one.AlarmName);

    const byName = await names({ AlarmNames: ['alarm-003', 'no-such-alarm'] });
    const byPrefix = await names({ AlarmNamePrefix: 'alarm-01' });
    const byState = await names({ StateValue: 'ALARM' });
    const composite = await names({ AlarmTypes: ['CompositeAlarm'] });

    expect([byName, byPrefix, byState, composite]).toEqual([
      ['alarm-003'],
      ['alarm-010', 'alarm-011'],
      ['alarm-003'],
      [],
    ]);
  });

  it('refuses more than 100 names, names with a prefix, and MaxRecords above 100', async () => {
    const { client } = arrange();
    const AlarmNames = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);

    const outcomes = [
      await errorName(client.send(new DescribeAlarmsCommand({ AlarmNames }))),
      await errorName(client.send(new DescribeAlarmsCommand({ AlarmNames: ['a'], AlarmNamePrefix: 'a' }))),
      await errorName(client.send(new DescribeAlarmsCommand({ MaxRecords: 101 }))),
    ];

    expect(outcomes).toEqual(['ValidationException', 'ValidationException', 'ValidationException']);
  });
});

describe('alarms that do not exist', () => {
  it('are ResourceNotFound for SetAlarmState and DeleteAlarms, which then deletes nothing', async () => {
    const { client, fake } = arrange();
    await client.send(new PutMetricAlarmCommand(alarm()));

    const set = await errorName(
      client.send(new SetAlarmStateCommand({ AlarmName: 'other', StateValue: 'OK', StateReason: '' })),
    );
    const removed = await errorMessage(client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors', 'other'] })));
    const kept = fake.alarmState('errors');
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));

    expect(set).toBe('ResourceNotFound');
    expect(removed).toContain('do not exist: other');
    expect([kept, fake.alarmState('errors')]).toEqual(['INSUFFICIENT_DATA', undefined]);
  });
});
