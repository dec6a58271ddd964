import { describe, expect, it } from 'vitest';
import { alarm, becauseOf, MINUTE_MS, NOW, signalOf, stateOf } from './arrange.ts';
import { answering, arrange, putAlarm, sample } from './cloudwatch-arrange.ts';

describe('alarms of CloudWatch', () => {
  it('are ok, alarm or no data, and one that does not exist is an error', async () => {
    const { read, fake, series, clock } = arrange();
    series(() => sample(10));
    putAlarm(fake, 'quiet', 20);
    putAlarm(fake, 'loud', 5);
    putAlarm(fake, 'blind', 5, 'Nothing');
    clock.now = NOW + 3 * MINUTE_MS;

    const readings = await read(['quiet', 'loud', 'blind', 'gone'].map((name) => signalOf(alarm(name), name)));

    expect(readings.map(stateOf)).toEqual(['ok', 'alarm', 'no-data', 'error']);
    expect(readings.map(becauseOf)).toEqual([
      'alarm quiet in us-east-1 is OK',
      'alarm loud in us-east-1 is in ALARM',
      'alarm blind in us-east-1 has INSUFFICIENT_DATA',
      'there is no alarm gone in us-east-1',
    ]);
  });

  it('are asked for by 100 names a call, composite ones included', async () => {
    const { read, fake, seen } = arrange();
    const names = Array.from({ length: 201 }, (_, index) => `alarm-${index}`);
    for (const name of names) putAlarm(fake, name, 1);

    const readings = await read(names.map((name) => signalOf(alarm(name), name)));

    expect(readings).toHaveLength(201);
    expect(seen).toHaveLength(3);
    expect(JSON.parse(seen[0]?.body ?? '{}').AlarmTypes).toEqual(['MetricAlarm', 'CompositeAlarm']);
  });

  it('that are composite count, and an unknown state is an error', async () => {
    const { read } = answering({
      CompositeAlarms: [{ AlarmName: 'both', StateValue: 'ALARM' }],
      MetricAlarms: [{ AlarmName: 'odd', StateValue: 'DREAMING' }],
    });

    const readings = await read(['both', 'odd'].map((name) => signalOf(alarm(name), name)));

    expect(readings.map(stateOf)).toEqual(['alarm', 'error']);
  });
});
