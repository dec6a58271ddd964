import { valuesOf } from '../domain/records.ts';
import type { Run, Shown } from './state.ts';

const isMoving = (run: Run): boolean => run.stage === 'running' && run.step?.propagatedAt == null;

/** What people are shown. Where sets differ it is the worst, and the held ones are counted. */
export const phaseOf = (run: Run): Shown => {
  const heldSets = valuesOf(run.sets).filter(({ foreign }) => foreign !== null).length;
  const none = { direction: null, cause: null, reason: null, heldSets } as const;
  switch (run.stage) {
    case 'waiting':
      return run.personHold === null
        ? { ...none, phase: 'WAITING FOR APPROVAL', words: 'WAITING FOR APPROVAL' }
        : { ...none, phase: 'HOLDING', cause: 'person', words: 'HOLDING (person)' };
    case 'approved':
      return run.personHold === null
        ? { ...none, phase: 'PLANNED', words: 'PLANNED' }
        : { ...none, phase: 'HOLDING', cause: 'person', words: 'HOLDING (person)' };
    case 'stopped': {
      const reason = run.ended?.reason;
      const known = reason === undefined || reason === 'done' || reason === 'failed' ? null : reason;
      return { ...none, phase: 'STOPPED', reason: known, words: `STOPPED (${known ?? 'unknown'})` };
    }
    case 'done':
      return { ...none, phase: 'DONE', words: run.finish?.trafficProven === false ? 'DONE, traffic unproven' : 'DONE' };
    case 'failed':
      return { ...none, phase: 'FAILED', words: 'FAILED' };
    case 'running':
    case 'staying':
      return runningPhase(run, heldSets);
  }
};

const runningPhase = (run: Run, heldSets: number): Shown => {
  const { direction } = run;
  const cause = run.personHold !== null ? 'person' : (run.engineHold?.cause ?? null);
  if (cause !== null) {
    return { phase: 'HOLDING', direction, cause, reason: null, heldSets, words: `HOLDING ${direction} (${cause})` };
  }
  const phase = isMoving(run) ? 'MOVING' : 'BAKING';
  const goingBack = run.turned === 'rollback' || run.rollbackAsked !== null;
  const words = goingBack ? 'ROLLING BACK' : `${phase} ${direction}`;
  return { phase, direction, cause: null, reason: null, heldSets, words };
};
