import type { RunId } from '../domain/ids.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type Answer, type Refusal, refuse } from './answer.ts';
import { askRun } from './ask-run.ts';
import type { Asker, Deps } from './deps.ts';
import { NO_REASON } from './reason.ts';

const ended = (run: Run): Refusal => {
  const { source, request } = run.envelope;
  const region = source ?? request.region;
  const restore = `restore${region === null ? '' : ` ${region}`} --reason "…"`;
  return refuse([
    `${run.run} is ${phaseOf(run).words}, so there is no run to roll back. To bring traffic home: ${restore}`,
  ]).refusal;
};

/** Takes a run back to its base, guarded, gated and paced like the way out. Was approved with the plan (design rule 12). */
export const rollback = (
  deps: Deps,
  asker: Asker,
  request: { readonly run: RunId | null; readonly because: string | null },
): Promise<Answer<Run>> =>
  askRun(deps, asker, {
    deed: 'rollback',
    verb: 'rollback',
    run: request.run,
    objection: (run) => {
      if (isEnded(run)) return ended(run);
      const already = run.turned === 'rollback' || run.rollbackAsked !== null;
      return already ? refuse([`${run.run} is rolling back already.`]).refusal : null;
    },
    event: (asked) => ({ type: 'rollback.asked', data: { ...asked, because: request.because ?? NO_REASON } }),
    fleetUnmoved: false,
  });
