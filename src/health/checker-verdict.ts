import type { HealthCheckConfig, HealthCheckObservation } from '@aws-sdk/client-route-53';
import type { Instant } from '../domain/units.ts';

/** What the checkers of one health check say together. */
export type CheckerVerdict =
  | { readonly kind: 'ok' | 'alarm'; readonly because: string }
  | { readonly kind: 'no-data' | 'error'; readonly because: string };

/**
 * "More than 18 % of checkers report that an endpoint is healthy" is healthy, 18 % or less is unhealthy
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html, November 2026).
 */
const HEALTHY_ABOVE = 0.18;

/** Types that have no checkers of their own: GetHealthCheckStatus says nothing about them. */
const WITHOUT_CHECKERS: ReadonlySet<string> = new Set(['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL']);

/** Why the status of a check with this config says nothing about its endpoint, or null. Such a check need not be asked. */
export const unusableCheck = (config: HealthCheckConfig | undefined): string | null => {
  if (config?.Type === undefined) return 'is not among the health checks of the account';
  if (WITHOUT_CHECKERS.has(config.Type))
    return `is of type ${config.Type}, which no checker observes; use its metric or alarm`;
  if (config.Disabled === true) return 'is disabled, so nobody checks and it counts as healthy';
  if (config.Inverted === true) return 'is inverted, so what it says of the endpoint cannot be read from it';
  return null;
};

const percent = (part: number, whole: number): string => `${part} of ${whole} checkers say success`;

/**
 * A check's health from what its checkers saw no longer than `maximumAgeMs` ago: a check that nobody carries out any more
 * keeps its last reports. Texts that are neither success nor failure count for neither: where they decide, there is no data.
 */
export const checkerVerdict = (
  observations: readonly HealthCheckObservation[],
  maximumAgeMs: number,
  now: Instant,
): CheckerVerdict => {
  const fresh = observations.filter(({ StatusReport }) => {
    const at = StatusReport?.CheckedTime?.getTime();
    return at !== undefined && now - at <= maximumAgeMs;
  });
  if (fresh.length === 0) return { kind: 'no-data', because: 'no checker has reported lately' };
  const startsWith = (word: string): number =>
    fresh.filter(({ StatusReport }) => StatusReport?.Status?.startsWith(word) === true).length;
  const successes = startsWith('Success');
  const failures = startsWith('Failure');
  const because = percent(successes, fresh.length);
  if (successes / fresh.length > HEALTHY_ABOVE) return { kind: 'ok', because: `${because}, more than 18 % are needed` };
  if ((fresh.length - failures) / fresh.length <= HEALTHY_ABOVE)
    return { kind: 'alarm', because: `${because}, more than 18 % are needed` };
  return { kind: 'no-data', because: `${because} and ${failures} say failure, which decides nothing` };
};
