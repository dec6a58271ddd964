import { ProviderError } from '../../../providers/errors.ts';
import { type Fence, zoneKey } from '../../domain/steering.ts';
import type { Instant } from '../../domain/units.ts';
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
    const seen = world.fences[zoneKey(planned)] ?? null;
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
      return { type: 'fence.raised', data: { zone: zoneKey(planned), fence: ours } };
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
  const fence = world.fences[zoneKey(batch.planned)] ?? null;
  const edits: RunEvent[] =
    foreign.length === 0 ? [] : [{ type: 'sets.foreign', data: { step: step.step, sets: foreign } }];
  const marker: RunEvent[] = [{ type: 'fence.seen', data: { zone: zoneKey(batch.planned), fence } }];
  // Records say what landed, the marker only who may write next: somebody may have taken it away meanwhile.
  const left = fence ?? batch.fence?.leaves ?? null;
  if (landed && left !== null) {
    const found: RunEvent = { type: 'batch.landed', data: { ...at, change: null, fence: left, found: true } };
    return [found, ...(fence === null ? marker : []), ...edits];
  }
  if (foreign.length === batch.planned.sets.length) return [...marker, ...edits];
  const because = `it did not land (${batch.because ?? 'no answer came'})`;
  return [...marker, { type: 'batch.refused', data: { ...at, kind: 'not-landed', because, again: true } }, ...edits];
};

/**
 * A request without an answer may still be on its way after everybody has stopped waiting for it, and arrive when the zone
 * happens to be as it expects. One that was refused by its condition cannot.
 */
const mayStillLand = (run: Run, number: number, { options, epoch }: EffectContext): boolean => {
  const { fence, unknownAs } = batchOf(run, number);
  return options.fences && unknownAs !== 'conflict' && fence?.leaves.epoch === epoch;
};

/**
 * When it can be said that a batch did not land; null for at once. A vendor with a marker refuses what comes late, once the
 * marker was raised. One without is waited for: the request is aborted at `notAfter`, whoever sent it (design rule 3).
 */
const decidableAt = (run: Run, number: number, context: EffectContext): Instant | null => {
  const { planned, notAfter } = batchOf(run, number);
  const { deps } = context;
  if (deps.steering(planned.provider)?.capabilities.fence === 'waited')
    return notAfter !== null && deps.clock.now() <= notAfter ? notAfter + 1 : null;
  if (mayStillLand(run, number, context))
    throw new Superseded(`batch ${number} of ${run.run} may still land: a new epoch fences it off`);
  return null;
};

const holdsFor = (run: Run, number: number, events: readonly RunEvent[], world: World, context: EffectContext) => {
  if (isEnded(run)) return [];
  const zone = zoneKey(batchOf(run, number).planned);
  const marker = world.fences[zone] ?? null;
  const isHeld = events.some(({ type }) => type === 'sets.foreign') && !run.envelope.goesOnWithoutForeignSets;
  return [
    ...(isHeld ? [foreignHold(events)] : []),
    ...(isForeignMarker(marker, context) ? [foreignStoreHold(zone, marker)] : []),
  ];
};

/**
 * Batches whose outcome nobody knows are settled by looking at the world: landed, to be sent again, or a foreign edit
 * (design rules 2 and 4). A batch of an older epoch is fenced off first, one of this epoch by beginning a new one. Returns
 * when to look again, null when all are settled.
 */
export const settle = async (run: Run, batches: readonly number[], context: EffectContext): Promise<Instant | null> => {
  for (const number of batches) {
    if (needsFence(run, number, context)) {
      const raised = await raise(run, number, context);
      if (raised !== null) await context.tail.appendOutcome(run.run, [raised], context.epoch);
    }
    const current = context.tail.run(run.run);
    const world = await lookAt(current, batchOf(current, number).planned.sets, context);
    const events = verdictOf(current, number, world);
    const isLanded = events.some(({ type }) => type === 'batch.landed');
    const later = isLanded ? null : decidableAt(current, number, context);
    if (later !== null) return later;
    const held = holdsFor(current, number, events, world, context);
    await context.tail.appendOutcome(run.run, [...events, ...held], context.epoch);
  }
  return null;
};
