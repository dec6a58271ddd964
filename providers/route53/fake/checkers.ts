import type { EndpointState, HealthSources } from './health.ts';
import type { HealthCheck } from './health-config.ts';

/** What one checker reports of an endpoint. */
export type CheckerReport = {
  readonly region: string;
  readonly ipAddress: string;
  readonly isOk: boolean;
  /** Free text after `Failure: `; undefined where all is well. */
  readonly reason: string | undefined;
  /** When this checker asked last, epoch milliseconds. */
  readonly checkedAt: number;
};

/** Regions that checkers stand in (API model, HealthCheckRegion), two checkers each. */
const CHECKER_REGIONS = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
];
const CHECKERS_A_REGION = 2;

const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_THRESHOLD = 3;

/** Interval and threshold of a check on an endpoint; `secondMs` is how long a second lasts in the world it watches. */
export const rhythmOf = ({ config }: HealthCheck, secondMs: number) => ({
  intervalMs: (config.requestIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS) * secondMs,
  threshold: config.failureThreshold ?? DEFAULT_THRESHOLD,
});

type Watch = {
  readonly endpoint: HealthSources['endpoint'];
  readonly intervalMs: number;
  readonly threshold: number;
};

/**
 * The newest state that this checker has met `threshold` times in a row, going back over its own instants from `askedAt`;
 * undefined for a check so young that it has met none.
 */
const settledState = (check: HealthCheck, newestAt: number, watch: Watch): EndpointState | undefined => {
  const { endpoint, intervalMs, threshold } = watch;
  for (let askedAt = newestAt; askedAt > check.createdAt; ) {
    const state = endpoint(check.config, askedAt);
    if (state.since > askedAt) throw new RangeError('an endpoint that is checked over time must know its past');
    const from = Math.max(state.since, check.createdAt);
    const inARow = Math.floor((askedAt - from) / intervalMs) + 1;
    if (inARow >= threshold) return state;
    askedAt -= inARow * intervalMs;
  }
  return undefined;
};

/**
 * What the checkers report at an instant: each asks in its own rhythm ("don't coordinate with one another") and changes its
 * mind after as many equal results in a row as the threshold says; one that has not had so many yet reports nothing
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html, November 2026).
 */
export const checkerReports = (
  check: HealthCheck,
  { sources, secondMs, at }: { readonly sources: HealthSources; readonly secondMs: number; readonly at: number },
): readonly CheckerReport[] => {
  const places = (check.config.regions ?? CHECKER_REGIONS).flatMap((region) =>
    Array.from({ length: CHECKERS_A_REGION }, () => region),
  );
  const watch: Watch = { endpoint: sources.endpoint, ...rhythmOf(check, secondMs) };
  return places.flatMap((region, index) => {
    const offsetMs = (watch.intervalMs * index) / places.length;
    const checkedAt = Math.floor((at - offsetMs) / watch.intervalMs) * watch.intervalMs + offsetMs;
    const seen = check.forced === undefined ? settledState(check, checkedAt, watch) : { isOk: check.forced };
    if (seen === undefined) return [];
    const reason = seen.isOk ? undefined : (('reason' in seen ? seen.reason : undefined) ?? 'Connection refused.');
    return [{ region, ipAddress: `192.0.2.${index + 1}`, isOk: seen.isOk, reason, checkedAt }];
  });
};
