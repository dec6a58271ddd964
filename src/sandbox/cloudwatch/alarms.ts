import { type AlarmConfig, type AlarmState, advanceAlarm, configureAlarm } from './alarm.ts';
import { CloudWatchError } from './errors.ts';
import type {
  AlarmStateValue,
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from './inputs.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import type { MetricView } from './query.ts';

type Alarm = { config: AlarmConfig; state: AlarmState; configuredMs: number };

/** Clients that do not page see at most this many alarms (the service's default for MaxRecords). */
const DEFAULT_PAGE_SIZE = 50;

const describe = ({ config, state, configuredMs }: Alarm): object => {
  const { input } = config;
  return {
    ...input,
    AlarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${input.AlarmName}`,
    ActionsEnabled: input.ActionsEnabled ?? true,
    AlarmConfigurationUpdatedTimestamp: configuredMs / 1000,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: state.updatedMs / 1000,
    StateTransitionedTimestamp: state.updatedMs / 1000,
  };
};

const selects = (input: DescribeAlarmsInput, name: string): boolean => {
  if (input.AlarmNames !== undefined && !input.AlarmNames.includes(name)) return false;
  return input.AlarmNamePrefix === undefined || name.startsWith(input.AlarmNamePrefix);
};

/** The alarms of one account. Their states are judged when somebody looks, for every minute that has passed. */
export type Alarms = {
  readonly put: (input: PutMetricAlarmInput, nowMs: number) => object;
  readonly describe: (input: DescribeAlarmsInput, nowMs: number) => object;
  readonly setState: (input: SetAlarmStateInput, nowMs: number) => object;
  readonly remove: (input: DeleteAlarmsInput) => object;
  /** Undefined: no such alarm. */
  readonly stateOf: (name: string, nowMs: number) => AlarmStateValue | undefined;
};

export const createAlarms = (view: MetricView): Alarms => {
  const alarms = new Map<string, Alarm>();

  const judge = (alarm: Alarm, nowMs: number): Alarm => {
    alarm.state = advanceAlarm(alarm.config, alarm.state, view, nowMs);
    return alarm;
  };

  return {
    put: (input, nowMs) => {
      const config = configureAlarm(input);
      const existing = alarms.get(input.AlarmName);
      const reason = 'Unchecked: Initial alarm creation';
      const fresh: AlarmState = {
        value: 'INSUFFICIENT_DATA',
        reason,
        reasonData: undefined,
        updatedMs: nowMs,
        judgedMs: nowMs,
      };
      const state = existing ? judge(existing, nowMs).state : fresh;
      alarms.set(input.AlarmName, { config, state, configuredMs: nowMs });
      return {};
    },

    describe: (input, nowMs) => {
      if (input.AlarmNames !== undefined && input.AlarmNamePrefix !== undefined)
        throw new CloudWatchError('validation-error', 'AlarmNames and AlarmNamePrefix exclude each other.');
      const { NextToken, ...request } = input;
      const offset = NextToken === undefined ? 0 : decodePageToken(request, NextToken).offset;
      const wanted = input.AlarmTypes === undefined || input.AlarmTypes.includes('MetricAlarm');
      const found = [...(wanted ? alarms.values() : [])]
        .filter((alarm) => selects(input, alarm.config.input.AlarmName))
        .map((alarm) => judge(alarm, nowMs))
        .filter((alarm) => input.StateValue === undefined || alarm.state.value === input.StateValue)
        .sort((a, b) => (a.config.input.AlarmName < b.config.input.AlarmName ? -1 : 1));
      const end = offset + (input.MaxRecords ?? DEFAULT_PAGE_SIZE);
      return {
        MetricAlarms: found.slice(offset, end).map(describe),
        CompositeAlarms: [],
        ...(end < found.length ? { NextToken: encodePageToken(request, end, nowMs) } : {}),
      };
    },

    setState: (input, nowMs) => {
      const alarm = alarms.get(input.AlarmName);
      if (alarm === undefined)
        throw new CloudWatchError('resource-not-found', `There is no alarm named ${input.AlarmName}.`);
      const { value, updatedMs } = judge(alarm, nowMs).state;
      alarm.state = {
        value: input.StateValue,
        reason: input.StateReason,
        reasonData: input.StateReasonData,
        updatedMs: value === input.StateValue ? updatedMs : nowMs,
        judgedMs: nowMs,
      };
      return {};
    },

    remove: (input) => {
      const unknown = input.AlarmNames.filter((name) => !alarms.has(name));
      if (unknown.length > 0)
        throw new CloudWatchError(
          'resource-not-found',
          `No alarm was deleted, because these do not exist: ${unknown.join(', ')}.`,
        );
      for (const name of input.AlarmNames) alarms.delete(name);
      return {};
    },

    stateOf: (name, nowMs) => {
      const alarm = alarms.get(name);
      return alarm && judge(alarm, nowMs).state.value;
    },
  };
};
