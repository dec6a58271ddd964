import type { CloudWatchFake } from '../cloudwatch/cloudwatch-fake.ts';
import type { PeriodRecord } from './history.ts';

/** Where the world's metrics are, with the dimensions `Service` and `Region`. */
export const METRIC_NAMESPACE = 'Steer/Sandbox';

/** Each metric with its unit and with what it takes from a period. */
const METRICS: Readonly<Record<string, { unit: string; of: (record: PeriodRecord) => number | undefined }>> = {
  RequestCount: { unit: 'Count', of: (record) => record.requests },
  Errors: { unit: 'Count', of: (record) => record.errors },
  // Latency without a single request is not zero, it is unknown.
  LatencyP99: { unit: 'Milliseconds', of: (record) => (record.requests > 0 ? record.latencyP99Ms : undefined) },
  HealthyCapacity: { unit: 'Count/Second', of: (record) => record.capacityRps },
  Utilisation: { unit: 'None', of: (record) => record.utilisation },
};

/** The error rate (percent) above which a service's alarm in a region counts a period as breaching. */
const ALARM_ERROR_PERCENT = 5;

export type MetricSink = Pick<CloudWatchFake, 'series' | 'putAlarm'>;

/** The name of the alarm on a service's error rate in a region. */
export const errorAlarmName = (service: string, region: string): string => `${service}-${region}-errors`;

const putErrorAlarm = (sink: MetricSink, service: string, region: string, periodMs: number): void => {
  const query = (id: string, name: string) => ({
    Id: id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: METRIC_NAMESPACE,
        MetricName: name,
        Dimensions: [
          { Name: 'Service', Value: service },
          { Name: 'Region', Value: region },
        ],
      },
      Period: Math.max(60, periodMs / 1000),
      Stat: 'Sum',
    },
  });
  sink.putAlarm({
    AlarmName: errorAlarmName(service, region),
    AlarmDescription: `Errors of ${service} in ${region}, in percent of its requests`,
    Metrics: [
      query('errors', 'Errors'),
      query('requests', 'RequestCount'),
      { Id: 'rate', Expression: 'errors / requests * 100' },
    ],
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: ALARM_ERROR_PERCENT,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
  });
};

/**
 * Publishes one service in one region: five metrics as functions of time, and the alarm on its error rate. A region
 * without requests has no error rate, so its alarm becomes INSUFFICIENT_DATA, as in life.
 */
export const publishCell = (
  sink: MetricSink,
  cell: { readonly service: string; readonly region: string; readonly periodMs: number },
  recordAt: (timeMs: number) => PeriodRecord | null,
): void => {
  const dimensions = { Service: cell.service, Region: cell.region };
  for (const [name, { unit, of }] of Object.entries(METRICS))
    sink.series({ namespace: METRIC_NAMESPACE, name, dimensions }, { stepMs: cell.periodMs, unit }, (timeMs) => {
      const record = recordAt(timeMs);
      const value = record === null ? undefined : of(record);
      return value === undefined ? null : { sum: value, count: 1, min: value, max: value };
    });
  putErrorAlarm(sink, cell.service, cell.region, cell.periodMs);
};
