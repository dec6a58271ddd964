import type { RunId } from '../domain/ids.ts';
import { phaseOf } from '../run/phase.ts';
import type { Run } from '../run/state.ts';
import { type Answer, refuse } from './answer.ts';
import { askRun } from './ask-run.ts';
import type { Asker, Deps } from './deps.ts';
import { NO_REASON } from './reason.ts';

/** Ends a run that has moved nothing yet. Who asked may deny too: a no needs no second person. */
export const deny = (
  deps: Deps,
  asker: Asker,
  request: { readonly run: RunId; readonly because: string | null },
): Promise<Answer<Run>> =>
  askRun(deps, asker, {
    deed: 'deny',
    verb: 'deny',
    run: request.run,
    objection: (run) => {
      if (run.stage === 'waiting' || run.stage === 'approved') return null;
      const instead = run.stage === 'running' || run.stage === 'staying' ? ' Use hold, stop or rollback.' : '';
      return refuse([`Too late to deny ${run.run}: it is ${phaseOf(run).words}.${instead}`]).refusal;
    },
    event: (asked) => ({ type: 'denial.given', data: { ...asked, because: request.because ?? NO_REASON } }),
    fleetUnmoved: false,
  });
