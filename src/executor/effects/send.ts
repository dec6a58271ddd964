import { ProviderError } from '../../../providers/errors.ts';
import type { SteeringWrite } from '../../../providers/steering.ts';
import { type Fence, zoneKey } from '../../domain/steering.ts';
import type { Instant } from '../../domain/units.ts';
import type { RunEvent } from '../../run/events.ts';
import type { Next, Snapshot } from '../../run/next.ts';
import type { Run } from '../../run/state.ts';
import { abortAt } from '../abort-at.ts';
import { batchOf, type EffectContext, plannedSet, stepOf, whyOf } from './context.ts';
import { foreignStoreHold, isForeignMarker } from './foreign.ts';

type Send = Extract<Next, { do: 'send' }>;

/** After these the request may have been applied, or somebody else wrote: only a look at the world can tell. */
const LOOK_FIRST: ReadonlySet<string> = new Set(['unknown-outcome', 'conflict', 'unreadable']);

/** The vendor is not in the mood now; the same request may be sent again. */
const AGAIN: ReadonlySet<string> = new Set(['busy', 'throttled', 'unavailable']);

const fenceFor = (run: Run, zone: string, context: EffectContext): { expects: Fence | null; leaves: Fence } => {
  const known = context.tail.view.fences.get(zone);
  return {
    expects: known === undefined ? (run.fences[zone] ?? null) : known,
    leaves: { store: context.deps.journal.store, epoch: context.epoch },
  };
};

const writeOf = (run: Run, number: number, fence: SteeringWrite['fence']): SteeringWrite => {
  const step = stepOf(run);
  const { planned } = batchOf(run, number);
  return {
    zone: planned.zone,
    fence,
    comment:
      `steer ${run.run} step ${step.step}${step.direction === 'back' ? ' back' : ''} by ${run.proposed.by}`.slice(
        0,
        256,
      ),
    changes: planned.sets.map((set) => {
      const { ref, drain } = plannedSet(run, set);
      const expects = run.sets[set]?.live;
      const weights = step.weights[set];
      if (expects === undefined || weights === undefined)
        throw new RangeError(`set ${set} has no weights in step ${step.step}`);
      return { ref, drain, expects, weights };
    }),
  };
};

const outcomeOf = async (
  run: Run,
  number: number,
  write: SteeringWrite,
  notAfter: Instant,
  context: EffectContext,
): Promise<RunEvent> => {
  const at = { step: stepOf(run).step, batch: number };
  const { deps, options } = context;
  const refused = (kind: string, because: string, again: boolean): RunEvent => ({
    type: 'batch.refused',
    data: { ...at, kind, because, again },
  });
  // The check that counts is this one, right before the request leaves: a process may have slept since it was judged.
  if (options.checksAtCommit && deps.clock.now() > notAfter)
    return refused('commit-window', 'its snapshot was too old when it was about to leave', true);
  const steering = deps.steering(batchOf(run, number).planned.provider);
  if (steering === undefined) return refused('not-found', 'its provider is not open in this process', false);
  const deadline = abortAt(deps.clock, Math.min(notAfter, deps.clock.now() + options.requestMs), context.signal);
  try {
    const landed = await steering.replace(write, deadline.signal);
    return { type: 'batch.landed', data: { ...at, change: landed.change, fence: landed.fence, found: false } };
  } catch (error) {
    if (!(error instanceof ProviderError)) return { type: 'batch.unknown', data: { ...at, because: whyOf(error) } };
    if (LOOK_FIRST.has(error.kind))
      return { type: 'batch.unknown', data: { ...at, kind: error.kind, because: `${error.kind}: ${error.message}` } };
    return refused(error.kind, error.message, AGAIN.has(error.kind));
  } finally {
    deadline.clear();
  }
};

/** Intends, sends and records some batches of a step at once. Nothing leaves before its intent is in the journal (rule 4). */
export const send = async (run: Run, next: Send, snapshot: Snapshot, context: EffectContext): Promise<void> => {
  const writes = next.batches.map((number) => {
    const fence = fenceFor(run, zoneKey(batchOf(run, number).planned), context);
    return { number, fence, write: writeOf(run, number, fence) };
  });
  const stranger = writes.find(({ fence }) => isForeignMarker(fence.expects, context));
  if (stranger?.fence.expects != null) {
    const held = foreignStoreHold(stranger.write.zone, stranger.fence.expects);
    await context.tail.appendDecided(run, [held], context.epoch, context.tail.view.fleetVersion);
    return;
  }
  const intents = writes.map(
    ({ number, fence }): RunEvent => ({
      type: 'batch.intended',
      data: {
        step: stepOf(run).step,
        batch: number,
        fence,
        factsDigest: snapshot.digest,
        factsAt: snapshot.facts.at,
        notAfter: next.notAfter,
      },
    }),
  );
  const intended = await context.tail.appendDecided(run, intents, context.epoch, context.tail.view.fleetVersion);
  if (!intended) return;
  await Promise.all(
    writes.map(async ({ number, write }) => {
      const outcome = await outcomeOf(run, number, write, next.notAfter, context);
      context.deps.watcher.tell({
        what: outcome.type,
        run: run.run,
        detail: `${write.zone}: ${write.changes.length} sets`,
      });
      await context.tail.appendOutcome(run.run, [outcome], context.epoch);
    }),
  );
};
