import type { SetId } from '../domain/ids.ts';
import { entriesOf, mapValues } from '../domain/records.ts';
import type { Position } from '../planner/next-step.ts';
import type { Run } from './state.ts';

export const foreignSets = (run: Run): readonly SetId[] =>
  entriesOf(run.sets)
    .filter(([, { foreign }]) => foreign !== null)
    .map(([set]) => set);

/** Where the run stands, in the planner's words. */
export const positionOf = (run: Run): Position => ({
  direction: run.direction,
  rollingBack: run.turned === 'rollback',
  wave: run.wave,
  progress: run.progress,
  ways: mapValues(run.sets, ({ from, to }) => ({ from, to })),
  stepsBaked: run.steps.filter(
    ({ direction, wave, bakedAt }) => direction === run.direction && wave === run.wave && bakedAt !== null,
  ).length,
  leftOut: new Set(foreignSets(run)),
});
