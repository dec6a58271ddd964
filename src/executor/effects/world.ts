import type { SetId } from '../../domain/ids.ts';
import { afterWrite, differences } from '../../domain/set-state.ts';
import type { Fence, SetState } from '../../domain/steering.ts';
import { readRefs } from '../../facts/read-sets.ts';
import type { ForeignSet } from '../../run/events.ts';
import type { Run, StepRun } from '../../run/state.ts';
import { type EffectContext, inTime, plannedSet } from './context.ts';

export interface World {
  readonly sets: Readonly<Record<SetId, SetState>>;
  readonly fences: Readonly<Record<string, Fence | null>>;
}

/** Thrown when the vendor could not be read: the caller waits and looks again. */
export class WorldUnknown extends Error {
  override readonly name = 'WorldUnknown';
}

/** What the vendors hold now for these sets; all of it or nothing. */
export const lookAt = async (run: Run, sets: readonly SetId[], context: EffectContext): Promise<World> => {
  const { deps } = context;
  const refs = sets.map((set) => plannedSet(run, set).ref);
  const providers = new Set(refs.map(({ provider }) => provider));
  const steerings = new Map(
    [...providers].flatMap((provider) => {
      const steering = deps.steering(provider);
      return steering === undefined ? [] : [[provider, steering] as const];
    }),
  );
  const look = (signal: AbortSignal) => readRefs(refs, { steerings, now: () => deps.clock.now() }, signal);
  const read = await inTime(context, look, new Set(refs.map(({ zone }) => zone)).size);
  if (read.missing.length > 0) throw new WorldUnknown(read.missing.join('; '));
  const found = Object.values(read.sets).map(({ state }) => [state.set, state] as const);
  return { sets: Object.fromEntries(found), fences: read.fences };
};

export type Seen = 'intended' | 'expected' | 'foreign';

/** What a set turned out to be: as the step wanted it, as it was before, or neither. */
export const judgeSet = (
  run: Run,
  step: StepRun,
  set: SetId,
  world: World,
): { readonly seen: Seen; readonly foreign: ForeignSet | null } => {
  const live = world.sets[set] ?? { set, members: [] };
  const known = run.sets[set];
  const weights = step.weights[set];
  if (known === undefined) throw new RangeError(`set ${set} is not part of ${run.run}`);
  if (weights !== undefined) {
    const intended = afterWrite(known.live, weights, plannedSet(run, set).drain);
    if (differences(intended, live).length === 0) return { seen: 'intended', foreign: null };
  }
  const diff = differences(known.live, live);
  if (diff.length === 0) return { seen: 'expected', foreign: null };
  return { seen: 'foreign', foreign: { set, live, diff } };
};
