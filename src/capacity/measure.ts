import type { SetId } from '../domain/ids.ts';
import type { Weights } from '../domain/steering.ts';
import { partOf, served, servedAtMost } from './in-service.ts';
import { above } from './limit.ts';
import type { ServiceModel } from './service-model.ts';
import type { Outcomes, SetAfter, SetModel } from './set-after.ts';

/**
 * Whole-number weights move a share by up to 1/sum although nobody meant it (Route 53: 0.4 %). A region that gains less
 * than this, and that the plan does not send traffic to, is no destination.
 */
export const ROUNDING = 0.01;

/** One service after one candidate step. Arrays run over `model.regions`; capacity in the service's unit. */
export interface Measured {
  readonly model: ServiceModel;
  readonly sets: readonly SetAfter[];
  /** w after the step, and the highest w while its batches land in whatever order. */
  readonly after: readonly number[];
  readonly worst: readonly number[];
  /** Destinations of this step: regions whose share grows. */
  readonly gains: readonly boolean[];
  /** S and S' as the budget counts them, parts of K. */
  readonly before: number;
  readonly left: number;
  /** The most S could be with the regions that are still there, a part of K. */
  readonly atMost: number;
  /** S' as the floor counts it: unknown capacity that stays counts as nothing. A part of K. */
  readonly floorLeft: number;
}

const gainsIn = (model: ServiceModel, worst: readonly number[], direction: 'out' | 'back'): readonly boolean[] => {
  const wanted = direction === 'out' ? model.gainsOut : model.gainsBack;
  return model.regions.map((_, r) => {
    const before = model.before[r] ?? 0;
    const most = worst[r] ?? 0;
    const isMeant = wanted[r] === true || before === 0;
    return above(most, before + (isMeant ? 0 : ROUNDING));
  });
};

/** Adds what one set carries to the shares of its service. */
const add = (shares: number[], { part }: SetModel, own: readonly number[]): void => {
  for (let r = 0; r < shares.length; r += 1) shares[r] = (shares[r] ?? 0) + part * (own[r] ?? 0);
};

/** S' of a service that holds `after`, and S before it, with the credit of the direction each region goes in. */
export const measure = (
  model: ServiceModel,
  weights: Readonly<Record<SetId, Weights>>,
  direction: 'out' | 'back',
  outcomes: Outcomes,
): Measured => {
  const sets: SetAfter[] = [];
  const after = new Array<number>(model.regions.length).fill(0);
  const worst = new Array<number>(model.regions.length).fill(0);
  for (const set of model.sets) {
    const own = weights[set.planned.ref.set];
    if (own === undefined) {
      add(after, set, set.shape.before);
      add(worst, set, set.shape.before);
      continue;
    }
    const changed = outcomes.of(set, own);
    sets.push(changed);
    add(after, set, changed.outcome.after);
    add(worst, set, changed.outcome.worst);
  }
  const credit = model.credit.map(({ leaving, staying }, r) =>
    above(model.before[r] ?? 0, after[r] ?? 0) ? leaving : staying,
  );
  const { whole } = model.reference;
  return {
    model,
    sets,
    after,
    worst,
    gains: gainsIn(model, worst, direction),
    before: partOf(served(model.reference, model.before, credit), whole),
    left: partOf(served(model.reference, after, credit), whole),
    atMost: partOf(servedAtMost(model.reference, credit), whole),
    floorLeft: partOf(served(model.reference, after, model.staying), whole),
  };
};

/** Whether a step takes healthy capacity out of service: the floor and the budget speak about no other step. */
export const lowers = ({ before, left }: Measured): boolean => above(before, left);

/** Part of the service's traffic that the step moves, 0..1. */
export const moved = ({ model, after }: Measured): number => {
  let share = 0;
  for (let r = 0; r < after.length; r += 1) share += Math.max(0, (after[r] ?? 0) - (model.before[r] ?? 0));
  return share;
};
