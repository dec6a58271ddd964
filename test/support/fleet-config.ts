import type { Config, Mode, Person, Role, SafetyLimits, ServiceConfig } from '../../src/domain/config.ts';
import {
  gateId,
  type PersonId,
  personId,
  providerId,
  type RegionId,
  regionId,
  type ServiceId,
  serviceId,
  setId,
  signalId,
} from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { SignalSpec } from '../../src/domain/signals.ts';
import type { Shares } from '../../src/domain/steering.ts';

export const EAST = regionId('us-east-1');
export const WEST = regionId('us-west-2');
export const EUROPE = regionId('eu-west-1');
export const MODEL = providerId('model');

const MINUTE = 60_000;

/** Limits that let a drill of three equal regions pass at a good pace. */
export const limits = (overrides: Partial<SafetyLimits> = {}): SafetyLimits => ({
  minimumHealthyCapacity: 5000,
  minimumServingRegions: 2,
  servingShareMinimum: 500,
  capacityRemovedPerHour: 6000,
  maximumDestinationUtilisation: 8500,
  firstStep: 500,
  largestStep: 2000,
  leverStepMaximum: 3000,
  restoreCanaryShare: 200,
  shortestBakeMs: 30_000,
  passesToProceed: 2,
  factsMaximumAgeMs: 3 * MINUTE,
  commitWindowMs: 20_000,
  startWithinMs: 30 * MINUTE,
  finishWithinMs: 24 * 60 * MINUTE,
  approvals: 'one-other-person',
  ...overrides,
});

export const person = (name: string, role: Role): Person => ({
  person: personId(name),
  role,
  identities: [{ door: 'sandbox', user: name }],
  shared: false,
  totpSecretFrom: null,
});

export const OPERATOR: PersonId = personId('operator-1');
export const APPROVER: PersonId = personId('approver-1');
export const ADMIN: PersonId = personId('admin-1');

export interface FleetOptions {
  readonly services?: readonly string[];
  /** Steered names of each service. */
  readonly names?: number;
  readonly zones?: number;
  readonly home?: Shares;
  /** Requests a second that each region's part of a service can serve. */
  readonly capacity?: number;
  readonly ttlSeconds?: number;
  readonly limits?: Partial<Record<Mode, Partial<SafetyLimits>>>;
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
  readonly sampleEveryMs?: number;
}

export const HOME: Shares = recordOf([
  [EAST, 3334],
  [WEST, 3333],
  [EUROPE, 3333],
]);

export const trafficSignal = (service: ServiceId, region: RegionId) => signalId(`traffic:${service}@${region}`);
export const capacitySignal = (service: ServiceId, region: RegionId) => signalId(`capacity:${service}@${region}`);
export const probeSignal = (service: ServiceId, region: RegionId) => signalId(`probe:${service}@${region}`);
export const errorSignal = (service: ServiceId, region: RegionId) => signalId(`errors:${service}@${region}`);

const spec = (name: SignalSpec['signal'], service: ServiceId, region: RegionId, quiet: boolean): SignalSpec => ({
  signal: name,
  region,
  service,
  backend: quiet ? `probe:${region}` : 'metrics',
  vantage: quiet ? 'outside' : region,
  derivedFrom: null,
  needsNoTraffic: quiet,
  source: {
    kind: 'http',
    url: 'http://127.0.0.1/',
    timeoutMs: 1000,
    expectStatus: { from: 200, to: 299 },
    allowPrivateAddress: true,
  },
});

const serviceConfig = (
  name: string,
  index: number,
  options: Required<Pick<FleetOptions, 'names' | 'zones' | 'ttlSeconds' | 'capacity' | 'dependsOn'>> & { home: Shares },
): ServiceConfig => {
  const service = serviceId(name);
  const regions = Object.keys(options.home).map(regionId);
  const part = Math.floor(10_000 / options.names);
  return {
    service,
    tier: 1,
    labels: [],
    dependsOn: (options.dependsOn[name] ?? []).map(serviceId),
    unit: 'requests/s',
    fleetWeight: 1,
    home: options.home,
    sets: Array.from({ length: options.names }, (_, i) => ({
      ref: {
        set: setId(`${name}/${i}`),
        provider: MODEL,
        zone: `zone-${(index * options.names + i) % options.zones}`,
        name: `n${i}.${name}.example.com.`,
        type: 'A',
      },
      part: i === 0 ? 10_000 - part * (options.names - 1) : part,
      members: recordOf(regions.map((region) => [region, `m-${region}`] as const)),
      drain: 'zero' as const,
      ttlSeconds: options.ttlSeconds,
    })),
    capacity: recordOf(
      regions.map(
        (region) =>
          [
            region,
            { kind: 'signal', now: capacitySignal(service, region), reference: options.capacity } as const,
          ] as const,
      ),
    ),
    demand: {
      kind: 'signals',
      byRegion: recordOf(regions.map((region) => [region, trafficSignal(service, region)] as const)),
    },
    forecastPeak: 10_000,
    gates: regions.flatMap((region) => [
      {
        gate: gateId(`probe:${name}@${region}`),
        region,
        signal: probeSignal(service, region),
        rule: { kind: 'state' } as const,
        critical: true,
        failuresToHold: 1,
      },
      {
        gate: gateId(`errors:${name}@${region}`),
        region,
        signal: errorSignal(service, region),
        rule: { kind: 'below', passBelow: 0.02, failFrom: 0.05, minimumSamples: 0 } as const,
        critical: true,
        failuresToHold: 1,
      },
    ]),
  };
};

/** A complete config of a made-up fleet, as the config room would have parsed it. */
export const fleetConfig = (options: FleetOptions = {}): Config => {
  const {
    services = ['checkout'],
    names = 1,
    zones = 1,
    home = HOME,
    capacity = 1000,
    ttlSeconds = 60,
    dependsOn = {},
  } = options;
  const regions = Object.keys(home).map(regionId);
  const all = services.map((name, i) =>
    serviceConfig(name, i, { names, zones, home, capacity, ttlSeconds, dependsOn }),
  );
  return {
    version: 1,
    fleet: 'model',
    regions,
    people: [
      person('operator-1', 'operator'),
      person('approver-1', 'approver'),
      person('admin-1', 'admin'),
      person('responder-1', 'responder'),
    ],
    providers: [],
    services: all,
    signals: all.flatMap(({ service }) =>
      regions.flatMap((region) => [
        spec(trafficSignal(service, region), service, region, false),
        spec(capacitySignal(service, region), service, region, false),
        spec(probeSignal(service, region), service, region, true),
        spec(errorSignal(service, region), service, region, false),
      ]),
    ),
    safety: {
      drill: limits(options.limits?.drill),
      planned: limits(options.limits?.planned),
      emergency: limits({
        minimumHealthyCapacity: 3000,
        minimumServingRegions: 1,
        capacityRemovedPerHour: 10_000,
        firstStep: 2000,
        largestStep: 5000,
        passesToProceed: 1,
        ...options.limits?.emergency,
      }),
    },
    emergencyFactsAgeMs: 30 * MINUTE,
    emergencyHorizonMs: 2 * 60 * MINUTE,
    soloAfterMs: 10 * MINUTE,
    metricLagMs: 15_000,
    sampleEveryMs: options.sampleEveryMs ?? 15_000,
    changeWindows: [],
    store: { kind: 'memory', path: '', region: null },
    notify: [],
  };
};
