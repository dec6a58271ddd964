import { personId, type RegionId, regionId, runId } from '../../src/domain/ids.ts';
import type { Envelope, Forecast, ForecastStep } from '../../src/domain/plan.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { Shares } from '../../src/domain/steering.ts';
import { weightsFor } from '../../src/domain/weights.ts';
import type { Planned } from '../../src/operations/propose-move.ts';
import type { RunView } from '../../src/operations/show.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { fold } from '../../src/run/fold.ts';
import type { Run } from '../../src/run/state.ts';
import { arrange } from '../guardrails/arrange.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';

const MINUTE = 60_000;
export const START = MONDAY_MORNING;

export const EAST = regionId('us-east-1');
export const WEST = regionId('us-west-2');
export const EUROPE = regionId('eu-west-1');

const shares = (east: number, west: number, europe: number): Shares =>
  recordOf<RegionId, number>([
    [EAST, east],
    [WEST, west],
    [EUROPE, europe],
  ]);

export const HOME = shares(4000, 3000, 3000);
const EMPTY = shares(0, 5000, 5000);

/** `evacuate us-east-1` of one service, made at 10:00 on a Monday. */
export const envelope = (over: Partial<Envelope> = {}): Envelope => ({
  ...arrange({
    regions: recordOf([
      [EAST, { home: 4000 }],
      [WEST, { home: 3000 }],
      [EUROPE, { home: 3000 }],
    ]),
    to: EMPTY,
    source: EAST,
  }).envelope,
  madeAt: START,
  startBy: START + 30 * MINUTE,
  finishBy: START + 240 * MINUTE,
  ...over,
});

const step = (number: number, progress: number, sourceShare: number, used: number): ForecastStep => ({
  step: number,
  direction: 'out',
  wave: 0,
  progress,
  sourceShare,
  minutesFromStart: number * 4,
  utilisation: recordOf([
    [WEST, used],
    [EUROPE, used - 500],
  ]),
  tightest: { region: WEST, service: envelope().services[0]?.service ?? raise() },
  removed: 600,
  batches: 1,
});

const raise = (): never => {
  throw new Error('the fixture has no service');
};

export const forecast = (over: Partial<Forecast> = {}): Forecast => ({
  steps: [step(1, 2500, 3000, 5100), step(2, 6250, 1500, 6200), step(3, 10_000, 0, 7400)],
  minutes: 14,
  minutesBack: 9,
  waits: [],
  lever: 'weights',
  largestRoundingError: 20,
  remarks: ['checkout.example.test. is served again by us-east-1 if all of us-west-2, eu-west-1 are unhealthy'],
  ...over,
});

export const planned = (over: Partial<Planned> = {}): Planned => ({
  envelope: envelope(),
  forecast: forecast(),
  objections: [],
  digest: '3fa9c1d2e4b5a6978877',
  approvalNeeded: true,
  notInForce: [],
  ...over,
});

const OPERATOR = { by: personId('operator-1'), door: 'cli' };
const APPROVER = { by: personId('approver-1'), door: 'slack' };

export const proposed: RunEvent = {
  type: 'run.proposed',
  data: {
    ...OPERATOR,
    run: runId('run_01j8'),
    envelope: envelope({ request: { ...envelope().request, because: 'errors 6 %' } }),
    digest: '3fa9c1d2e4b5a6978877',
    forecast: forecast(),
    warnings: [],
    approvalNeeded: true,
    notInForce: [],
  },
};

export const approved: RunEvent = {
  type: 'approval.given',
  data: { ...APPROVER, digest: '3fa9c1d2e4b5a6978877', solo: false },
};

const [set] = envelope().sets;
if (set === undefined) throw new Error('the fixture has no set');

/** The first step lands: us-east-1 goes from 40 to 30 %. */
export const firstStep: readonly RunEvent[] = [
  { type: 'run.started', data: { epoch: 1, factsDigest: 'f' } },
  {
    type: 'step.intended',
    data: {
      step: 1,
      direction: 'out',
      wave: 0,
      progress: 2500,
      weights: recordOf([
        [set.ref.set, weightsFor(shares(3000, 3500, 3500), set.members, { minimum: 1, maximum: 255 }, 200)],
      ]),
      batches: [{ batch: 0, provider: set.ref.provider, zone: set.ref.zone, sets: [set.ref.set] }],
      charges: [],
      factsDigest: 'f',
      factsAt: START,
      epoch: 1,
    },
  },
  {
    type: 'batch.intended',
    data: {
      step: 1,
      batch: 0,
      fence: { expects: null, leaves: { store: 'store-1', epoch: 1 } },
      factsDigest: 'f',
      factsAt: START,
      notAfter: START + MINUTE,
    },
  },
  {
    type: 'batch.landed',
    data: { step: 1, batch: 0, change: 'C1', fence: { store: 'store-1', epoch: 1 }, found: false },
  },
  { type: 'step.propagated', data: { step: 1 } },
];

export const held: RunEvent = {
  type: 'run.held',
  data: {
    cause: 'gate',
    endsByItself: false,
    objections: [],
    because: ['errors@us-west-2: 0.06 >= 0.05 fails'],
    byHand: ['look at the error rate of us-west-2'],
  },
};

/** One event a minute from 10:00 on. */
export const runOf = (events: readonly RunEvent[]): Run => {
  let run: Run | null = null;
  for (const [index, event] of events.entries()) {
    run = fold(run, { ...event, at: START + index * MINUTE, version: index + 1 });
  }
  if (run === null) throw new Error('no events');
  return run;
};

export const viewOf = (events: readonly RunEvent[]): RunView => ({
  run: runOf(events),
  lastEventAt: START + (events.length - 1) * MINUTE,
  lastEvent: events.at(-1)?.type ?? '',
  warnings: [],
  now: START + events.length * MINUTE,
});
