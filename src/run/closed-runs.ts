import { BUDGET_WINDOW_MS } from '../capacity/budget.ts';
import type { RunId } from '../domain/ids.ts';
import type { Instant } from '../domain/units.ts';
import { runStream } from './events.ts';
import type { FleetView } from './fleet.ts';
import { isEnded, type Run, unresolved } from './state.ts';

const hasWritten = ({ steps, step }: Run): boolean =>
  steps.length > 0 || (step?.batches.some(({ state }) => state === 'landed') ?? false);

/** The run that wrote each set last: where a region is out, and since when, is known from nowhere else. */
const newestWriters = (runs: Iterable<Run>): ReadonlySet<RunId> => {
  const writers = new Map<string, RunId>();
  const written = [...runs].filter(hasWritten).toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  for (const { run, envelope } of written) for (const { ref } of envelope.sets) writers.set(ref.set, run);
  return new Set(writers.values());
};

/**
 * Which streams of runs may leave the store, for retention to export and drop: those that ended `keepMs` ago or earlier. Live
 * state refers to a run (and it stays, however old) while it is not over, while the outcome of a write is unknown, while its
 * charges count, while it is the last that wrote a set, and when it cannot be replayed, because then it is evidence.
 */
export const closedRuns = (
  view: FleetView,
  now: Instant,
  keepMs: number,
): { readonly closed: readonly string[]; readonly referredTo: ReadonlySet<string> } => {
  const referredTo = new Set<string>([...view.broken.keys()].map((run) => `run/${run}`));
  for (const run of newestWriters(view.runs.values())) referredTo.add(runStream(run));
  for (const { run, at } of view.charges) if (now - at < BUDGET_WINDOW_MS) referredTo.add(runStream(run));
  const closed: string[] = [];
  for (const run of view.runs.values()) {
    if (!isEnded(run) || unresolved(run).length > 0) referredTo.add(runStream(run.run));
    else if (run.endedAt !== null && now - run.endedAt >= keepMs) closed.push(runStream(run.run));
  }
  return { closed, referredTo };
};
