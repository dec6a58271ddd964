import { ProviderError } from '../../../providers/errors.ts';
import type { Fence } from '../../domain/steering.ts';
import type { ForeignSet, RunEvent } from '../../run/events.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { abortAt } from '../abort-at.ts';
import { Superseded } from '../deps.ts';
import { batchOf, type EffectContext, stepOf } from './context.ts';
import { foreignHold, foreignStoreHold, isForeignMarker } from './foreign.ts';
import { judgeSet, lookAt, type World, WorldUnknown } from './world.ts';

/** Tries to raise a marker before giving up for now: each failure means that somebody else just wrote there. */
const RAISES = 5;

/**
 * Raises the zone's marker to this epoch, so that a process which stalled under an older one can no longer write there
 * whatever it still holds in its hands (design rule 3). Returns what happened, null when the marker stood there already.
 */
const raise = async (run: Run, number: number, context: EffectContext): Promise<RunEvent | null> => {
  const { planned } = batchOf(run, number);
  const { deps, epoch } = context;
  const ours: Fence = { store: deps.journal.store, epoch };
  const steering = deps.steering(planned.provider);
  if (steering === undefined) throw new WorldUnknown(`provider ${planned.provider} is not open in this process`);
  for (let attempt = 0; attempt < RAISES; attempt += 1) {
    const world = await lookAt(run, planned.sets, context);
    const seen = world.fences[planned.zone] ?? null;
    // Whatever a stalled process of this store still holds expects this store's marker, so it can no longer land.
    if (seen !== null && seen.store !== ours.store) return null;
    if (seen !== null && seen.epoch > epoch) throw new Superseded(`zone ${planned.zone} carries epoch ${seen.epoch}`);
    if (seen !== null && seen.epoch === epoch) return null;
    const deadline = abortAt(deps.clock, deps.clock.now() + context.options.requestMs, context.signal);
    try {
      const fence = { expects: seen, leaves: ours };
      await steering.replace(
        { zone: planned.zone, changes: [], fence, comment: `steer ${run.run}: epoch ${epoch}` },
        deadline.signal,
      );
      return { type: 'fence.raised', data: { zone: planned.zone, fence: ours } };
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'conflict') throw error;
    } finally {
      deadline.clear();
    }
  }
  throw new WorldUnknown(`the marker of ${planned.zone} changes faster than it can be raised`);
};

const needsFence = (run: Run, number: number, context: EffectContext): boolean => {
  const fence = batchOf(run, number).fence;
  return context.options.fences && fence !== null && fence.leaves.epoch < context.epoch;
};

const verdictOf = (run: Run, number: number, world: World): RunEvent[] => {
  const step = stepOf(run);
  const batch = batchOf(run, number);
  const at = { step: step.step, batch: number };
  const seen = batch.planned.sets.map((set) => judgeSet(run, step, set, world));
  const foreign = seen.flatMap(({ foreign: found }): ForeignSet[] => (found === null ? [] : [found]));
  const landed = seen.some((set) => set.seen === 'intended') && !seen.some((set) => set.seen === 'expected');
  const fence = world.fences[batch.planned.zone] ?? null;
  const edits: RunEvent[] =
    foreign.length === 0 ? [] : [{ type: 'sets.foreign', data: { step: step.step, sets: foreign } }];
  if (landed && fence !== null)
    return [{ type: 'batch.landed', data: { ...at, change: null, fence, found: true } }, ...edits];
  const marker: RunEvent[] = [{ type: 'fence.seen', data: { zone: batch.planned.zone, fence } }];
  if (foreign.length === batch.planned.sets.length) return [...marker, ...edits];
  const because = `it did not land (${batch.because ?? 'no answer came'})`;
  return [...marker, { type: 'batch.refused', data: { ...at, kind: 'not-landed', because, again: true } }, ...edits];
};

/**
 * Batches whose outcome nobody knows are settled by looking at the world: landed, to be sent again, or a foreign edit
 * (design rules 2 and 4). A batch of an older epoch is fenced off first.
 */
export const settle = async (run: Run, batches: readonly number[], context: EffectContext): Promise<void> => {
  for (const number of batches) {
    if (needsFence(run, number, context)) {
      const raised = await raise(run, number, context);
      if (raised !== null) await context.tail.appendOutcome(run.run, [raised], context.epoch);
    }
    const current = context.tail.run(run.run);
    const { planned } = batchOf(current, number);
    const world = await lookAt(current, planned.sets, context);
    const events = verdictOf(current, number, world);
    const hasForeign = events.some(({ type }) => type === 'sets.foreign');
    const holds = hasForeign && !current.envelope.goesOnWithoutForeignSets && !isEnded(current);
    const marker = world.fences[planned.zone] ?? null;
    const held = [
      ...(holds ? [foreignHold(events)] : []),
      ...(isForeignMarker(marker, context) && !isEnded(current) ? [foreignStoreHold(planned.zone, marker)] : []),
    ];
    await context.tail.appendOutcome(run.run, [...events, ...held], context.epoch);
  }
};
