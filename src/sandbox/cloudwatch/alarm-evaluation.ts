import type { AlarmStateValue } from './inputs.ts';

/** One period in an alarm's evaluation range. */
export type Reading = 'breaching' | 'fine' | 'missing';

/** The part of an alarm that decides its state. */
export type AlarmRule = {
  /** N: how many data points are compared. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
};

/**
 * The service looks a little further back than N periods when data are missing. It does not publish how far; in its own
 * examples it is two periods for N = 3.
 */
const FURTHER_BACK = 2;

/** How many periods to read for a rule. */
export const evaluationRange = (rule: AlarmRule): number => rule.evaluationPeriods + FURTHER_BACK;

const withoutEnoughData = (
  newestFirst: readonly Reading[],
  rule: AlarmRule,
  current: AlarmStateValue,
): AlarmStateValue => {
  const present = newestFirst.filter((reading) => reading !== 'missing');
  const breaching = present.filter((reading) => reading === 'breaching').length;
  const filled = rule.evaluationPeriods - present.length;
  switch (rule.treatMissingData) {
    case 'notBreaching':
      return 'OK';
    case 'breaching':
      return breaching + filled >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'ignore':
      return breaching < present.length ? 'OK' : current;
    case 'missing': {
      if (present.length === 0) return 'INSUFFICIENT_DATA';
      if (breaching < present.length) return 'OK';
      // A lone breach alarms once it is at least M periods old and nothing since then was fine.
      const oldest = newestFirst.lastIndexOf('breaching');
      return oldest + 1 >= rule.datapointsToAlarm ? 'ALARM' : current;
    }
  }
};

/**
 * The state that follows from the readings of the evaluation range, newest first. Behaviour after "Configuring how
 * CloudWatch alarms treat missing data"
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, November 2026):
 * missing periods are filled only when fewer than N data points exist in the whole range.
 */
export const judgeAlarm = (
  newestFirst: readonly Reading[],
  rule: AlarmRule,
  current: AlarmStateValue,
): AlarmStateValue => {
  const present = newestFirst.filter((reading) => reading !== 'missing').slice(0, rule.evaluationPeriods);
  const breaching = present.filter((reading) => reading === 'breaching').length;
  if (breaching >= rule.datapointsToAlarm) return 'ALARM';
  if (present.length >= rule.evaluationPeriods) return 'OK';
  return withoutEnoughData(newestFirst, rule, current);
};
