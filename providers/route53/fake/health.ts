import { rhythmOf } from './checkers.ts';
import { type HealthCheck, type HealthCheckConfig, watchesEndpoint } from './health-config.ts';
import type { State } from './state.ts';

export type EndpointState = {
  readonly isOk: boolean;
  /** Epoch milliseconds since when the endpoint has been so. */
  readonly since: number;
  /** Free text after `Failure: `, e.g. `HTTP Status Code 503, Service Unavailable`. */
  readonly reason?: string;
};

/** What health checks look at: the rest of the local world. */
export type HealthSources = {
  /** How an endpoint was at an instant, which is now or past. */
  readonly endpoint: (config: HealthCheckConfig, at: number) => EndpointState;
  readonly alarm: (alarm: { readonly region: string; readonly name: string }) => 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly routingControl: (arn: string) => 'On' | 'Off';
};

export const ALL_WELL: HealthSources = {
  endpoint: () => ({ isOk: true, since: 0 }),
  alarm: () => 'OK',
  routingControl: () => 'On',
};

/** What checks see, and how long a second of their intervals lasts there, in milliseconds. */
type Eyes = { readonly sources: HealthSources; readonly secondMs: number };

/** Calculated checks that watch each other would never end. */
const MAX_DEPTH = 8;

const measureEndpoint = (check: HealthCheck, { sources, secondMs }: Eyes, at: number): boolean => {
  const { isOk, since } = sources.endpoint(check.config, at);
  const { intervalMs, threshold } = rhythmOf(check, secondMs);
  return at - Math.max(since, check.createdAt) >= intervalMs * threshold ? isOk : check.measured;
};

const measureAlarm = (check: HealthCheck, sources: HealthSources): boolean => {
  const { alarm, insufficientDataHealthStatus = 'LastKnownStatus' } = check.config;
  const state = alarm === undefined ? 'INSUFFICIENT_DATA' : sources.alarm(alarm);
  if (state !== 'INSUFFICIENT_DATA') return state === 'OK';
  return insufficientDataHealthStatus === 'LastKnownStatus'
    ? check.measured
    : insufficientDataHealthStatus === 'Healthy';
};

const measureCalculated = (state: State, check: HealthCheck, eyes: Eyes, at: number, depth: number): boolean => {
  const { childHealthChecks = [], healthThreshold = 0 } = check.config;
  const healthy = childHealthChecks.filter((id) => isHealthyAt(state, id, eyes, at, depth + 1));
  return healthy.length >= healthThreshold;
};

const measure = (state: State, check: HealthCheck, eyes: Eyes, at: number, depth: number): boolean => {
  if (check.forced !== undefined) return check.forced;
  if (watchesEndpoint(check.config)) return measureEndpoint(check, eyes, at);
  switch (check.config.type) {
    case 'CALCULATED':
      return depth < MAX_DEPTH && measureCalculated(state, check, eyes, at, depth);
    case 'CLOUDWATCH_METRIC':
      return measureAlarm(check, eyes.sources);
    default:
      return eyes.sources.routingControl(check.config.routingControlArn ?? '') === 'On';
  }
};

const isHealthyAt = (state: State, id: string, eyes: Eyes, at: number, depth: number): boolean => {
  const check = state.healthChecks.get(id);
  if (check === undefined) return state.deletedChecks.get(id) ?? true;
  check.measured = measure(state, check, eyes, at, depth);
  const measured = check.config.disabled === true || check.measured;
  return check.config.inverted === true ? !measured : measured;
};

/**
 * What the name servers believe of a check. An endpoint flips after `FailureThreshold` results in a row, so an outage shows
 * after interval times threshold; a disabled check counts as healthy, and inversion comes last, so a disabled and inverted
 * one is unhealthy (API model, `Disabled` and `Inverted`); a deleted one keeps its last health.
 */
export const isCheckHealthy = (state: State, id: string, eyes: Eyes, at: number): boolean =>
  isHealthyAt(state, id, eyes, at, 0);
