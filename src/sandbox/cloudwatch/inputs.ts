import { z } from 'zod';
import { CloudWatchError, type CloudWatchErrorKind } from './errors.ts';

/**
 * The inputs of the operations, with the lengths and ranges of the API model (2010-08-01). Every object is strict: a
 * member that the fake does not know is refused, so that nothing a client relies on is dropped in silence.
 */

const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'],
  ...['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second'],
  ...['Kilobytes/Second', 'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second'],
  ...['Kilobits/Second', 'Megabits/Second', 'Gigabits/Second', 'Terabits/Second', 'Count/Second', 'None'],
] as const;

const unit = z.enum(UNITS);
const shortName = z.string().min(1).max(255);
const namespace = shortName.regex(/^[^:]/, 'must not start with a colon');
const printable = /^[\x20-\x7e]*\S[\x20-\x7e]*$/;
const dimensionName = shortName
  .regex(printable, 'must be printable ASCII')
  .regex(/^[^:]/, 'must not start with a colon');
const dimensionValue = z.string().min(1).max(1024).regex(printable, 'must be printable ASCII');
const dimensions = z
  .array(z.strictObject({ Name: dimensionName, Value: dimensionValue }))
  .max(30)
  .refine((all) => new Set(all.map((one) => one.Name)).size === all.length, 'must not name a dimension twice');

/** Sub-minute periods are for metrics with a storage resolution of one second; the store gives nothing for others. */
const period = z
  .int()
  .min(1)
  .refine(
    (seconds) => seconds % 60 === 0 || [1, 5, 10, 30].includes(seconds),
    'must be 1, 5, 10, 30 or a multiple of 60',
  );
const alarmPeriod = period.refine((seconds) => seconds >= 10 && seconds !== 5, 'must be 10, 30 or a multiple of 60');

/** Values outside ±2^360 are rejected (API model of MetricDatum). */
const value = z
  .number()
  .min(-(2 ** 360))
  .max(2 ** 360);
const seconds = z.number();
const alarmName = shortName;
const stateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const datum = z.strictObject({
  MetricName: shortName,
  Dimensions: dimensions.optional(),
  Timestamp: seconds.optional(),
  Value: value.optional(),
  StatisticValues: z.strictObject({ SampleCount: value, Sum: value, Minimum: value, Maximum: value }).optional(),
  Values: z.array(value).min(1).max(150).optional(),
  Counts: z.array(value).optional(),
  Unit: unit.optional(),
  StorageResolution: z.union([z.literal(1), z.literal(60)]).optional(),
});

const metricDataQuery = z.strictObject({
  Id: shortName.regex(
    /^[a-z][a-zA-Z0-9_]*$/,
    'must start with a lower case letter and hold letters, digits and _ only',
  ),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({ Namespace: namespace, MetricName: shortName, Dimensions: dimensions.optional() }),
      Period: period,
      Stat: z.string().min(1),
      Unit: unit.optional(),
    })
    .optional(),
  Expression: z.string().min(1).max(2048).optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().optional(),
});

const queries = z.array(metricDataQuery).min(1).max(500);
const arns = z.array(z.string().min(1).max(1024)).max(5);

export const putMetricDataInput = z.strictObject({ Namespace: namespace, MetricData: z.array(datum).min(1).max(1000) });

export const getMetricDataInput = z.strictObject({
  MetricDataQueries: queries,
  StartTime: seconds,
  EndTime: seconds,
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).optional(),
  MaxDatapoints: z.int().min(1).max(100_800).optional(),
  LabelOptions: z
    .strictObject({
      Timezone: z
        .string()
        .regex(/^[+-]\d{4}$/)
        .optional(),
    })
    .optional(),
});

export const listMetricsInput = z.strictObject({
  Namespace: namespace.optional(),
  MetricName: shortName.optional(),
  Dimensions: z
    .array(z.strictObject({ Name: dimensionName, Value: dimensionValue.optional() }))
    .max(10)
    .optional(),
  NextToken: z.string().optional(),
  RecentlyActive: z.literal('PT3H').optional(),
});

export const putMetricAlarmInput = z.strictObject({
  AlarmName: alarmName,
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: z.boolean().optional(),
  OKActions: arns.optional(),
  AlarmActions: arns.optional(),
  InsufficientDataActions: arns.optional(),
  MetricName: shortName.optional(),
  Namespace: namespace.optional(),
  Statistic: z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']).optional(),
  ExtendedStatistic: z.string().min(1).optional(),
  Dimensions: dimensions.optional(),
  Period: alarmPeriod.optional(),
  Unit: unit.optional(),
  EvaluationPeriods: z.int().min(1),
  DatapointsToAlarm: z.int().min(1).optional(),
  Threshold: z.number(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional(),
  Metrics: queries.optional(),
});

export const describeAlarmsInput = z.strictObject({
  AlarmNames: z.array(alarmName).max(100).optional(),
  AlarmNamePrefix: shortName.optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).optional(),
  StateValue: stateValue.optional(),
  MaxRecords: z.int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
});

export const setAlarmStateInput = z.strictObject({
  AlarmName: alarmName,
  StateValue: stateValue,
  StateReason: z.string().max(1023),
  StateReasonData: z.string().max(4000).optional(),
});

export const deleteAlarmsInput = z.strictObject({ AlarmNames: z.array(alarmName).max(100) });

export type PutMetricDataInput = z.infer<typeof putMetricDataInput>;
export type MetricDatumInput = z.infer<typeof datum>;
export type GetMetricDataInput = z.infer<typeof getMetricDataInput>;
export type MetricDataQuery = z.infer<typeof metricDataQuery>;
export type ListMetricsInput = z.infer<typeof listMetricsInput>;
export type PutMetricAlarmInput = z.infer<typeof putMetricAlarmInput>;
export type DescribeAlarmsInput = z.infer<typeof describeAlarmsInput>;
export type SetAlarmStateInput = z.infer<typeof setAlarmStateInput>;
export type DeleteAlarmsInput = z.infer<typeof deleteAlarmsInput>;
export type AlarmStateValue = z.infer<typeof stateValue>;

/** Parses an input, or refuses it with all that is wrong at once under the given kind. */
export const parseInput = <T>(schema: z.ZodType<T>, input: unknown, kind: CloudWatchErrorKind): T => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  const noun = issues.length === 1 ? 'validation error' : 'validation errors';
  throw new CloudWatchError(kind, `${issues.length} ${noun} detected: ${issues.join('; ')}`);
};
