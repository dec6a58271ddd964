import {
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandOutput,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { SignalReading } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import { chunksOf, mapLimited } from './batches.ts';
import { failureText } from './failure-text.ts';
import { errorReading, noDataReading, type SignalOf, stateReading } from './readings.ts';

export type AlarmSignal = SignalOf<'cloudwatch-alarm'>;

/** Sends one call, under whatever policy the caller has. */
export type SendDescribeAlarms = (
  command: DescribeAlarmsCommand,
) => Promise<Pick<DescribeAlarmsCommandOutput, 'MetricAlarms' | 'CompositeAlarms' | 'NextToken'>>;

type AnyAlarm = MetricAlarm | CompositeAlarm;

/** What was learned of one name: its alarm (undefined: there is none), or why the call failed. */
interface NamedAlarm {
  readonly alarm: AnyAlarm | undefined;
  readonly because: string | null;
}

/** API model of DescribeAlarms (2010-08-01): at most 100 names a call and 100 alarms a page; a page has 50 unless asked. */
const NAMES_PER_CALL = 100;
const ALARMS_PER_PAGE = 100;
const MOST_PAGES = 10;
const PARALLEL_CALLS = 4;

const ACTION = 'cloudwatch:DescribeAlarms';

const readPages = async (
  names: readonly string[],
  send: SendDescribeAlarms,
): Promise<ReadonlyMap<string, AnyAlarm>> => {
  const found = new Map<string, AnyAlarm>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await send(
      new DescribeAlarmsCommand({
        AlarmNames: [...names],
        MaxRecords: ALARMS_PER_PAGE,
        // Left out, composite alarms would be missing without a word (same source).
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    for (const alarm of [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])])
      if (alarm.AlarmName !== undefined) found.set(alarm.AlarmName, alarm);
    token = answer.NextToken;
    if (token === undefined) break;
  }
  return found;
};

const readChunk = async (
  names: readonly string[],
  send: SendDescribeAlarms,
): Promise<readonly (readonly [string, NamedAlarm])[]> => {
  try {
    const found = await readPages(names, send);
    return names.map((name) => [name, { alarm: found.get(name), because: null }]);
  } catch (error) {
    const because = failureText(error, ACTION);
    return names.map((name) => [name, { alarm: undefined, because }]);
  }
};

const readingOf = (spec: AlarmSignal, alarm: AnyAlarm | undefined, now: Instant): SignalReading => {
  const { alarm: name, awsRegion } = spec.source;
  if (alarm === undefined) return errorReading(spec, now, `there is no alarm ${name} in ${awsRegion}`);
  switch (alarm.StateValue) {
    case 'OK':
      return stateReading(spec, now, 'ok', `alarm ${name} in ${awsRegion} is OK`);
    case 'ALARM':
      return stateReading(spec, now, 'alarm', `alarm ${name} in ${awsRegion} is in ALARM`);
    case 'INSUFFICIENT_DATA':
      return noDataReading(spec, now, `alarm ${name} in ${awsRegion} has INSUFFICIENT_DATA`);
    default:
      return errorReading(spec, now, `alarm ${name} in ${awsRegion} is in a state that is not known here`);
  }
};

/** States of many alarms of one region of one account. One reading per signal; never throws. */
export const readAlarms = async (
  signals: readonly AlarmSignal[],
  now: Instant,
  send: SendDescribeAlarms,
): Promise<readonly SignalReading[]> => {
  const names = [...new Set(signals.map(({ source }) => source.alarm))];
  const answered = await mapLimited(chunksOf(names, NAMES_PER_CALL), PARALLEL_CALLS, (chunk) => readChunk(chunk, send));
  const byName = new Map(answered.flat());
  return signals.map((spec) => {
    const { alarm, because } = byName.get(spec.source.alarm) ?? { alarm: undefined, because: null };
    return because === null ? readingOf(spec, alarm, now) : errorReading(spec, now, because);
  });
};
