import { budgetGrowsAt } from '../capacity/budget.ts';
import { type Measured, measure } from '../capacity/measure.ts';
import { outcomes, type SetAfter, type SetModel } from '../capacity/set-after.ts';
import type { ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { PlannedSet } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import { allDrained } from './all-drained.ts';
import { anotherRun, twoRegionsOut } from './another-run.ts';
import { bakeTooShort, ttlTooLong } from './bake.ts';
import { baseMoved } from './base-moved.ts';
import { budget } from './budget.ts';
import { changeWindow } from './change-window.ts';
import { commitWindow } from './commit-window.ts';
import { configSuperseded } from './config-superseded.ts';
import { collect, NONE, once, type Standing, type StandingGuard, type StepContext, type StepGuard } from './context.ts';
import { drainMethod } from './drain-method.ts';
import { capacityFacts, serviceFacts, setFacts } from './facts-present.ts';
import { failsOpen } from './fails-open.ts';
import { floor } from './floor.ts';
import { foreignStore } from './foreign-store.ts';
import { freeze } from './freeze.ts';
import { gates } from './gates.ts';
import { allOf, guarded } from './guarded.ts';
import { headroom } from './headroom.ts';
import { drainedBy, lastResort } from './last-resort.ts';
import { layersFight } from './layers-fight.ts';
import { wellFormedLimits } from './limits.ts';
import { minimumServingRegions } from './minimum-serving-regions.ts';
import { notProvenDead } from './not-proven-dead.ts';
import { stepNumbers, tightestOf } from './numbers.ts';
import { onTheWay, storableWeights, unknownSets } from './outside-envelope.ts';
import { withOverrides } from './overridable.ts';
import { planExpired, planOverdue } from './plan-expired.ts';
import { approvalObjections } from './same-person.ts';
import type { ApprovalInput, Situation, StepCandidate, StepInput, StepJudge, StepNumbers } from './situation.ts';
import { standingOf } from './standing.ts';
import { canary, stepTooLarge } from './step-too-large.ts';
import { storeInSource } from './store-in-source.ts';
import { tooManyDead } from './too-many-dead.ts';
import { unownedMembers, weightsForNobody } from './unknown-member.ts';

/** Judged at the proposal and again at every step, whatever the step. */
const STANDING: Readonly<Record<string, StandingGuard>> = {
  limits: wellFormedLimits,
  'commit-window': commitWindow,
  'plan-expired': planExpired,
  'config-superseded': configSuperseded,
  freeze,
  'store-in-source': storeInSource,
  'too-many-dead': tooManyDead,
  'base-moved': baseMoved,
  'layers-fight': layersFight,
  'bake-too-short': bakeTooShort,
};

const models = ({ envelope, modelOf }: Standing) =>
  envelope.services.map(({ service }) => modelOf(service)).filter((model) => model !== undefined);

const drainsSomebody = ({ from, to }: PlannedSet): boolean =>
  keysOf(from).some((region) => (from[region] ?? 0) > 0 && (to[region] ?? 0) === 0);

/** Judged at the proposal and at the start, over everything the plan will ever touch; later step by step. */
const START: Readonly<Record<string, StandingGuard>> = {
  'another-run': anotherRun,
  'two-regions-out': twoRegionsOut,
  'outside-change-window': (standing) => changeWindow({ ...standing, step: { direction: 'out' } }),
  'foreign-store': (standing) => foreignStore(standing, standing.envelope.sets),
  'facts-of-services': (standing) => models(standing).flatMap((model) => serviceFacts(standing, model)),
  'facts-of-sets': (standing) =>
    collect(models(standing), ({ sets }) => collect(sets, (set) => setFacts(standing, set))),
  'unknown-member': (standing) => collect(models(standing), ({ sets }) => collect(sets, unownedMembers)),
  'drain-method': (standing) =>
    collect(models(standing), ({ sets }) =>
      collect(sets, (set) => (drainsSomebody(set.planned) ? drainMethod(standing, set) : NONE)),
    ),
};

/** Only said of the plan as a whole: nobody changes a TTL while a run moves, and its steps say themselves who is not dead. */
const REMARKS: Readonly<Record<string, StandingGuard>> = {
  'ttl-too-long': ttlTooLong,
  'not-proven-dead': notProvenDead,
};

const judgedAnyway = (standing: Standing): readonly Objection[] => [
  ...allOf(STANDING, standing),
  ...(standing.started ? [] : allOf(START, standing)),
];

/** A first step is judged by the guards of the start and by those of a step; nobody needs to read the same twice. */
const distinct = (objections: readonly Objection[]): readonly Objection[] => [
  ...new Map(objections.map((objection) => [`${objection.code} ${objection.because}`, objection] as const)).values(),
];

/** A guard about what sets of one shape have in common: only if it objects to one of them is every single one asked. */
const eachSet =
  (guard: (set: SetAfter, context: StepContext) => readonly Objection[]): StepGuard =>
  (context) =>
    context.firsts.some((set) => guard(set, context).length > 0)
      ? collect(context.measured, ({ sets }) => collect(sets, (set) => guard(set, context)))
      : NONE;

/** A guard about what is known of a set, whatever the step does with it: asked once for all sets of a service. */
const eachSetOnce =
  (name: string, guard: (set: SetModel, context: StepContext) => readonly Objection[]): StepGuard =>
  (context) =>
    collect(context.measured, ({ model, sets }) =>
      once(context, name, model, () => collect(model.sets, (set) => guard(set, context))).length > 0
        ? collect(sets, (set) => guard(set.model, context))
        : NONE,
    );

const whenLeaving =
  (guard: StepGuard): StepGuard =>
  (context) =>
    context.step.direction === 'out' && !context.step.rollingBack ? guard(context) : [];

/** Judged for every candidate. */
const STEP: Readonly<Record<string, StepGuard>> = {
  'outside-envelope': unknownSets,
  weights: eachSet(storableWeights),
  'on-the-way': eachSet((set, context) => onTheWay(context, set)),
  'all-drained': eachSet(allDrained),
  'unknown-member': eachSetOnce('unknown-member', unownedMembers),
  'weights-for-nobody': eachSet(weightsForNobody),
  'facts-of-services': (context) =>
    collect(context.measured, ({ model }) =>
      once(context, 'facts-of-services', model, () => serviceFacts(context, model)),
    ),
  'facts-of-capacity': (context) => collect(context.measured, (one) => capacityFacts(context, one)),
  'facts-of-sets': eachSetOnce('facts-of-sets', (set, context) => setFacts(context, set)),
  'foreign-store': (context) => foreignStore(context, context.sets),
  'fails-open': eachSet(failsOpen),
  'last-resort': eachSet(lastResort),
  'drain-method': eachSet((set, context) => (drainedBy(set).length > 0 ? drainMethod(context, set.model) : [])),
  floor,
  'minimum-serving-regions': minimumServingRegions,
  budget,
  headroom,
  'step-too-large': stepTooLarge,
  canary,
  gates,
  'plan-overdue': planOverdue,
  'another-run': whenLeaving(anotherRun),
  'two-regions-out': whenLeaving(twoRegionsOut),
  'outside-change-window': changeWindow,
  'not-proven-dead': whenLeaving(notProvenDead),
};

const measureAll = (
  standing: Standing,
  step: StepCandidate,
): Pick<StepContext, 'measured' | 'sets' | 'unknown' | 'firsts'> => {
  const sets: PlannedSet[] = [];
  const unknown: SetId[] = [];
  const services = new Set<ServiceId>();
  for (const set of keysOf<SetId>(step.sets)) {
    const known = standing.frame.sets.get(set)?.planned;
    if (known === undefined) {
      unknown.push(set);
      continue;
    }
    sets.push(known);
    services.add(known.service);
  }
  const all = outcomes();
  const measured: Measured[] = [];
  for (const service of services) {
    const model = standing.modelOf(service);
    if (model === undefined) throw new RangeError(`the plan moves sets of ${service} and does not describe it`);
    measured.push(measure(model, step.sets, step.direction, all));
  }
  return { sets, unknown, measured, firsts: all.firsts };
};

const prepared = (situation: Situation): StepJudge => {
  const { overrides } = situation.envelope;
  const standing = standingOf(situation);
  const standingObjections = withOverrides(judgedAnyway(standing), overrides);
  // A step is mostly judged and then told in numbers: the second time it is the very same question.
  let last: { readonly step: StepCandidate; readonly found: ReturnType<typeof measureAll> } | null = null;
  const measuredIn = (step: StepCandidate): ReturnType<typeof measureAll> => {
    if (last?.step !== step) last = { step, found: measureAll(standing, step) };
    return last.found;
  };
  return {
    standing: standingObjections,
    budgetGrowsAt: budgetGrowsAt(situation.facts.charges, situation.now),
    judge: (step) => {
      const found = guarded('capacity', () => allOf(STEP, { ...standing, step, ...measuredIn(step) }));
      return distinct([...standingObjections, ...withOverrides(found, overrides)]);
    },
    tightest: (step) => tightestOf(measuredIn(step).measured),
    numbers: (step): StepNumbers => stepNumbers(measuredIn(step).measured, standing),
  };
};

/** A judge of a snapshot that nobody can read: it refuses every step (design rule 7) and has no numbers. */
const refusing = (objections: readonly Objection[]): StepJudge => ({
  standing: objections,
  budgetGrowsAt: null,
  judge: () => objections,
  tightest: () => null,
  numbers: () => ({ services: [], charges: [], removedOfFleet: 0, tightest: null }),
});

/**
 * Judges many candidates against one situation; what does not depend on the candidate is computed once. Never throws.
 */
export const prepare = (situation: Situation): StepJudge => {
  let judge: StepJudge | null = null;
  const failed = guarded('snapshot', () => {
    judge = prepared(situation);
    return [];
  });
  return judge ?? refusing(failed);
};

/** Judges one candidate, with everything computed anew. */
export const judgeStep = (input: StepInput): readonly Objection[] => prepare(input).judge(input.step);

/** Judges the plan as a whole when it is proposed, before anything is written. Its steps are judged by the forecast. */
export const judgePlan = (situation: Situation): readonly Objection[] =>
  guarded('snapshot', () => {
    const standing = standingOf(situation);
    return withOverrides([...judgedAnyway(standing), ...allOf(REMARKS, standing)], situation.envelope.overrides);
  });

/** Judges one approval by one person; roles are asked about in operations. */
export const judgeApproval = (input: ApprovalInput): readonly Objection[] =>
  guarded('approval', () => approvalObjections(input));
