import type { App } from '@slack/bolt';
import type { ObjectionCode } from '../../domain/objections.ts';
import type { MoveRequest, OverrideRequest } from '../../domain/plan.ts';
import { essenceOf, isSameEssence } from '../../operations/essence.ts';
import { type Planned, planMove, proposeMove } from '../../operations/propose-move.ts';
import { arrivalOf } from '../arrival.ts';
import { asView } from '../as-view.ts';
import type { Door } from '../door.ts';
import { keysIn } from '../keys-in.ts';
import { placeOf, type Turn, takeTurn } from '../turn.ts';
import { type ConfirmMetadata, readMetadata } from '../values.ts';
import { viewOf } from '../view-of.ts';
import { overrideChoices } from '../views/break-glass.ts';
import { renderConfirmRefused, renderProposed, renderProposing } from '../views/confirm.ts';
import { CONFIRM, FIELDS } from '../views/ids.ts';
import { renderRestarting } from '../views/refused.ts';
import { needsCodeFor, planToConfirm, showToConfirm } from './confirm.ts';
import { type Filled, fieldErrors, filledIn } from './fields.ts';
import { withCode } from './proof.ts';

const CHANGED = 'The plan has changed while you read it, so nothing was proposed. Read it again.';
const WITH_OVERRIDES =
  'This is the plan with what you ticked set aside. Nothing was proposed yet: read it, and confirm it.';

const withReason = (overrides: readonly OverrideRequest[], because: string): readonly OverrideRequest[] =>
  overrides.map((override) => ({ ...override, because }));

/** The move as it was confirmed: the reason is the one typed last. */
const moveOf = ({ m }: ConfirmMetadata, { reason }: Filled): MoveRequest => ({
  ...m,
  because: reason,
  overrides: withReason(m.overrides, reason),
});

/** What was ticked and is not part of the plan that was shown. */
const newlyTicked = ({ m }: ConfirmMetadata, { overrides }: Filled): readonly ObjectionCode[] =>
  overrides.filter((code) => !m.overrides.some((known) => known.code === code));

/** The overrides of what was ticked. For gates they name gates and destinations (design rule 6), as the plan refuses them now. */
const overridesOf = async (
  { door, asker }: Turn,
  move: MoveRequest,
  ticked: readonly ObjectionCode[],
): Promise<readonly OverrideRequest[]> => {
  const refused = await planMove(door.deps, asker, move);
  const choices = refused.ok ? overrideChoices(refused.value) : [];
  return ticked.map((code) => ({
    code,
    because: move.because,
    names: choices.find((choice) => choice.code === code)?.names ?? [],
  }));
};

/** Proposes exactly the plan that was shown; shows the new one where it is another by now. */
const propose = async (turn: Turn, viewId: string, shown: string, filled: Filled, move: MoveRequest): Promise<void> => {
  const { door, context } = turn;
  const asker = await withCode(turn, filled.code);
  const other: { plan: Planned | null } = { plan: null };
  const agreed = async (plan: Planned): Promise<boolean> => {
    const isSame = plan.envelope !== null && isSameEssence(essenceOf(plan.envelope, door.deps.hash), shown);
    other.plan = isSame ? null : plan;
    return isSame;
  };
  const answer = await proposeMove(door.deps, asker, move, agreed);
  if (answer.ok) {
    await door.answers.update(viewId, renderProposed(answer.value, context), '');
    return;
  }
  if (answer.refusal.kind === 'declined' && other.plan !== null) {
    await showToConfirm(turn, move, other.plan, { viewId, reason: filled.reason, changed: [CHANGED] });
    return;
  }
  await door.answers.update(viewId, renderConfirmRefused(move, answer.refusal), '');
};

const confirmed = async (turn: Turn, viewId: string, metadata: ConfirmMetadata, filled: Filled): Promise<void> => {
  const move = moveOf(metadata, filled);
  const ticked = newlyTicked(metadata, filled);
  if (ticked.length === 0) return propose(turn, viewId, metadata.e, filled, move);
  const wider = { ...move, overrides: [...move.overrides, ...(await overridesOf(turn, move, ticked))] };
  await planToConfirm(turn, wider, { viewId, reason: filled.reason, changed: [WITH_OVERRIDES] });
};

/** The confirming modal: field errors at once, then the proposal. Each state of it can be sent once. */
export const listenToSubmit = (app: App, door: Door): void => {
  app.view({ callback_id: CONFIRM, type: 'view_submission' }, async ({ ack, body, view, context }) => {
    const metadata = readMetadata(view.private_metadata);
    if (metadata === null) return ack({ response_action: 'clear' });
    const filled = filledIn(view.state.values);
    const settings = door.settings.last;
    const errors = door.work.isDraining
      ? { [FIELDS.reason.block]: renderRestarting(null).text.slice(0, 300) }
      : fieldErrors(metadata.m, filled, needsCodeFor({ settings }, metadata.m));
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const proposing = renderProposing(metadata.m);
    await ack({ response_action: 'update', view: viewOf(proposing, view.private_metadata) });
    await door.work.track(async () => {
      const keys = [...keysIn(context), `view ${view.id} ${view.hash}`];
      if (!(await door.seen.claim(keys))) return;
      const place = { ...placeOf(arrivalOf(body)), channel: metadata.c };
      const taken = await takeTurn(door, place, keys, { need: 'change', verb: metadata.m.verb, plans: false });
      if (taken.ok) return confirmed(taken.turn, view.id, metadata, filled);
      await door.answers.update(view.id, asView(proposing.title, CONFIRM, taken.answer), '');
    });
  });
};
