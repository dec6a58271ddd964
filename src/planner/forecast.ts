import type { Charge, Facts, SetFacts } from '../domain/facts.ts';
import { type RegionId, runId, type SetId } from '../domain/ids.ts';
import { type Objection, type ObjectionCode, refusals } from '../domain/objections.ts';
import type { Envelope, Forecast, ForecastStep } from '../domain/plan.ts';
import { entriesOf, mapValues } from '../domain/records.ts';
import { afterWrite } from '../domain/set-state.ts';
import { type BasisPoints, durationText, type Instant } from '../domain/units.ts';
import { prepare } from '../guardrails/judge.ts';
import type { StepNumbers } from '../guardrails/situation.ts';
import { type Capabilities, cutBatches } from './batches.ts';
import { plannedWays } from './lanes.ts';
import { seenFrom } from './later.ts';
import { nextStep, type Position, type StepDecision } from './next-step.ts';
import { type Direction, type Ways, wavesInOrder } from './path.ts';
import { largestRoundingError } from './rounding.ts';

/** What stops a step for good, or for a time that can be reckoned. Gates, ages and freezes are of their own hour. */
const RECKONED: ReadonlySet<ObjectionCode> = new Set<ObjectionCode>([
  'floor',
  'minimum-serving-regions',
  'budget',
  'headroom',
  'step-too-large',
  'all-drained',
  'fails-open',
  'guard-failed',
]);

/** More steps than any sane envelope needs: a forecast that does not end is a defect, not a long wait. */
const MOST_STEPS = 400;

/** Time a destination needs until its autoscaling has followed the load. Only a guess for the forecast; the run looks. */
const SCALING_GUESS_MS = 5 * 60 * 1000;

export interface Simulated {
  readonly forecast: Forecast;
  /** Null when the whole move is possible; otherwise what stands in the way, and how far it got. */
  readonly stuck: { readonly objections: readonly Objection[]; readonly reached: BasisPoints } | null;
}

interface Walk {
  readonly steps: ForecastStep[];
  readonly waits: string[];
  now: Instant;
  /** As they were gathered: time passes in `now` alone. Their sets are `sets`. */
  facts: Facts;
  /** The walk's own, so that a step that lands writes into it: a copy for each would cost as much as the step. */
  readonly sets: Record<SetId, SetFacts>;
  stuck: { objections: readonly Objection[]; reached: BasisPoints } | null;
}

/** What one step takes: the write, propagation, one TTL and the metric lag, at least the bake of the envelope. */
export const stepMs = (envelope: Envelope, capabilities: Capabilities): number => {
  const propagation = Math.max(
    0,
    ...Object.values(capabilities).map(({ typicalPropagationMs }) => typicalPropagationMs),
  );
  return propagation + envelope.bakeMs;
};

/** Who takes capacity out of service in a forecast. */
const FORECAST = runId('forecast');

/** What the vendors and the journal say once the step has landed. */
const land = (walk: Walk, step: Extract<StepDecision, { kind: 'step' }>): void => {
  for (const { ref, drain } of step.sets) {
    const before = walk.sets[ref.set];
    const weights = step.candidate.sets[ref.set];
    if (before === undefined || weights === undefined) throw new RangeError(`set ${ref.set} is not among the facts`);
    walk.sets[ref.set] = { ...before, state: afterWrite(before.state, weights, drain) };
  }
  const charges = step.numbers.charges.map((charge): Charge => ({ at: walk.now, run: FORECAST, ...charge }));
  walk.facts = { ...walk.facts, charges: [...walk.facts.charges, ...charges] };
};

/** Running capacity as it will be once autoscaling has followed: never above the reference. */
const scaled = (facts: Facts): Facts => ({
  ...facts,
  services: mapValues(facts.services, (service) => ({
    ...service,
    regions: mapValues(service.regions, (region) => {
      const { capacityNow, capacityReference } = region;
      const grown = Math.max(capacityNow?.value ?? 0, capacityReference?.value ?? 0);
      return capacityNow === null ? region : { ...region, capacityNow: { ...capacityNow, value: grown } };
    }),
  })),
});

const utilisationOf = (numbers: StepNumbers): Record<RegionId, BasisPoints> => {
  const highest: Record<RegionId, BasisPoints> = {};
  for (const { utilisation } of numbers.services) {
    for (const [region, value] of entriesOf<RegionId, BasisPoints | null>(utilisation)) {
      // Infinite where nothing runs and users still arrive, as in a dead source: no number that a plan could print.
      if (value !== null && Number.isFinite(value)) highest[region] = Math.max(highest[region] ?? 0, value);
    }
  }
  return highest;
};

const sourceShare = (numbers: StepNumbers, source: RegionId | null): BasisPoints => {
  if (source === null || numbers.services.length === 0) return 0;
  const total = numbers.services.reduce((n, { shareAfter }) => n + (shareAfter[source] ?? 0), 0);
  return Math.round(total / numbers.services.length);
};

/** Tries what time alone would change: the budget growing, the destinations scaling. True when it is worth another look. */
const waitedOut = (
  walk: Walk,
  objections: readonly Objection[],
  budgetGrowsAt: Instant | null,
  mayScale: boolean,
): boolean => {
  const codes = new Set(refusals(objections).map(({ code }) => code));
  if (codes.has('budget') && budgetGrowsAt !== null && budgetGrowsAt > walk.now) {
    walk.waits.push(`waits ${durationText(budgetGrowsAt - walk.now)} for the budget`);
    walk.now = budgetGrowsAt;
    return true;
  }
  if (codes.has('headroom') && mayScale) {
    walk.waits.push('waits until the destinations have scaled');
    walk.now += SCALING_GUESS_MS;
    walk.facts = scaled(walk.facts);
    return true;
  }
  return false;
};

const walkDirection = (
  walk: Walk,
  envelope: Envelope,
  capabilities: Capabilities,
  way: { direction: Direction; ways: Ways; startedAt: Instant },
): void => {
  let position: Position = {
    direction: way.direction,
    rollingBack: false,
    wave: 0,
    progress: 0,
    ways: way.ways,
    stepsBaked: 0,
    leftOut: new Set<SetId>(),
  };
  let mayScale = true;
  const waves = wavesInOrder(envelope, way.direction).length;
  for (let n = 0; n < MOST_STEPS && position.wave < waves; n += 1) {
    const facts = seenFrom(walk.facts, walk.now);
    const full = prepare({ envelope, facts, now: facts.at, storeRegion: null, started: true });
    const judge = {
      ...full,
      judge: (step: Parameters<typeof full.judge>[0]) => full.judge(step).filter(({ code }) => RECKONED.has(code)),
    };
    const decision = nextStep(envelope, facts, position, judge);
    if (decision.kind === 'wave-done') {
      position = { ...position, wave: position.wave + 1, progress: 0, stepsBaked: 0 };
      continue;
    }
    if (decision.kind === 'blocked') {
      const growsAt = full.budgetGrowsAt === null ? null : full.budgetGrowsAt + walk.now - facts.at;
      if (waitedOut(walk, decision.objections, growsAt, mayScale)) {
        mayScale = mayScale && !refusals(decision.objections).some(({ code }) => code === 'headroom');
        continue;
      }
      walk.stuck = { objections: refusals(decision.objections), reached: position.progress };
      return;
    }
    const { numbers } = decision;
    land(walk, decision);
    walk.now += stepMs(envelope, capabilities);
    walk.steps.push({
      step: walk.steps.length + 1,
      direction: way.direction,
      wave: position.wave,
      progress: decision.progress,
      sourceShare: sourceShare(numbers, envelope.source),
      minutesFromStart: Math.round((walk.now - way.startedAt) / 6000) / 10,
      utilisation: utilisationOf(numbers),
      tightest:
        numbers.tightest === null ? null : { region: numbers.tightest.region, service: numbers.tightest.service },
      removed: numbers.removedOfFleet,
      batches: cutBatches(decision.sets, capabilities).length,
    });
    position = { ...position, progress: decision.progress, stepsBaked: position.stepsBaked + 1 };
    mayScale = true;
  }
};

/** Walks the envelope with the very functions that the run will use, in reckoned time. */
export const simulate = (envelope: Envelope, facts: Facts, capabilities: Capabilities, now: Instant): Simulated => {
  const { out, back } = plannedWays(envelope);
  const sets = { ...facts.sets };
  const walk: Walk = { steps: [], waits: [], now, facts: { ...facts, sets }, sets, stuck: null };
  walkDirection(walk, envelope, capabilities, { direction: 'out', ways: out, startedAt: now });
  const minutes = Math.round((walk.now - now) / 6000) / 10;
  const stuck = walk.stuck;
  const homeFrom = walk.now + (envelope.stayMs ?? 0);
  const homeward: Walk = { ...walk, steps: [], waits: [], now: homeFrom, stuck: null };
  if (stuck === null)
    walkDirection(homeward, envelope, capabilities, { direction: 'back', ways: back, startedAt: homeFrom });
  const returns = envelope.returnsByItself ? homeward.steps : [];
  return {
    stuck,
    forecast: {
      steps: [...walk.steps, ...returns.map((step, i) => ({ ...step, step: walk.steps.length + i + 1 }))],
      minutes,
      minutesBack: Math.round((homeward.now - homeFrom) / 6000) / 10,
      waits: [...new Set(walk.waits)],
      lever: 'weights',
      largestRoundingError: largestRoundingError(envelope, facts),
      remarks: [],
    },
  };
};
