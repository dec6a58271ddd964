import type { BasisPoints, Instant } from '../domain/units.ts';
import { type BudgetUsed, budgetOf, fleetMean } from './budget.ts';
import { type DrainMark, drainedOf, drainsOf, type ServiceDrain } from './drained.ts';
import { between, type Figure, known, unknown } from './figure.ts';
import { type Story, samplesOf, turnedAt } from './frames.ts';
import { hadData } from './gates.ts';
import { type SmallestHeadroom, smallestHeadroom } from './headroom.ts';
import { actualRecovery, residueOf } from './recovery.ts';
import type { HoldStory } from './report.ts';
import type { ServiceSeries } from './series.ts';
import type { StepStory } from './steps.ts';

/** The numbers of a run. Durations are milliseconds, parts are basis points. */
export interface Numbers {
  readonly toApproval: Figure;
  readonly toStart: Figure;
  /** From the proposal until the run started: the time that people and checks took to decide. */
  readonly toDecide: Figure;
  /** From the start until the last outward step had propagated: what DNS alone took. */
  readonly dnsTime: Figure;
  readonly longestPropagation: Figure;
  /** Time to 50, 90 and 99 % of the way: the slowest service, then each. */
  readonly drained: readonly DrainMark[];
  readonly drainedByService: readonly ServiceDrain[];
  readonly actualRecovery: Figure;
  readonly residue: Figure;
  /** From the turn (or the start of a restore) until the last step back had propagated. */
  readonly restoreTime: Figure;
  readonly wholeRun: Figure;
  /** Time in which at least one hold stood. */
  readonly heldTime: Figure;
  readonly holds: number;
  readonly budgetSum: Figure;
  readonly budgetHighestDrop: Figure;
  readonly budgetByService: readonly BudgetUsed[];
  readonly smallestHeadroom: SmallestHeadroom;
  /** Part of the judgements that had data, good or bad. */
  readonly gateData: Figure;
  readonly judgements: number;
  readonly failedJudgements: number;
  readonly errorsCaused: Figure;
}

const lastPropagated = (steps: readonly StepStory[], direction: 'out' | 'back'): Instant | null => {
  const all = steps.flatMap((step) => (step.direction === direction ? [step.propagatedAt ?? 0] : []));
  const last = Math.max(0, ...all);
  return last === 0 ? null : last;
};

const restoreTime = (story: Story, steps: readonly StepStory[]): Figure => {
  const { run, envelope } = story;
  const isRestore = envelope.request.verb === 'restore';
  const from = isRestore ? run.startedAt : turnedAt(story);
  if (from === null) return unknown(isRestore ? 'the run never started' : 'this run brought no traffic back');
  const isThere = run.endedAt !== null && run.ended?.reason !== 'failed' && run.ended?.reason !== 'person';
  if (!isThere) return unknown('it did not come back all the way');
  return between(from, lastPropagated(steps, isRestore ? 'out' : 'back') ?? run.endedAt, 'no step back propagated');
};

/** Holds may overlap; an instant under two of them is held once. */
const heldMs = (holds: readonly HoldStory[], asOf: Instant): number => {
  let total = 0;
  let counted = Number.NEGATIVE_INFINITY;
  for (const { from, until } of holds.toSorted((a, b) => a.from - b.from)) {
    const end = until ?? asOf;
    total += Math.max(0, end - Math.max(from, counted));
    counted = Math.max(counted, end);
  }
  return total;
};

const part = (some: number, all: number): BasisPoints => Math.round((some / all) * 10_000);

export const numbersOf = (
  story: Story,
  series: readonly ServiceSeries[],
  steps: readonly StepStory[],
  holds: readonly HoldStory[],
): Numbers => {
  const { run, asOf } = story;
  const approved = run.approval?.at ?? null;
  const whyUnapproved = run.approvalNeeded ? 'nobody approved it' : 'it needed no approval';
  const judged = samplesOf(story).flatMap(({ data }) => data.services.flatMap(({ gates }) => gates));
  const propagations = steps.flatMap(({ propagationMs }) => (propagationMs === null ? [] : [propagationMs]));
  const drainedByService = drainsOf(story, series);
  const used = budgetOf(story);
  return {
    toApproval: between(run.proposed.at, approved, whyUnapproved),
    toStart: between(approved ?? run.proposed.at, run.startedAt, 'the run never started'),
    toDecide: between(run.proposed.at, run.startedAt, 'the run never started'),
    dnsTime: between(run.startedAt, lastPropagated(steps, 'out'), 'no step has propagated'),
    longestPropagation:
      propagations.length === 0 ? unknown('no step has propagated') : known(Math.max(...propagations)),
    drained: drainedOf(story, drainedByService),
    drainedByService,
    actualRecovery: actualRecovery(story, series),
    residue: residueOf(story, series),
    restoreTime: restoreTime(story, steps),
    wholeRun: between(run.startedAt, asOf, 'the run never started'),
    heldTime: known(heldMs(holds, asOf)),
    holds: holds.length,
    budgetSum: fleetMean(story, used, 'sum'),
    budgetHighestDrop: fleetMean(story, used, 'highestDrop'),
    budgetByService: used,
    smallestHeadroom: smallestHeadroom(story),
    gateData:
      judged.length === 0
        ? unknown('no gate was judged')
        : known(part(judged.filter(({ outcome }) => hadData(outcome)).length, judged.length)),
    judgements: judged.length,
    failedJudgements: judged.filter(({ outcome }) => outcome === 'FAIL').length,
    errorsCaused: unknown('the journal holds what gates said, not the errors that single users met'),
  };
};
