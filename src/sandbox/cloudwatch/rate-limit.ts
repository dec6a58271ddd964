import { OPERATIONS, type Operation } from './envelope.ts';

/** Requests a second that each operation allows; an operation that is left out has no limit. */
export type RatesPerSecond = Readonly<Partial<Record<Operation, number>>>;

/**
 * The service's default quotas in its large regions, as far as they concern these operations
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html, November 2026). Some can be
 * raised on request, and PutMetricData is lower in small regions.
 */
export const DEFAULT_QUOTAS: RatesPerSecond = {
  PutMetricData: 500,
  GetMetricData: 50,
  ListMetrics: 25,
  PutMetricAlarm: 3,
  DescribeAlarms: 9,
  SetAlarmState: 3,
  DeleteAlarms: 3,
};

type Bucket = { tokens: number; refilledMs: number };

/** A token bucket per operation that holds one second's worth. */
export const createRateLimit = (rates: () => RatesPerSecond): ((operation: Operation, nowMs: number) => boolean) => {
  const buckets = new Map<Operation, Bucket>();
  for (const operation of OPERATIONS) buckets.set(operation, { tokens: Infinity, refilledMs: 0 });
  return (operation, nowMs) => {
    const rate = rates()[operation];
    const bucket = buckets.get(operation);
    if (rate === undefined || bucket === undefined) return true;
    const earned = (Math.max(0, nowMs - bucket.refilledMs) * rate) / 1000;
    bucket.tokens = Math.min(Math.max(rate, 1), bucket.tokens + earned);
    bucket.refilledMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
};
