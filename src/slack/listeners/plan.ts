import { refusals } from '../../domain/objections.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import type { Refusal } from '../../operations/answer.ts';
import { essenceOf } from '../../operations/essence.ts';
import { mayAsk } from '../../operations/may-ask.ts';
import { planMove } from '../../operations/propose-move.ts';
import { whoami } from '../../operations/whoami.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { startValue } from '../views/button-value.ts';
import { renderPlan } from '../views/plan.ts';
import { renderRefusal } from '../views/refused.ts';

/** Whether an admin asks: only he is shown what could be set aside. */
export const mayBreakGlass = async ({ door, asker }: Turn): Promise<boolean> => {
  const answer = await whoami(door.deps, asker);
  return answer.ok && answer.value.may.includes('break-glass');
};

/** Why somebody could not start a move at all; null when his role lets him. A one-time code is asked for later. */
export const notAllowed = async ({ door, asker }: Turn, move: MoveRequest): Promise<Refusal | null> => {
  const deed = move.overrides.length > 0 ? 'break-glass' : 'propose';
  const who = await whoami(door.deps, asker);
  if (who.ok && who.value.may.includes(deed)) return null;
  const allowed = await mayAsk(door.deps, asker, deed);
  return allowed.ok ? null : allowed.refusal;
};

/** `plan …`: shows, and offers nothing. */
export const showPlan = async ({ door, asker, context }: Turn, move: MoveRequest): Promise<Rendered> => {
  const answer = await planMove(door.deps, asker, move);
  return answer.ok ? renderPlan(answer.value, null, context) : renderRefusal(answer.refusal);
};

/** `evacuate`, `shift`, `restore`: shows the plan, and offers to start exactly that one. Nothing is written. */
export const offerPlan = async (turn: Turn, move: MoveRequest): Promise<Rendered> => {
  const { door, asker, context } = turn;
  const refused = await notAllowed(turn, move);
  if (refused !== null) return renderRefusal(refused);
  const answer = await planMove(door.deps, asker, move);
  if (!answer.ok) return renderRefusal(answer.refusal);
  const { envelope, objections } = answer.value;
  const isRefused = envelope === null || refusals(objections).length > 0;
  const breaks = isRefused && (await mayBreakGlass(turn));
  const offered = envelope !== null && (!isRefused || breaks);
  const value = offered ? startValue(move, essenceOf(envelope, door.deps.hash)) : null;
  return renderPlan(answer.value, { value, mayBreakGlass: breaks }, context);
};
