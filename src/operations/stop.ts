import type { RunId } from '../domain/ids.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type Answer, refuse } from './answer.ts';
import { askRun } from './ask-run.ts';
import type { Asker, Deps } from './deps.ts';
import { NO_REASON } from './reason.ts';

/** Ends a run where it stands. Shares stay; a region that is out stays out until it is restored. */
export const stop = (
  deps: Deps,
  asker: Asker,
  request: { readonly run: RunId | null; readonly because: string | null },
): Promise<Answer<Run>> =>
  askRun(deps, asker, {
    deed: 'stop',
    verb: 'stop',
    run: request.run,
    objection: (run) =>
      isEnded(run) ? refuse([`${run.run} has ended already: it is ${phaseOf(run).words}.`]).refusal : null,
    event: (asked) => ({ type: 'stop.asked', data: { ...asked, because: request.because ?? NO_REASON } }),
    fleetUnmoved: false,
  });
