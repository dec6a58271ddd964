import type { RunId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Instant } from '../domain/units.ts';
import type { Journal } from '../ports/journal.ts';
import { runStream } from '../run/events.ts';
import { replay } from '../run/replay.ts';
import type { Run } from '../run/state.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Deps } from './deps.ts';

/** One run in full, and when anything last happened to it. */
export interface RunView {
  readonly run: Run;
  readonly lastEventAt: Instant;
  readonly lastEvent: string;
  readonly warnings: readonly Objection[];
  readonly now: Instant;
}

/**
 * One run, from its own stream alone: it can be looked at while the rest of the store, the config or the vendors cannot be
 * read. Whoever reaches the store may see.
 */
export const show = async (deps: Pick<Deps, 'journal' | 'clock'>, run: RunId): Promise<Answer<RunView>> => {
  const events = await deps.journal.read(runStream(run), 0);
  const last = events.at(-1);
  if (last === undefined) return refuse([`There is no run ${run}.`], { kind: 'usage' });
  try {
    const state = replay(events);
    if (state === null) return refuse([`There is no run ${run}.`], { kind: 'usage' });
    return granted({
      run: state,
      lastEventAt: last.at,
      lastEvent: last.type,
      warnings: warningsIn(events[0]?.data),
      now: deps.clock.now(),
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unreadable';
    return refuse([`The journal of ${run} cannot be replayed: ${detail}. Run "steer audit verify".`], {
      kind: 'unavailable',
    });
  }
};

const warningsIn = (proposed: unknown): readonly Objection[] =>
  typeof proposed === 'object' && proposed !== null && 'warnings' in proposed && Array.isArray(proposed.warnings)
    ? proposed.warnings
    : [];

/** How long one wait for the tail lasts before the state is shown again, so that "waits since" keeps counting. */
const QUIET_MS = 15_000;

/** The run now, and again whenever something happens to it or fifteen seconds pass; ends when `signal` fires. */
export const watchRun = async function* (
  deps: Pick<Deps, 'journal' | 'clock'>,
  run: RunId,
  signal: AbortSignal,
): AsyncGenerator<Answer<RunView>> {
  let position = await endOf(deps.journal);
  for (;;) {
    const view = await show(deps, run);
    yield view;
    if (!view.ok || signal.aborted) return;
    try {
      await deps.journal.wait(position, QUIET_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    position = await endOf(deps.journal, position);
  }
};

const endOf = async (journal: Pick<Journal, 'readAll'>, after = 0): Promise<number> => {
  let position = after;
  for (;;) {
    const events = await journal.readAll(position, 5000);
    const last = events.at(-1);
    if (last === undefined) return position;
    position = last.position;
  }
};
