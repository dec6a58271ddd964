import { refusals } from '../../domain/objections.ts';
import type { Envelope } from '../../domain/plan.ts';
import type { Planned } from '../../operations/propose-move.ts';
import { requestText } from '../../words/plan.ts';
import type { Rendered } from '../rendered.ts';
import type { ButtonSpec } from './blocks.ts';
import { overrideChoices } from './break-glass.ts';
import type { ViewContext } from './context.ts';
import { ACTIONS } from './ids.ts';
import { objectionLines } from './objection-lines.ts';
import { cautionGroups, effectLines, planTitle, reasonQuotes, regionGroup, regionTable } from './plan-sheet.ts';
import { type Said, say, time } from './said.ts';
import { group, rendered, type Sheet } from './sheet.ts';

export interface PlanOffer {
  /** `startValue(move, essence)`; null where the move does not fit into a button. */
  readonly value: string | null;
  /** The asker is an admin, so refusals that can be set aside may be. */
  readonly mayBreakGlass: boolean;
}

const DISCARD: ButtonSpec = { action: ACTIONS.discard, label: 'Discard plan', says: 'Discard this plan' };

const startButton = (envelope: Envelope, value: string): ButtonSpec => {
  const what = requestText(envelope.request);
  return {
    action: ACTIONS.start,
    label: 'Start…',
    says: `Start: opens a confirmation of ${what}`,
    value,
    style: envelope.request.mode === 'drill' ? 'primary' : 'danger',
  };
};

const breakGlassButton = (value: string): ButtonSpec => ({
  action: ACTIONS.breakGlass,
  label: 'Break glass…',
  says: 'Break glass: choose the refusals to set aside',
  value,
  style: 'danger',
});

interface Ending {
  readonly line: Said;
  readonly buttons: readonly ButtonSpec[];
}

const TOO_LONG =
  'This request is too long for a button. Name fewer services or a tier, or type it on the command line.';

const endingOf = (plan: Planned, envelope: Envelope, offer: PlanOffer | null): Ending => {
  const isRefused = refusals(plan.objections).length > 0;
  const second = plan.approvalNeeded
    ? 'After Start… another person must approve it.'
    : 'It needs no approval in this mode: it starts after Start….';
  if (offer === null) {
    const may = isRefused
      ? 'It could not be proposed as things are.'
      : `It could be proposed: /steer ${requestText(envelope.request)}`;
    return { line: [`This only shows a plan. ${may}`], buttons: [] };
  }
  if (!isRefused) {
    if (offer.value === null) return { line: [TOO_LONG], buttons: [] };
    return { line: [second], buttons: [startButton(envelope, offer.value), DISCARD] };
  }
  const line: Said = ['This plan cannot be proposed as things are. Nothing was done.'];
  const mayBreak = offer.mayBreakGlass && offer.value !== null && overrideChoices(plan).length > 0;
  return { line, buttons: mayBreak && offer.value !== null ? [breakGlassButton(offer.value), DISCARD] : [] };
};

const withoutEnvelope = ({ objections }: Planned): Sheet => ({
  title: 'NO PLAN: it is refused (nothing has changed)',
  groups: [group(objectionLines(objections)), group([['Each code has an entry in runbooks/README.md.']])],
});

/** The ephemeral answer to evacuate, shift and restore, with `offer` what its buttons carry; and to `plan …`, without one. */
export const renderPlan = (plan: Planned, offer: PlanOffer | null, context: ViewContext): Rendered => {
  const { envelope, forecast } = plan;
  if (envelope === null) return rendered(withoutEnvelope(plan), context);
  const { line, buttons } = endingOf(plan, envelope, offer);
  const by = say`Start by ${time(envelope.startBy)}, finish by ${time(envelope.finishBy)}`;
  return rendered(
    {
      title: `${planTitle(envelope)} (nothing has changed yet)`,
      groups: [
        group(effectLines(envelope, forecast)),
        regionGroup(envelope, forecast),
        ...cautionGroups(plan),
        group([line]),
      ],
      decoration: regionTable(envelope, forecast),
      quotes: reasonQuotes(envelope.request),
      buttons,
      footer: [by],
    },
    context,
  );
};
