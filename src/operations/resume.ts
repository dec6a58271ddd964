import type { RunId } from '../domain/ids.ts';
import { phaseOf } from '../run/phase.ts';
import type { Run } from '../run/state.ts';
import { type Answer, refuse } from './answer.ts';
import { askRun } from './ask-run.ts';
import type { Asker, Deps } from './deps.ts';
import { isHeld } from './qualifies.ts';

/** Lets a held run go on. Everything is judged anew by whoever executes it; resuming opens no gate. */
export const resume = (deps: Deps, asker: Asker, request: { readonly run: RunId | null }): Promise<Answer<Run>> =>
  askRun(deps, asker, {
    deed: 'resume',
    verb: 'resume',
    run: request.run,
    objection: (run) => (isHeld(run) ? null : refuse([`${run.run} is not held: it is ${phaseOf(run).words}.`]).refusal),
    event: (asked) => ({ type: 'resume.asked', data: asked }),
    fleetUnmoved: false,
  });
