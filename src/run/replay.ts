import type { StoredEvent } from '../ports/journal.ts';
import { BrokenJournal } from './broken-journal.ts';
import type { FleetEvent, RunEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Run } from './state.ts';

const RUN_TYPES: ReadonlySet<string> = new Set<RunEvent['type']>([
  'run.proposed',
  'approval.given',
  'denial.given',
  'hold.asked',
  'resume.asked',
  'stop.asked',
  'rollback.asked',
  'run.started',
  'step.intended',
  'batch.intended',
  'batch.landed',
  'batch.refused',
  'batch.unknown',
  'fence.raised',
  'fence.seen',
  'sets.foreign',
  'sets.as-expected',
  'propagation.asked',
  'step.propagated',
  'step.verified',
  'observed',
  'step.baked',
  'wave.completed',
  'stay.begun',
  'direction.turned',
  'run.held',
  'run.released',
  'run.finished',
  'run.stopped',
  'run.failed',
]);

const FLEET_TYPES: ReadonlySet<string> = new Set<FleetEvent['type']>([
  'config.accepted',
  'config.proposed',
  'freeze.set',
  'freeze.lifted',
  'executor.took-over',
  'store.adopted',
  'store.adoption-asked',
  'provider.checked',
]);

/**
 * The event as its author wrote it. Its shape is trusted because the hash chain covers it; its type is not, because a newer
 * steer may have written a type that this one does not know, and skipping it would lose a fact about where traffic goes.
 */
export const asRunEvent = (stored: StoredEvent): RunEvent & { readonly at: number; readonly version: number } => {
  if (!RUN_TYPES.has(stored.type))
    throw new BrokenJournal(`${stored.stream} ${stored.version}: unknown event ${stored.type}`);
  return stored as StoredEvent & RunEvent;
};

export const asFleetEvent = (stored: StoredEvent): FleetEvent => {
  if (!FLEET_TYPES.has(stored.type))
    throw new BrokenJournal(`${stored.stream} ${stored.version}: unknown event ${stored.type}`);
  return stored as StoredEvent & FleetEvent;
};

/** A whole run from its stream. Throws BrokenJournal when the events cannot have happened in that order. */
export const replay = (events: Iterable<StoredEvent>): Run | null => {
  let run: Run | null = null;
  for (const event of events) run = fold(run, asRunEvent(event));
  return run;
};
