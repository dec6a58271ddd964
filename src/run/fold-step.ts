import type { SetId } from '../domain/ids.ts';
import type { PlannedBatch } from '../domain/plan.ts';
import { entriesOf, mapValues, recordOf } from '../domain/records.ts';
import { afterWrite } from '../domain/set-state.ts';
import { type SetState, type Weights, zoneKey } from '../domain/steering.ts';
import type { Instant } from '../domain/units.ts';
import type { GateMemory } from '../gates/memory.ts';
import { BrokenJournal } from './broken-journal.ts';
import type { RunEvent } from './events.ts';
import { plannedSetOf } from './planned-sets.ts';
import type { BatchRun, BatchState, Run, RunSet, StepRun } from './state.ts';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>['data'];

/** Passes seen before a step say nothing about the world after it; failures stay counted over the whole run. */
export const withoutPasses = (memory: GateMemory): GateMemory =>
  mapValues(memory, (tally) => ({ ...tally, passesInARow: 0 }));

const stepOf = (run: Run, step: number, event: string): StepRun => {
  if (run.step === null || run.step.step !== step)
    throw new BrokenJournal(`${event} names step ${step}, which is not under way`);
  return run.step;
};

const withBatch = (
  run: Run,
  at: { step: number; batch: number },
  event: string,
  from: readonly BatchState[],
  change: (batch: BatchRun) => BatchRun,
): Run => {
  const step = stepOf(run, at.step, event);
  const found = step.batches.find(({ planned }) => planned.batch === at.batch);
  if (found === undefined)
    throw new BrokenJournal(`${event} names batch ${at.batch}, which step ${at.step} does not have`);
  if (!from.includes(found.state))
    throw new BrokenJournal(`${event} is impossible while batch ${at.batch} is ${found.state}`);
  return { ...run, step: { ...step, batches: step.batches.map((batch) => (batch === found ? change(batch) : batch)) } };
};

const untouched = (planned: PlannedBatch): BatchRun => ({
  planned,
  leftOut: [],
  state: 'todo',
  fence: null,
  notAfter: null,
  change: null,
  landedAt: null,
  refusals: 0,
  refusedAt: null,
  refusedAs: null,
  unknownAs: null,
  before: {},
  because: null,
});

/** A weight that is left out is found when the step is intended, not when it has landed and nobody can say what it left. */
const assertComplete = (run: Run, { step, weights }: Of<'step.intended'>): void => {
  for (const [set, wanted] of entriesOf<SetId, Weights>(weights)) {
    const known = run.sets[set];
    if (known === undefined)
      throw new BrokenJournal(`step.intended: set ${set} of step ${step} is not part of this run`);
    const missing = known.live.members.find(({ member }) => wanted[member] === undefined);
    if (missing !== undefined)
      throw new BrokenJournal(`step.intended: step ${step} has no weight for ${missing.member} of ${set}`);
  }
};

export const stepIntended = (run: Run, data: Of<'step.intended'>, at: Instant): Run => {
  if (run.stage !== 'running') throw new BrokenJournal(`step.intended is impossible while ${run.stage}`);
  if (run.step !== null) throw new BrokenJournal(`step.intended: step ${run.step.step} is still under way`);
  assertComplete(run, data);
  const batches = data.batches.map(untouched);
  const { step, direction, wave, progress, weights, charges, epoch } = data;
  const started: StepRun = {
    step,
    direction,
    wave,
    progress,
    weights,
    charges,
    epoch,
    batches,
    intendedAt: at,
    propagationAsked: 0,
    propagationAskedAt: null,
    propagatedAt: null,
    verifiedAt: null,
  };
  return { ...run, step: started };
};

export const batchIntended = (run: Run, data: Of<'batch.intended'>): Run =>
  withBatch(run, data, 'batch.intended', ['todo'], (batch) => ({
    ...batch,
    state: 'sent',
    unknownAs: null,
    fence: data.fence,
    notAfter: data.notAfter,
  }));

const statesOf = (run: Run, set: SetId): SetState => {
  const known = run.sets[set];
  if (known === undefined) throw new BrokenJournal(`batch.landed: set ${set} is not part of this run`);
  return known.live;
};

export const batchLanded = (run: Run, data: Of<'batch.landed'>, at: Instant): Run => {
  const marked = withBatch(run, data, 'batch.landed', ['sent', 'unknown'], (batch) => ({
    ...batch,
    state: 'landed',
    before: recordOf(batch.planned.sets.map((set) => [set, statesOf(run, set)] as const)),
    change: data.change,
    landedAt: at,
  }));
  const batch = marked.step?.batches.find(({ planned }) => planned.batch === data.batch);
  if (batch === undefined || marked.step === null) return marked;
  const { weights } = marked.step;
  const written = batch.planned.sets.map((set): [SetId, RunSet] => {
    const known = marked.sets[set];
    const planned = plannedSetOf(marked.envelope, set);
    const wanted = weights[set];
    if (known === undefined || planned === undefined || wanted === undefined) {
      throw new BrokenJournal(`batch.landed: set ${set} is not part of step ${data.step}`);
    }
    return [set, { ...known, live: afterWrite(known.live, wanted, planned.drain) }];
  });
  return {
    ...marked,
    sets: { ...marked.sets, ...recordOf(written) },
    fences: { ...marked.fences, [zoneKey(batch.planned)]: data.fence },
  };
};

/** Also takes back a landed batch: a vendor that lost its region can forget a change that it had accepted (stranded). */
export const batchRefused = (run: Run, data: Of<'batch.refused'>, at: Instant): Run => {
  const batch = run.step?.batches.find(({ planned }) => planned.batch === data.batch);
  const restored = mapValues(batch?.before ?? {}, (live, set): RunSet => {
    const known = run.sets[set];
    if (known === undefined) throw new BrokenJournal(`batch.refused: set ${set} is not part of this run`);
    return { ...known, live };
  });
  const marked = withBatch(run, data, 'batch.refused', ['sent', 'unknown', 'landed'], (found) => ({
    ...found,
    state: data.again ? 'todo' : 'given-up',
    change: null,
    before: {},
    refusals: found.refusals + 1,
    refusedAt: at,
    refusedAs: data.kind,
    because: data.because,
  }));
  return { ...marked, sets: { ...marked.sets, ...restored } };
};

export const batchUnknown = (run: Run, data: Of<'batch.unknown'>): Run =>
  withBatch(run, data, 'batch.unknown', ['sent', 'unknown'], (batch) => ({
    ...batch,
    state: 'unknown',
    unknownAs: data.kind ?? null,
    because: data.because,
  }));

/** A foreign set leaves the step: its batch goes on without it, or is given up when nothing is left in it. */
export const setsForeign = (run: Run, data: Of<'sets.foreign'>): Run => {
  const foreign = new Map(data.sets.map((set) => [set.set, set]));
  const sets = mapValues(run.sets, (set, id): RunSet => ({ ...set, foreign: foreign.get(id) ?? set.foreign }));
  if (run.step === null) return { ...run, sets };
  const batches = run.step.batches.map((batch): BatchRun => {
    const touched = batch.planned.sets.some((set) => foreign.has(set));
    if (!touched || batch.state === 'landed') return batch;
    const left = batch.planned.sets.filter((set) => !foreign.has(set));
    const gone = batch.planned.sets.filter((set) => foreign.has(set));
    return {
      ...batch,
      state: left.length === 0 ? 'given-up' : 'todo',
      planned: { ...batch.planned, sets: left },
      leftOut: [...batch.leftOut, ...gone],
    };
  });
  return { ...run, sets, step: { ...run.step, batches } };
};

/** What was sent again has to propagate, be verified and bake like the rest of its step. */
export const reopened = (step: StepRun): StepRun =>
  step.batches.some(({ state }) => state === 'todo')
    ? { ...step, propagationAskedAt: null, propagatedAt: null, verifiedAt: null }
    : step;

/** A set that is right again still owes its part of the step: without it the run would go on as if it had moved. */
export const setsAsExpected = (run: Run, { sets: right }: Of<'sets.as-expected'>): Run => {
  const sets = mapValues(run.sets, (set, id): RunSet => (right.includes(id) ? { ...set, foreign: null } : set));
  if (run.step === null) return { ...run, sets };
  const batches: BatchRun[] = [];
  const owed: BatchRun[] = [];
  for (const batch of run.step.batches) {
    const back = batch.leftOut.filter((set) => right.includes(set));
    const leftOut = batch.leftOut.filter((set) => !right.includes(set));
    const isOpen = batch.state === 'todo' || batch.state === 'given-up';
    const held = isOpen ? [...batch.planned.sets, ...back] : batch.planned.sets;
    const state = isOpen && back.length > 0 ? 'todo' : batch.state;
    batches.push({ ...batch, state, leftOut, planned: { ...batch.planned, sets: held } });
    if (isOpen || back.length === 0) continue;
    const planned = { ...batch.planned, batch: run.step.batches.length + owed.length + 1, sets: back };
    owed.push(untouched(planned));
  }
  return { ...run, sets, step: reopened({ ...run.step, batches: [...batches, ...owed] }) };
};

export const stepBaked = (run: Run, data: Of<'step.baked'>, at: Instant): Run => {
  const step = stepOf(run, data.step, 'step.baked');
  if (step.propagatedAt === null) throw new BrokenJournal(`step.baked: step ${step.step} has not propagated`);
  const steps = run.steps.map((record) => (record.step === step.step ? { ...record, bakedAt: at } : record));
  return { ...run, step: null, steps, wave: step.wave, progress: step.progress };
};

export const stepPropagated = (run: Run, data: Of<'step.propagated'>, at: Instant): Run => {
  const step = stepOf(run, data.step, 'step.propagated');
  const { step: number, direction, wave, progress, intendedAt } = step;
  const record = { step: number, direction, wave, progress, intendedAt, propagatedAt: at, bakedAt: null };
  return {
    ...run,
    step: { ...step, propagatedAt: at },
    // A step that was reopened propagates twice and is still one step.
    steps: [...run.steps.filter((known) => known.step !== number), record],
    gateMemory: mapValues(run.gateMemory, withoutPasses),
  };
};

export const stepVerified = (run: Run, data: Of<'step.verified'>, at: Instant): Run => ({
  ...run,
  step: { ...stepOf(run, data.step, 'step.verified'), verifiedAt: at },
});

export const propagationAsked = (run: Run, data: Of<'propagation.asked'>, at: Instant): Run => {
  const step = stepOf(run, data.step, 'propagation.asked');
  return { ...run, step: { ...step, propagationAsked: step.propagationAsked + 1, propagationAskedAt: at } };
};
