import type { SafetyLimits } from '../../src/domain/config.ts';
import {
  gateId,
  personId,
  providerId,
  regionId,
  runId,
  type ServiceId,
  type SetId,
  serviceId,
  setId,
  signalId,
} from '../../src/domain/ids.ts';
import type { Envelope, PlannedSet } from '../../src/domain/plan.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { Shares } from '../../src/domain/steering.ts';
import { MONDAY_MORNING } from './manual-clock.ts';

export const EAST = regionId('us-east-1');
export const WEST = regionId('us-west-2');
export const EUROPE = regionId('eu-west-1');
export const CHECKOUT = serviceId('checkout');
export const RUN = runId('run_1');
export const OPERATOR = personId('operator-1');
export const APPROVER = personId('approver-1');
export const RESPONDER = personId('responder-1');

export const SETS: readonly { readonly set: SetId; readonly zone: string; readonly part: number }[] = [
  { set: setId('checkout-www'), zone: 'Z1', part: 7500 },
  { set: setId('checkout-api'), zone: 'Z2', part: 2500 },
];

export const shares = (east: number, west: number, europe: number): Shares =>
  recordOf([
    [EAST, east],
    [WEST, west],
    [EUROPE, europe],
  ]);

export const HOME = shares(4000, 3000, 3000);
export const GOAL = shares(0, 5000, 5000);

const LIMITS: SafetyLimits = {
  minimumHealthyCapacity: 6000,
  minimumServingRegions: 2,
  servingShareMinimum: 500,
  capacityRemovedPerHour: 4000,
  maximumDestinationUtilisation: 7500,
  firstStep: 2000,
  largestStep: 5000,
  leverStepMaximum: 5000,
  restoreCanaryShare: 500,
  shortestBakeMs: 60_000,
  passesToProceed: 2,
  factsMaximumAgeMs: 60_000,
  commitWindowMs: 20_000,
  startWithinMs: 1_800_000,
  finishWithinMs: 7_200_000,
  approvals: 'one-other-person',
};

const plannedSet = ({ set, zone, part }: (typeof SETS)[number]): PlannedSet => ({
  ref: { set, provider: providerId('dns'), zone, name: `${set}.example.test.`, type: 'A' },
  service: CHECKOUT,
  part,
  members: recordOf([
    [EAST, 'east'],
    [WEST, 'west'],
    [EUROPE, 'europe'],
  ]),
  drain: 'zero',
  base: {
    set,
    members: (
      [
        ['east', 40],
        ['europe', 30],
        ['west', 30],
      ] as const
    ).map(([member, weight]) => ({
      member,
      weight,
      present: true,
      ttlSeconds: 60,
      healthCheck: null,
      kept: null,
      cost: { elements: 2, characters: 100 },
    })),
  },
  from: HOME,
  to: GOAL,
});

/** The plan of an evacuation of us-east-1 (40 %) to two regions (30 % each); TTL 60 s, metric lag 20 s. */
export const evacuationEnvelope = (over: Partial<Envelope> = {}): Envelope => ({
  version: 1,
  store: 'store-1',
  request: {
    verb: 'evacuate',
    mode: 'planned',
    region: EAST,
    services: [],
    to: [],
    share: null,
    because: 'errors at the edge',
    stayMs: null,
    overrides: [],
  },
  askedBy: OPERATOR,
  madeAt: MONDAY_MORNING,
  source: EAST,
  destinations: [EUROPE, WEST],
  services: [
    {
      service: CHECKOUT,
      unit: 'requests/s',
      fleetWeight: 3,
      home: HOME,
      tier: 1,
      capacityReference: shares(1000, 800, 900),
      demand: 1000,
      demandOnOldFacts: false,
      gates: [
        {
          gate: gateId('p99'),
          region: WEST,
          signal: signalId('p99-west'),
          rule: { kind: 'below', passBelow: 300, failFrom: 400, minimumSamples: 1 },
          critical: true,
          failuresToHold: 1,
        },
      ],
    },
  ],
  sets: SETS.map(plannedSet),
  waves: [{ services: [CHECKOUT] }],
  fences: { Z1: null, Z2: null },
  limits: LIMITS,
  emergencyFactsAgeMs: 600_000,
  fleetWeights: recordOf<ServiceId, number>([
    [CHECKOUT, 3],
    [serviceId('search'), 1],
  ]),
  changeWindows: [],
  sampleEveryMs: 30_000,
  metricLagMs: 20_000,
  bakeMs: 80_000,
  startBy: MONDAY_MORNING + LIMITS.startWithinMs,
  finishBy: MONDAY_MORNING + LIMITS.finishWithinMs,
  stayMs: null,
  returnsByItself: false,
  goesOnWithoutForeignSets: false,
  overrides: [],
  configDigest: 'sha256:config',
  dead: [],
  onOldFacts: false,
  mostSteps: null,
  ...over,
});
