import type { Mode, SafetyLimits } from '../../src/domain/config.ts';
import type { Facts, Reading, RegionFacts, SetFacts } from '../../src/domain/facts.ts';
import type { GateJudgement, RegionHealth } from '../../src/domain/gates.ts';
import {
  personId,
  providerId,
  type RegionId,
  regionId,
  type ServiceId,
  type SetId,
  serviceId,
  setId,
} from '../../src/domain/ids.ts';
import type { Envelope, OverrideRequest, PlannedSet, Verb } from '../../src/domain/plan.ts';
import { entriesOf, keysOf, recordOf } from '../../src/domain/records.ts';
import type { DrainMethod, MemberState, Shares, SteeringCapabilities } from '../../src/domain/steering.ts';
import type { Instant } from '../../src/domain/units.ts';
import { weightsFor, weightTotal } from '../../src/domain/weights.ts';
import type { Situation } from '../../src/guardrails/situation.ts';
import { gate, NOW, probe } from './arrange-gates.ts';

export const MINUTE = 60_000;

export const A = regionId('region-a');
export const B = regionId('region-b');
export const C = regionId('region-c');

const PROVIDER = providerId('dns');

export const LIMITS: SafetyLimits = {
  minimumHealthyCapacity: 5000,
  minimumServingRegions: 1,
  servingShareMinimum: 100,
  capacityRemovedPerHour: 10_000,
  maximumDestinationUtilisation: 8000,
  firstStep: 500,
  largestStep: 10_000,
  leverStepMaximum: 10_000,
  restoreCanaryShare: 500,
  shortestBakeMs: 2 * MINUTE,
  passesToProceed: 2,
  factsMaximumAgeMs: 2 * MINUTE,
  commitWindowMs: 10_000,
  startWithinMs: 60 * MINUTE,
  finishWithinMs: 600 * MINUTE,
  approvals: 'one-other-person',
};

/** As Route 53 behaves (`providers/route53`, capabilities). */
export const CAPABILITIES: SteeringCapabilities = {
  weight: { minimum: 1, maximum: 255 },
  granularity: 'weight',
  drain: ['zero', 'remove'],
  conditionalWrite: 'native',
  fence: 'native',
  batch: { elements: 1000, characters: 32_000, fenceElements: 2, sets: null },
  geo: false,
  propagation: 'reported',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
};

const reading = (value: number | null, at: Instant = NOW): Reading | null => (value === null ? null : { value, at });

export interface RegionSetup {
  /** Basis points. */
  readonly home: number;
  readonly reference?: number | null;
  readonly now?: number | null;
  readonly nowAt?: Instant;
  readonly health?: RegionHealth;
  readonly quietHealth?: RegionHealth;
  readonly gates?: readonly GateJudgement[];
  readonly check?: 'healthy' | 'unhealthy' | 'unknown' | 'none';
}

export interface Setup {
  readonly regions: Readonly<Record<RegionId, RegionSetup>>;
  readonly to: Shares;
  readonly from?: Shares;
  readonly service?: ServiceId;
  readonly source?: RegionId | null;
  readonly mode?: Mode;
  readonly verb?: Verb;
  readonly demand?: number;
  readonly limits?: Partial<SafetyLimits>;
  readonly drain?: DrainMethod;
  /** Parts of the traffic, one set each. */
  readonly parts?: readonly number[];
  readonly overrides?: readonly OverrideRequest[];
  readonly envelope?: Partial<Envelope>;
  readonly facts?: Partial<Facts>;
  readonly situation?: Partial<Situation>;
}

const memberOf = (region: RegionId): string => `member-${region}`;

const memberState = (
  region: RegionId,
  weight: number | null,
  drain: DrainMethod,
  check: RegionSetup['check'],
): MemberState => ({
  member: memberOf(region),
  weight,
  present: weight !== null || drain !== 'remove',
  ttlSeconds: 60,
  healthCheck: check === undefined || check === 'none' ? null : `check-${region}`,
  kept: { value: region },
  cost: { elements: 2, characters: 40 },
});

/** The shares of a region setup: what it has at home. */
export const homeOf = (regions: Setup['regions']): Shares =>
  recordOf(entriesOf<RegionId, RegionSetup>(regions).map(([region, { home }]) => [region, home] as const));

const regionFacts = (region: RegionId, setup: RegionSetup): RegionFacts => {
  const reference = setup.reference === undefined ? 1000 : setup.reference;
  return {
    capacityNow: reading(setup.now === undefined ? reference : setup.now, setup.nowAt),
    capacityReference: reading(reference),
    traffic: null,
    health: setup.health ?? 'healthy',
    quietHealth: setup.quietHealth ?? setup.health ?? 'healthy',
    gates: setup.gates ?? [gate(region, 'PASS'), probe(region, 'PASS')],
  };
};

/** One service in a fleet of one, everything healthy and fresh; demand is 1 unless said, so that headroom is no matter. */
export const arrange = (setup: Setup): Situation => {
  const service = setup.service ?? serviceId('checkout');
  const { regions, to } = setup;
  const ids = keysOf<RegionId>(regions);
  const home = homeOf(regions);
  const from = setup.from ?? home;
  const drain = setup.drain ?? 'remove';
  const members = recordOf(ids.map((region) => [region, memberOf(region)] as const));
  const range = CAPABILITIES.weight;
  const weights = weightsFor(from, members, range, weightTotal([home, from, to], range));
  const parts = setup.parts ?? [10_000];
  const limits = { ...LIMITS, ...setup.limits };
  const sets = parts.map((part, i): PlannedSet => {
    const set = setId(`${service}-${i}`);
    return {
      ref: { set, provider: PROVIDER, zone: 'Z1', name: `${set}.example.test.`, type: 'A' },
      service,
      part,
      members,
      drain,
      base: {
        set,
        members: ids.map((id) => memberState(id, weights[memberOf(id)] ?? null, drain, regions[id]?.check)),
      },
      from,
      to,
    };
  });
  const demand = setup.demand ?? 1;
  const mode = setup.mode ?? 'planned';
  const source = setup.source === undefined ? A : setup.source;
  const envelope: Envelope = {
    version: 1,
    store: 'store-1',
    request: {
      verb: setup.verb ?? 'evacuate',
      mode,
      region: source,
      services: [],
      to: [],
      share: null,
      because: 'test',
      stayMs: null,
      overrides: setup.overrides ?? [],
    },
    askedBy: personId('operator-1'),
    madeAt: NOW,
    source,
    destinations: ids.filter((region) => (to[region] ?? 0) > (from[region] ?? 0)),
    services: [
      {
        service,
        unit: 'requests/s',
        fleetWeight: 1,
        home,
        tier: 1,
        capacityReference: recordOf(
          entriesOf<RegionId, RegionSetup>(regions).map(
            ([region, { reference }]) => [region, reference === undefined ? 1000 : reference] as const,
          ),
        ),
        demand,
        demandOnOldFacts: false,
        gates: [],
      },
    ],
    sets,
    waves: [{ services: [service] }],
    fences: {},
    limits,
    emergencyFactsAgeMs: 30 * MINUTE,
    fleetWeights: recordOf([[service, 1] as const]),
    changeWindows: [],
    sampleEveryMs: 15_000,
    metricLagMs: MINUTE,
    bakeMs: 2 * MINUTE,
    startBy: NOW + 60 * MINUTE,
    finishBy: NOW + 600 * MINUTE,
    stayMs: null,
    returnsByItself: false,
    goesOnWithoutForeignSets: mode === 'emergency',
    overrides: setup.overrides ?? [],
    configDigest: 'digest-1',
    dead: [],
    onOldFacts: false,
    mostSteps: null,
    ...setup.envelope,
  };
  const checks = recordOf(
    entriesOf<RegionId, RegionSetup>(regions).flatMap(([region, { check }]) =>
      check === undefined || check === 'none' ? [] : [[`check-${region}`, check] as const],
    ),
  );
  const facts: Facts = {
    at: NOW,
    sets: recordOf(
      sets.map((set): [SetId, SetFacts] => [
        set.ref.set,
        { state: set.base, observedAt: NOW, source: 'written', checks },
      ]),
    ),
    fences: { 'Z1 at dns': { store: 'store-1', epoch: 1 } },
    vendors: recordOf([[PROVIDER, { capabilities: CAPABILITIES, zeroOnAliasProven: false }] as const]),
    services: recordOf([
      [
        service,
        {
          demand: { measured: reading(demand), beforeTrouble: null, lastWeek: null, forecastPeak: null },
          regions: recordOf(ids.map((id) => [id, regionFacts(id, regions[id] ?? { home: 0 })] as const)),
          gates: [],
        },
      ] as const,
    ]),
    charges: [],
    freezes: [],
    out: [],
    otherRuns: [],
    configDigest: 'digest-1',
    limitsInForce: limits,
    declared: null,
    missing: [],
    ...setup.facts,
  };
  return { envelope, facts, now: NOW, storeRegion: null, started: true, ...setup.situation };
};
