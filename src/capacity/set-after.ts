import { type Answerer, answering } from '../domain/effective.ts';
import type { SetFacts } from '../domain/facts.ts';
import type { PlannedSet } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import type { DrainMethod, Weights } from '../domain/steering.ts';
import { worstShares } from './headroom.ts';
import { failOpenOf, type SetShape, type Slot, spread } from './set-shape.ts';

/** One steering set, prepared for many candidates. */
export interface SetModel {
  readonly planned: PlannedSet;
  /** Null when the set was not read. */
  readonly facts: SetFacts | null;
  /** Part of the service's traffic, 0..1. */
  readonly part: number;
  readonly shape: SetShape;
}

/** What all sets of one shape will answer once the same weights have landed on them. Shares by region index. */
export interface Outcome {
  /** By slot of the shape. */
  readonly slots: readonly Answerer[];
  readonly after: readonly number[];
  readonly worst: readonly number[];
}

/** What one set will answer once `weights` have landed. */
export interface SetAfter {
  readonly model: SetModel;
  readonly weights: Weights;
  readonly outcome: Outcome;
}

/** A drained member stays at the vendor unless its record is taken away; a member that serves is there. */
const answererAfter = ({ before }: Slot, weight: number | null, drain: DrainMethod): Answerer => ({
  weight,
  present: weight === null ? drain !== 'remove' && before.present : true,
  check: before.check,
});

const outcomeOf = ({ pattern, slots: now, capabilities, before }: SetShape, weights: Weights): Outcome => {
  const slots = now.map((slot) => answererAfter(slot, weights[slot.name] ?? null, pattern.drain));
  const after = spread(now, answering(slots, failOpenOf(capabilities)), pattern.regions);
  return { slots, after, worst: worstShares(before, after) };
};

const sameWeights = (a: Weights, b: Weights): boolean => {
  if (a === b) return true;
  const members = keysOf(a);
  return (
    members.length === keysOf(b).length && members.every((member) => b[member] !== undefined && a[member] === b[member])
  );
};

/** The outcomes of one candidate: worked out once for all sets of a shape that get the same weights. */
export interface Outcomes {
  readonly of: (model: SetModel, weights: Weights) => SetAfter;
  /** One set for each outcome, the first that has it: what the rules say about it they say about all the others. */
  readonly firsts: readonly SetAfter[];
}

export const outcomes = (): Outcomes => {
  const firsts: SetAfter[] = [];
  const known = new Map<SetShape, SetAfter[]>();
  let last: SetAfter | null = null;
  const first = (model: SetModel, weights: Weights): SetAfter => {
    // Neighbours are mostly sets of one service, which go the same way.
    if (last !== null && last.model.shape === model.shape && last.weights === weights) return last;
    const alike = known.get(model.shape) ?? [];
    for (const one of alike) if (sameWeights(one.weights, weights)) return one;
    const made = { model, weights, outcome: outcomeOf(model.shape, weights) };
    known.set(model.shape, [...alike, made]);
    firsts.push(made);
    return made;
  };
  return {
    firsts,
    of: (model, weights) => {
      last = first(model, weights);
      return { model, weights, outcome: last.outcome };
    },
  };
};
