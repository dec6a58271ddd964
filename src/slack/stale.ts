import type { Instant } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { phaseOf } from '../run/phase.ts';
import { replay } from '../run/replay.ts';
import type { Run } from '../run/state.ts';
import { clockTime } from '../words/numbers.ts';

/** What a person decides on when he presses a button: not what was measured, and not whether a step is written or bakes. */
const decidedOn = (run: Run): string =>
  JSON.stringify([
    run.stage,
    run.direction,
    run.turned,
    run.rollbackAsked !== null,
    run.step?.step ?? run.steps.length,
    run.personHold?.at ?? null,
    run.engineHold === null ? null : [run.engineHold.cause, run.engineHold.endsByItself, run.engineHold.since],
    phaseOf(run).heldSets,
  ]);

const DONE: Readonly<Record<string, string>> = {
  'approval.given': 'approved',
  'denial.given': 'denied',
  'hold.asked': 'held',
  'resume.asked': 'resumed',
  'stop.asked': 'stopped',
  'rollback.asked': 'rolled back',
};

const byWhom = ({ type, data, at }: StoredEvent, now: Instant): string | null => {
  const deed = DONE[type];
  if (deed === undefined || typeof data !== 'object' || data === null || !('by' in data)) return null;
  return `${deed} by ${String(data.by)} at ${clockTime(at, now)}`;
};

/** What has changed since a button was drawn. `what` names the last person who did something, or the new state. */
export interface Stale {
  readonly run: Run;
  readonly what: string;
}

/**
 * Whether the run is not any more what the button showed. Null when it is. Throws BrokenJournal when the stream cannot be
 * replayed: then nothing but a hold is possible anyway.
 */
export const staleSince = (events: readonly StoredEvent[], rev: number, now: Instant): Stale | null => {
  const run = replay(events);
  if (run === null) return null;
  const shown = replay(events.filter(({ version }) => version <= rev));
  if (shown !== null && rev <= run.version && decidedOn(shown) === decidedOn(run)) return null;
  const since = events.filter(({ version }) => version > rev).toReversed();
  const who = since.map((event) => byWhom(event, now)).find((text) => text !== null);
  return { run, what: who ?? `it is ${phaseOf(run).words} now` };
};
