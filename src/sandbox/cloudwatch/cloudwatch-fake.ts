import type { WireAnswer, WireHandler, WireRequest } from '../wire.ts';
import { createAlarms } from './alarms.ts';
import { type Operation, openEnvelope, operationOf } from './envelope.ts';
import { CloudWatchError, codeOf, refusalResponse, resultResponse } from './errors.ts';
import { type CloudWatchFault, createFaults } from './faults.ts';
import { getMetricData } from './get-metric-data.ts';
import * as inputs from './inputs.ts';
import { listMetrics } from './list-metrics.ts';
import type { Metric } from './metric.ts';
import { createMetricStore, type SeriesFunction, type SeriesOptions } from './metric-store.ts';
import { putMetricData } from './put-metric-data.ts';
import { createRateLimit, type RatesPerSecond } from './rate-limit.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';

export type CloudWatchFakeOptions = {
  /** Milliseconds since 1970, real or virtual. */
  readonly now: () => number;
  /** How long after its time stamp a data point can be seen. */
  readonly metricLagMs: number;
  readonly ratesPerSecond: RatesPerSecond;
};

/** A CloudWatch of one account for the SDK's default protocol (JSON 1.0), without sockets. */
export type CloudWatchFake = {
  readonly handle: WireHandler;
  /** Gives a metric by a function of time; it exists as if its data had always been put. */
  readonly series: (metric: Metric, options: SeriesOptions, at: SeriesFunction) => void;
  /** Creates or replaces an alarm without a request, so that setting up a world costs no quota. */
  readonly putAlarm: (input: inputs.PutMetricAlarmInput) => void;
  /** The alarm's state now; undefined: no such alarm. Health checks that follow an alarm read it here. */
  readonly alarmState: (name: string) => inputs.AlarmStateValue | undefined;
  /** Breaks something; call the function that it gives to heal it. */
  readonly break: (fault: CloudWatchFault) => () => void;
  readonly setMetricLagMs: (metricLagMs: number) => void;
  readonly setRatesPerSecond: (ratesPerSecond: RatesPerSecond) => void;
  readonly requests: Pick<RequestLog, 'recent' | 'count'>;
};

export const createCloudWatchFake = (options: CloudWatchFakeOptions): CloudWatchFake => {
  let { metricLagMs, ratesPerSecond } = options;
  const { now } = options;
  const faults = createFaults();
  const store = createMetricStore();
  const view = { store, metricLagMs: () => metricLagMs, outages: faults.outages };
  const alarms = createAlarms(view);
  const allows = createRateLimit(() => ratesPerSecond);
  const log = createRequestLog();
  let served = 0;

  const perform: Record<Operation, (input: unknown, nowMs: number) => object> = {
    PutMetricData: (input, nowMs) =>
      putMetricData(store, inputs.parseInput(inputs.putMetricDataInput, input, 'invalid-parameter-value'), nowMs),
    GetMetricData: (input, nowMs) =>
      getMetricData(view, inputs.parseInput(inputs.getMetricDataInput, input, 'validation-error'), nowMs),
    ListMetrics: (input, nowMs) =>
      listMetrics(view, inputs.parseInput(inputs.listMetricsInput, input, 'invalid-parameter-value'), nowMs),
    PutMetricAlarm: (input, nowMs) =>
      alarms.put(inputs.parseInput(inputs.putMetricAlarmInput, input, 'validation-error'), nowMs),
    DescribeAlarms: (input, nowMs) =>
      alarms.describe(inputs.parseInput(inputs.describeAlarmsInput, input, 'validation-error'), nowMs),
    SetAlarmState: (input, nowMs) =>
      alarms.setState(inputs.parseInput(inputs.setAlarmStateInput, input, 'validation-error'), nowMs),
    DeleteAlarms: (input) => alarms.remove(inputs.parseInput(inputs.deleteAlarmsInput, input, 'validation-error')),
  };

  const serve = (request: WireRequest, nowMs: number): object => {
    const { operation, input } = openEnvelope(request);
    if (!allows(operation, nowMs)) throw new CloudWatchError('throttling', 'Rate exceeded');
    return perform[operation](input, nowMs);
  };

  /** A defect of the fake is answered as the service would answer its own: with an internal failure. */
  const toError = (thrown: unknown): CloudWatchError =>
    thrown instanceof CloudWatchError ? thrown : new CloudWatchError('internal-failure', `The fake failed: ${thrown}`);

  const answer = (request: WireRequest, nowMs: number): { outcome: string; answer: WireAnswer } => {
    const fault = faults.serving(operationOf(request) ?? 'unknown');
    if (fault === 'hang' || fault === 'reset') return { outcome: fault, answer: fault };
    served += 1;
    const requestId = `sandbox-${served}`;
    try {
      if (fault === 'down') throw new CloudWatchError('service-unavailable', 'Service is unable to handle request.');
      if (fault === 'throttle') throw new CloudWatchError('throttling', 'Rate exceeded');
      return { outcome: 'ok', answer: resultResponse(serve(request, nowMs), requestId) };
    } catch (thrown) {
      const error = toError(thrown);
      return { outcome: codeOf(error), answer: refusalResponse(error, requestId) };
    }
  };

  return {
    handle: async (request) => {
      const nowMs = now();
      const result = answer(request, nowMs);
      log.add({ atMs: nowMs, operation: operationOf(request) ?? 'unknown', outcome: result.outcome });
      return result.answer;
    },
    series: (metric, seriesOptions, at) => store.giveSeries(metric, seriesOptions, at),
    putAlarm: (input) => {
      perform.PutMetricAlarm(input, now());
    },
    alarmState: (name) => alarms.stateOf(name, now()),
    break: (fault) => {
      const heal = faults.start(fault, now());
      return () => heal(now());
    },
    setMetricLagMs: (lagMs) => {
      metricLagMs = lagMs;
    },
    setRatesPerSecond: (rates) => {
      ratesPerSecond = rates;
    },
    requests: { recent: log.recent, count: log.count },
  };
};
