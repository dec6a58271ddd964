import type { MoveRequest } from '../../domain/plan.ts';
import type { Run } from '../../run/state.ts';

/** Slack's limit for the value of a button. */
const MOST_CHARACTERS = 2000;

/**
 * What Start… and Break glass… carry: the move as it was asked, and what was decided on (`essenceOf`). Null when it does not
 * fit into a button; then the answer says so instead of offering one.
 */
export const startValue = (move: MoveRequest, essence: string): string | null => {
  const value = JSON.stringify({ m: move, e: essence });
  return value.length <= MOST_CHARACTERS ? value : null;
};

/** What a button of a run carries: which run, the revision that was shown, and the plan that it belongs to. */
export const runValue = (run: Pick<Run, 'run' | 'version' | 'digest'>): string =>
  JSON.stringify({ run: run.run, rev: run.version, digest: run.digest });
