import { above } from '../capacity/limit.ts';
import { ROUNDING } from '../capacity/measure.ts';
import type { SetAfter } from '../capacity/set-after.ts';
import type { Objection } from '../domain/objections.ts';
import { weightRangeOf } from '../domain/steering.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { collect, NONE, type StepContext } from './context.ts';
import { refuse } from './objection.ts';

/** Sets that nobody approved. */
export const unknownSets = ({ unknown }: StepContext): readonly Objection[] =>
  unknown.map((set) => refuse('outside-envelope', `${set} is no set of the approved plan`, { set }));

/** Every member has a weight that the vendor stores as it is: one that is left out is never "unchanged". */
export const storableWeights = ({ model, weights }: SetAfter): readonly Objection[] => {
  const { ref, service } = model.planned;
  const { capabilities } = model.shape;
  const range = capabilities === null ? undefined : weightRangeOf(ref, capabilities);
  return collect(model.shape.slots, ({ name }) => {
    const weight = weights[name];
    const fits =
      weight === null ||
      (weight !== undefined &&
        range !== undefined &&
        Number.isInteger(weight) &&
        weight >= range.minimum &&
        weight <= range.maximum);
    if (fits) return NONE;
    const limit = range === undefined ? null : `${range.minimum}..${range.maximum}`;
    const because = `${ref.name} ${ref.type}: the weight of ${name} is ${weight}, expected a whole number in ${limit ?? 'an unknown range'} or drained`;
    return [refuse('outside-envelope', because, { value: weight ?? null, limit, set: ref.set, service })];
  });
};

/**
 * On its way out no share leaves what lies between its start and its end in the plan; more than that is a new plan (design
 * rule 5). On the way back a failing region may be left out, so that others hold more than they had.
 */
export const onTheWay = ({ step }: StepContext, { model, outcome: { slots } }: SetAfter): readonly Objection[] => {
  if (step.direction === 'back' || step.rollingBack) return NONE;
  const { from, to, ref, service } = model.planned;
  let whole = 0;
  for (const { weight } of slots) whole += weight ?? 0;
  return collect(model.shape.slots, ({ owner: region }, i) => {
    const share = whole > 0 ? (slots[i]?.weight ?? 0) / whole : 0;
    const ends = [(from[region] ?? 0) / WHOLE, (to[region] ?? 0) / WHOLE];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    if (!above(share, high + ROUNDING) && !above(low, share + ROUNDING)) return NONE;
    const value = Math.round(share * WHOLE);
    const limit = `${percentText(low * WHOLE)}..${percentText(high * WHOLE)}`;
    const because = `${ref.name} ${ref.type}: ${region} would have ${percentText(value)}, the approved plan has it within ${limit}`;
    return [refuse('outside-envelope', because, { value, limit, region, set: ref.set, service })];
  });
};
