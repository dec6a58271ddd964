import type { RunId } from '../domain/ids.ts';
import type { FleetView } from '../run/fleet.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type Answer, granted, refuse } from './answer.ts';

const runText = (run: Run): string => {
  const { verb, region } = run.envelope.request;
  return `${run.run} (${phaseOf(run).words}: ${verb}${region === null ? '' : ` ${region}`})`;
};

const findRun = (fleet: FleetView, run: RunId): Answer<Run> => {
  const found = fleet.runs.get(run);
  const broken = fleet.broken.get(run);
  if (broken !== undefined) {
    return refuse([
      `The journal of ${run} cannot be replayed (${broken}): it counts as FAILED and can only be looked at.`,
    ]);
  }
  return found === undefined ? refuse([`There is no run ${run}.`], { kind: 'usage' }) : granted(found);
};

/**
 * The run that was named, or the only one that qualifies. With several, all are listed with the command to copy: guessing
 * which one somebody means is how the wrong region moves.
 */
export const chooseRun = (
  fleet: FleetView,
  named: RunId | null,
  verb: string,
  qualifies: (run: Run) => boolean,
): Answer<Run> => {
  if (named !== null) return findRun(fleet, named);
  const candidates = [...fleet.runs.values()].filter(qualifies);
  const [only, second] = candidates;
  if (only === undefined) {
    const open = [...fleet.runs.values()].filter((run) => !isEnded(run)).map(runText);
    return refuse([`There is no run to ${verb}.${open.length > 0 ? ` Not ended: ${open.join(', ')}.` : ''}`]);
  }
  if (second === undefined) return granted(only);
  const lines = candidates.map((run) => `${verb} ${run.run}   (${runText(run)})`);
  return refuse([`Which one? Copy a line: ${lines.join(' · ')}`], { kind: 'usage' });
};
