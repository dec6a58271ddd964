import type { Route53Fake, Route53FakeOptions } from '../../providers/route53/fake.ts';
import { ACCOUNT } from './steering-plan.ts';
import type { ProbeResult, World } from './world/world.ts';

type Endpoint = NonNullable<NonNullable<Route53FakeOptions['sources']>['endpoint']>;
type EndpointState = ReturnType<Endpoint>;

/** What the vendor's checkers can see of the world, over time. */
export type CheckedWorld = {
  /** Looks at every region as it is now; whatever changed since is remembered with this instant. */
  readonly look: (nowMs: number) => void;
  /** How the endpoint of a check was at an instant; throws for a check that watches no region of this world. */
  readonly endpoint: Endpoint;
};

type Change = { readonly result: ProbeResult; readonly since: number };

const WELL: Change = { result: 'healthy', since: Number.NEGATIVE_INFINITY };

/** The vendor's words for what a checker met; undefined where all is well. */
const REASONS: Readonly<Record<ProbeResult, string | undefined>> = {
  healthy: undefined,
  unhealthy: 'HTTP Status Code 503, Service Unavailable',
  hang: 'The health checker could not establish a connection within the timeout limit.',
};

const stateOf = (result: ProbeResult, since: number): EndpointState => {
  const reason = REASONS[result];
  return { isOk: result === 'healthy', since, ...(reason === undefined ? {} : { reason }) };
};

const pathOf = (region: string): string => `/health/${region}`;

/**
 * The world as checkers from outside meet it. They ask at instants of their own, also between two ticks, so every region's
 * past is kept: one entry for each change. Before the world began every region was well.
 */
export const createCheckedWorld = (world: Pick<World, 'spec' | 'probe'>): CheckedWorld => {
  const pasts = new Map<string, { readonly region: string; readonly changes: Change[] }>(
    world.spec.regions.map((region) => [pathOf(region), { region, changes: [WELL] }]),
  );
  return {
    look: (nowMs) => {
      for (const { region, changes } of pasts.values()) {
        const result = world.probe(region, undefined, 'outside');
        if (result !== undefined && result !== changes.at(-1)?.result) changes.push({ result, since: nowMs });
      }
    },
    endpoint: ({ resourcePath = '' }, at) => {
      const then = pasts.get(resourcePath)?.changes.findLast(({ since }) => since <= at);
      if (then === undefined)
        throw new Error(`A health check watches ${resourcePath}, which no region of the world has.`);
      return stateOf(then.result, then.since);
    },
  };
};

/**
 * One health check for each region, as fast as the vendor has them: the account may ask for the status of one a second, so
 * that a check for each service would be known too late. Gives their ids by region.
 */
export const createRegionChecks = (
  route53: Pick<Route53Fake, 'createHealthCheck'>,
  regions: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    regions.map((region) => {
      const config = {
        type: 'HTTP',
        fullyQualifiedDomainName: `${region}.shop.example`,
        port: 80,
        resourcePath: pathOf(region),
        requestIntervalSeconds: 10,
        failureThreshold: 3,
      };
      return [region, route53.createHealthCheck({ accountId: ACCOUNT, config })];
    }),
  );
