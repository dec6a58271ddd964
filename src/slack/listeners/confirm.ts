import { needsCode } from '../../access/second-factor.ts';
import { type Objection, refusals } from '../../domain/objections.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import { refuse } from '../../operations/answer.ts';
import { essenceOf } from '../../operations/essence.ts';
import { type Planned, planMove } from '../../operations/propose-move.ts';
import { wordFor } from '../../words/word-for.ts';
import type { Turn } from '../turn.ts';
import { metadataText } from '../values.ts';
import { renderConfirm, renderConfirmRefused } from '../views/confirm.ts';
import { mayBreakGlass } from './plan.ts';

/** A modal that is open, and what stands in it besides the plan. */
export interface Confirming {
  readonly viewId: string;
  readonly reason: string;
  /** Sentences about what is not as it was shown before. */
  readonly changed: readonly string[];
}

export const needsCodeFor = (
  { settings }: Pick<Turn, 'settings'>,
  { overrides }: Pick<MoveRequest, 'overrides'>,
): boolean => needsCode(settings.slack, overrides.length > 0 ? 'break-glass' : 'propose');

const canBeSetAside = (objections: readonly Objection[]): boolean =>
  refusals(objections).some(({ override }) => override === 'admin-and-second-person');

/** Shows a plan to confirm, or why it cannot be. From now on the modal stands for exactly this plan. */
export const showToConfirm = async (
  turn: Turn,
  move: MoveRequest,
  plan: Planned,
  { viewId, reason, changed }: Confirming,
): Promise<void> => {
  const { door, place, context } = turn;
  const { envelope, objections, forecast } = plan;
  const isRefused = envelope === null || refusals(objections).length > 0;
  const breakGlass = canBeSetAside(objections) && (await mayBreakGlass(turn));
  if (envelope === null || (isRefused && !breakGlass)) {
    const { refusal } = refuse([], { objections, forecast });
    await door.answers.update(viewId, renderConfirmRefused(move, refusal), '');
    return;
  }
  const options = { word: wordFor(move), reason, asksForCode: needsCodeFor(turn, move), breakGlass, changed };
  const metadata = metadataText({ m: move, e: essenceOf(envelope, door.deps.hash), c: place.channel });
  await door.answers.update(viewId, renderConfirm(plan, options, context), metadata);
};

/** Plans anew, and shows that. */
export const planToConfirm = async (turn: Turn, move: MoveRequest, confirming: Confirming): Promise<Planned | null> => {
  const { door, asker } = turn;
  const answer = await planMove(door.deps, asker, move);
  if (answer.ok) {
    await showToConfirm(turn, move, answer.value, confirming);
    return answer.value;
  }
  await door.answers.update(confirming.viewId, renderConfirmRefused(move, answer.refusal), '');
  return null;
};
