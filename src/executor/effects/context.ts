import type { SetId } from '../../domain/ids.ts';
import type { PlannedSet } from '../../domain/plan.ts';
import { plannedSetOf } from '../../run/planned-sets.ts';
import type { BatchRun, Run, StepRun } from '../../run/state.ts';
import { abortAt } from '../abort-at.ts';
import type { ExecutorDeps, ExecutorOptions } from '../deps.ts';
import type { FleetTail } from '../fleet-tail.ts';

/** What performing an effect needs: the world, the journal, and under which epoch. */
export interface EffectContext {
  readonly deps: ExecutorDeps;
  readonly options: ExecutorOptions;
  readonly tail: FleetTail;
  readonly epoch: number;
  readonly signal: AbortSignal;
}

export const plannedSet = (run: Run, set: SetId): PlannedSet => {
  const planned = plannedSetOf(run.envelope, set);
  if (planned === undefined) throw new RangeError(`set ${set} is not part of ${run.run}`);
  return planned;
};

export const stepOf = (run: Run): StepRun => {
  if (run.step === null) throw new RangeError(`${run.run} has no step under way`);
  return run.step;
};

export const batchOf = (run: Run, number: number): BatchRun => {
  const batch = stepOf(run).batches.find(({ planned }) => planned.batch === number);
  if (batch === undefined) throw new RangeError(`${run.run} has no batch ${number}`);
  return batch;
};

/** What each further zone or change may add: a full zone is 34 pages, and the smallest request budget is 5 a second. */
const EACH_FURTHER_MS = 5000;

/**
 * One call that must not take longer than its requests may: a vendor that never answers must not keep the fleet's only
 * writer. `pieces` are the zones or changes it asks about; two hundred of them take twenty seconds of the vendor's budget.
 */
export const inTime = async <T>(
  { deps, options, signal }: EffectContext,
  call: (signal: AbortSignal) => Promise<T>,
  pieces = 1,
): Promise<T> => {
  const patienceMs = options.requestMs + Math.max(0, pieces - 1) * EACH_FURTHER_MS;
  const deadline = abortAt(deps.clock, deps.clock.now() + patienceMs, signal);
  try {
    return await call(deadline.signal);
  } finally {
    deadline.clear();
  }
};

export const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
