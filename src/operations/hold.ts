import { refusalFor } from '../access/standing.ts';
import { type PersonId, personId, type RunId, runId } from '../domain/ids.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { runStream } from '../run/events.ts';
import { phaseOf } from '../run/phase.ts';
import { replay } from '../run/replay.ts';
import { isEnded, type Run, unresolved } from '../run/state.ts';
import { StoreError } from '../store/store-error.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { newEvent } from './new-event.ts';
import { NO_REASON } from './reason.ts';
import { Sessions } from './session.ts';

export interface HeldRun {
  readonly run: RunId;
  /** `held`: the ask stands in the journal. `ended`: there was nothing left to hold. `failed`: see `because`. */
  readonly outcome: 'held' | 'ended' | 'failed';
  /** The run as it is now; null where its journal cannot be replayed. The hold stands all the same. */
  readonly state: Run | null;
  /** Requests that had left before the hold and may still land: the last ones. */
  readonly alreadySent: number;
  readonly because: string | null;
}

/** A locked store frees itself within moments; asking faster would only keep it busy. */
const BUSY_PAUSE_MS = 100;

/** Who holds, when no config can say: the hold counts, and the record says that nobody could check. */
const unchecked = (asker: Asker): PersonId => {
  const { presented } = asker;
  const name = presented.door === 'aws' ? presented.arn : presented.user;
  return personId(`unchecked:${presented.door}:${name.replace(/[^A-Za-z0-9._@:/-]/g, '-')}`.slice(0, 200));
};

/** Who holds. Refused only where the config in force is readable and says that this identity may not. */
const holderOf = async (deps: Deps, asker: Asker): Promise<Answer<PersonId>> => {
  // A mistyped one-time code must not be in the way of somebody who may hold without one.
  const plain = await holderAs(deps, { ...asker, proof: null });
  return plain.ok || asker.proof === null ? plain : holderAs(deps, asker);
};

const holderAs = async (deps: Deps, asker: Asker): Promise<Answer<PersonId>> => {
  try {
    const session = await new Sessions(deps, asker).open();
    if (!session.ok) return session.refusal.kind === 'unavailable' ? granted(unchecked(asker)) : session;
    const { standing } = session.value;
    const refusal = refusalFor(standing, 'hold');
    if (refusal !== null || standing.kind !== 'person') return refuse([refusal ?? 'Nobody is known here by name.']);
    return granted(standing.person);
  } catch {
    // A fleet that cannot be folded must not keep anybody from stopping what moves.
    return granted(unchecked(asker));
  }
};

const replayed = (events: readonly StoredEvent[]): Run | null => {
  try {
    return replay(events);
  } catch {
    return null;
  }
};

const ENDS: ReadonlySet<string> = new Set(['run.finished', 'run.stopped', 'run.failed', 'stop.asked', 'denial.given']);

/** Every run that has not ended, straight from the streams: this works where the fleet as a whole cannot be folded. */
const openRuns = async (deps: Deps): Promise<readonly RunId[]> => {
  const open = new Set<string>();
  let position = 0;
  for (;;) {
    const events = await deps.journal.readAll(position, 5000);
    for (const { stream, type, position: at } of events) {
      position = at;
      if (!stream.startsWith('run/')) continue;
      if (ENDS.has(type)) open.delete(stream);
      else if (type === 'run.proposed') open.add(stream);
    }
    if (events.length === 0) break;
  }
  return [...open].map((stream) => runId(stream.slice('run/'.length)));
};

const retryingWhileBusy = async <T>(deps: Deps, attempt: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StoreError && error.retryable)) throw error;
      await deps.clock.sleep(BUSY_PAUSE_MS, signal);
    }
  }
};

const holdOne = async (
  deps: Deps,
  run: RunId,
  data: { by: PersonId; door: string; because: string },
  signal: AbortSignal,
): Promise<HeldRun> => {
  const stream = runStream(run);
  const before = await retryingWhileBusy(deps, () => deps.journal.read(stream, 0), signal);
  const known = replayed(before);
  if (known !== null && isEnded(known)) {
    return { run, outcome: 'ended', state: known, alreadySent: 0, because: `it is ${phaseOf(known).words}` };
  }
  let version = before.at(-1)?.version ?? 0;
  const event = newEvent({ type: 'hold.asked', data });
  for (;;) {
    const append = { stream, expectedVersion: version, events: [event] };
    const appended = await retryingWhileBusy(deps, () => deps.journal.append(append), signal);
    if (appended.ok) break;
    // A hold is right whatever came in between, so it only moves up and never reads again.
    if (appended.because === 'moved') version = appended.version;
    else throw new Error(`the journal refused a hold for an epoch (${appended.epoch}) that it does not carry`);
  }
  const state = replayed(await deps.journal.read(stream, 0));
  if (state !== null && isEnded(state)) {
    return { run, outcome: 'ended', state, alreadySent: 0, because: `it is ${phaseOf(state).words}` };
  }
  return { run, outcome: 'held', state, alreadySent: state === null ? 0 : unresolved(state).length, because: null };
};

/**
 * Pauses one run, or all of them (design rule 10). Needs no lease, no confirmation, and no config that can be read; tries
 * until it stands in the journal, and one run that cannot be held never keeps the others from being held.
 */
export const hold = async (
  deps: Deps,
  asker: Asker,
  request: { readonly run: RunId | null; readonly because: string | null },
  signal: AbortSignal,
): Promise<Answer<readonly HeldRun[]>> => {
  const holder = await holderOf(deps, asker);
  if (!holder.ok) return holder;
  const data = { by: holder.value, door: asker.door, because: request.because ?? NO_REASON };
  if (request.run !== null && (await deps.journal.read(runStream(request.run), 0)).length === 0) {
    return refuse([`There is no run ${request.run}. "hold" alone holds every run.`], { kind: 'usage' });
  }
  const runs = request.run === null ? await openRuns(deps) : [request.run];
  const held = await Promise.all(
    runs.map((run) =>
      holdOne(deps, run, data, signal).catch(
        (error: unknown): HeldRun => ({
          run,
          outcome: 'failed',
          state: null,
          alreadySent: 0,
          because: error instanceof Error ? error.message : 'unknown failure',
        }),
      ),
    ),
  );
  return granted(held);
};
