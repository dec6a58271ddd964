import type { SteeringWrite } from '../../providers/steering.ts';
import type { Envelope } from '../../src/domain/plan.ts';
import { between } from '../../src/domain/shares.ts';
import type { SetState } from '../../src/domain/steering.ts';
import { WHOLE } from '../../src/domain/units.ts';
import { weightsFor } from '../../src/domain/weights.ts';
import type { Model } from '../support/model.ts';

const FENCE = { store: 'fixed-step', epoch: 1 };

export interface FixedStep {
  /** Part of the service's traffic that every step moves, basis points. */
  readonly step: number;
  readonly intervalMs: number;
}

/**
 * The other kind of controller: equal steps at a fixed interval towards the same end shares, as progressive delivery does
 * with `stepWeight` and `interval`. It never waits longer and never takes a larger step.
 */
export const moveInFixedSteps = async (
  model: Model,
  envelope: Envelope,
  { step, intervalMs }: FixedStep,
): Promise<void> => {
  const { clock, steering } = model;
  const live = new Map(envelope.sets.map(({ ref, base }) => [ref.set, base] as const));
  const fences = new Map<string, SteeringWrite['fence']['expects']>();
  const whole = Math.max(
    ...envelope.sets.map(({ from, to }) =>
      envelope.source === null ? 0 : (from[envelope.source] ?? 0) - (to[envelope.source] ?? 0),
    ),
  );
  const signal = new AbortController().signal;
  for (let moved = 0; moved < whole; ) {
    moved = Math.min(whole, moved + step);
    const progress = Math.round((moved * WHOLE) / whole);
    for (const [zone, sets] of Map.groupBy(envelope.sets, ({ ref }) => ref.zone)) {
      const changes = sets.map(({ ref, drain, members, base, from, to }) => {
        const expects: SetState = live.get(ref.set) ?? base;
        const weights = weightsFor(between(from, to, progress), members, steering.capabilities.weight, 255);
        return { ref, drain, expects, weights };
      });
      const fence = { expects: fences.get(zone) ?? null, leaves: FENCE };
      const landed = await steering.replace({ zone, changes, fence, comment: `fixed step to ${moved}` }, signal);
      for (const state of landed.sets) live.set(state.set, state);
      fences.set(zone, landed.fence);
    }
    await clock.sleep(intervalMs, signal);
  }
};
