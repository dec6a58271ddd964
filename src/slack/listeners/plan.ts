import type { MoveRequest } from '../../domain/plan.ts';
import { refusals } from '../../domain/objections.ts';
import { essenceOf } from '../../operations/essence.ts';
import { mayAsk } from '../../operations/may-ask.ts';
import { planMove } from '../../operations/propose-move.ts';
import { whoami } from '../../operations/whoami.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderRefusal } from '../views/answers.ts';
import { startValue } from '../views/button-value.ts';
import { renderPlan } from '../views/plan.ts';

/** Whether an admin asks: only he is shown what could be set aside. */
export const mayBreakGlass = async ({ door, asker }: Turn): Promise<boolean> => {
  const answer = await whoami(door.deps, asker);
  return answer.ok && answer.value.may.includes('break-glass');
};

/** `plan …`: shows, and offers nothing. */
export const showPlan = async ({ door, asker, context }: Turn, move: MoveRequest): Promise<Rendered> => {
  const answer = await planMove(door.deps, asker, move);
  return answer.ok ? renderPlan(answer.value, null, context) : renderRefusal(answer.refusal);
};

/** `evacuate`, `shift`, `restore`: shows the plan, and offers to start exactly that one. Nothing is written. */
export const offerPlan = async (turn: Turn, move: MoveRequest): Promise<Rendered> => {
  const { door, asker, context } = turn;
  const allowed = await mayAsk(door.deps, asker, move.overrides.length > 0 ? 'break-glass' : 'propose');
  if (!allowed.ok) return renderRefusal(allowed.refusal);
  const answer = await planMove(door.deps, asker, move);
  if (!answer.ok) return renderRefusal(answer.refusal);
  const { envelope, objections } = answer.value;
  const isRefused = envelope === null || refusals(objections).length > 0;
  const breaks = isRefused && (await mayBreakGlass(turn));
  const offered = envelope !== null && (!isRefused || breaks);
  const value = offered ? startValue(move, essenceOf(envelope, door.deps.hash)) : null;
  return renderPlan(answer.value, { value, mayBreakGlass: breaks }, context);
};
