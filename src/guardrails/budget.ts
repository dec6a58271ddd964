import { NOTHING_SPENT, peakRemoved, sumRemoved } from '../capacity/budget.ts';
import { within } from '../capacity/limit.ts';
import { lowers, type Measured } from '../capacity/measure.ts';
import type { Objection } from '../domain/objections.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import type { StepContext } from './context.ts';
import { refuse } from './objection.ts';

const countsPeak = ({ mode, step }: StepContext): boolean => mode === 'emergency' || step.rollingBack;

/** What the last 60 minutes and this step take out of one service, a part of K. */
const removedOf = (context: StepContext, { model, before, left, atMost }: Measured): number => {
  const spent = context.spent.get(model.planned.service) ?? NOTHING_SPENT;
  const removal = { before, after: left, atMost };
  return countsPeak(context) ? peakRemoved(spent, removal) : sumRemoved(spent, removal, context.step.charged);
};

/** What stands for the service in the fleet's figure before the step. */
const spentOf = (context: StepContext, { model }: Measured): number => {
  const spent = context.spent.get(model.planned.service) ?? NOTHING_SPENT;
  return countsPeak(context) ? Math.max(0, spent.highest - spent.lastAfter) : spent.removed;
};

const fleet = (context: StepContext): number => {
  const { of, total, sum, peak } = context.fleetSpent;
  let figure = countsPeak(context) ? peak : sum;
  for (const one of context.measured) {
    const weight = of[one.model.planned.service] ?? 0;
    if (total > 0) figure += (weight * (removedOf(context, one) - spentOf(context, one))) / total;
  }
  return figure;
};

/** Basis points for people, rounded up: 30.001 % does not read as 30 %. */
const shown = (part: number): number => Math.ceil(part * WHOLE - 1e-6);

/**
 * Healthy capacity leaves slowly (design rule 9). Every service stays within `capacityRemovedPerHour · K`, and so does the
 * fleet's figure over all services, also those that another run moved. A step that takes nothing out needs no budget.
 */
export const budget = (context: StepContext): readonly Objection[] => {
  const limit = context.limits.capacityRemovedPerHour;
  const lowering = context.measured.filter(lowers);
  const objections = lowering.flatMap((one) => {
    const removed = removedOf(context, one);
    if (within(removed, limit / WHOLE)) return [];
    const { service } = one.model.planned;
    const because = `${service}: ${percentText(shown(removed))} of its capacity would have left service within 60 minutes, at most ${percentText(limit)} may`;
    return [refuse('budget', because, { value: shown(removed), limit, service })];
  });
  if (lowering.length === 0) return objections;
  const removed = fleet(context);
  if (within(removed, limit / WHOLE)) return objections;
  const because = `the fleet: ${percentText(shown(removed))} of its capacity would have left service within 60 minutes, at most ${percentText(limit)} may`;
  return [...objections, refuse('budget', because, { value: shown(removed), limit })];
};
