import type { SetAfter } from '../capacity/set-after.ts';
import { isServing } from '../domain/effective.ts';
import type { Objection } from '../domain/objections.ts';
import { NONE } from './context.ts';
import { refuse } from './objection.ts';

/** No write may leave a set without a serving member (design rule 1). Enforced again in the last layer before the vendor. */
export const allDrained = ({ model, outcome }: SetAfter): readonly Objection[] => {
  if (outcome.slots.some(isServing)) return NONE;
  const { ref, service } = model.planned;
  const because = `${ref.name} ${ref.type} would have no serving member left`;
  return [refuse('all-drained', because, { value: 0, limit: 1, set: ref.set, service })];
};
