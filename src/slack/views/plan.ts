import type { Planned } from '../../operations/propose-move.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

export interface PlanOffer {
  /** `startValue(move, essence)`; null where nothing is offered (`plan …`) or it does not fit. */
  readonly value: string | null;
  /** The asker is an admin, so refusals that can be set aside may be. */
  readonly mayBreakGlass: boolean;
}

/** The ephemeral answer to evacuate, shift, restore and plan. */
export const renderPlan = (plan: Planned, offer: PlanOffer | null, context: ViewContext): Rendered => {
  void [plan, offer, context];
  return { text: '', blocks: [] };
};
