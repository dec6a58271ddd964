import { needsCode } from '../../access/second-factor.ts';
import type { Request } from '../../grammar/request.ts';
import { mayAsk } from '../../operations/may-ask.ts';
import { pickRun } from '../../operations/qualifies.ts';
import { show } from '../../operations/show.ts';
import { whoami } from '../../operations/whoami.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderApproval } from '../views/approval.ts';
import { renderLive } from '../views/live.ts';
import { renderRefusal } from '../views/refused.ts';
import { askOnce } from './ask.ts';

export type TypedAsk = Extract<Request, { verb: 'approve' | 'deny' | 'resume' | 'stop' | 'rollback' }>;

/**
 * An ask that was typed. A denial moves nothing, and an approval that names the digest says what was looked at: both are
 * carried out. Everything else is answered with the run and its buttons, whose dialogs name the consequence.
 */
export const typedAsk = async (turn: Turn, request: TypedAsk): Promise<Rendered | null> => {
  const { door, asker, context } = turn;
  if (request.verb === 'deny') {
    const { run, because } = request;
    return askOnce(turn, { verb: 'deny', run, rev: null, digest: null, solo: false, because });
  }
  // With a second factor the button's form asks for the code, which nobody should type into a channel.
  const asksForCode = request.verb === 'approve' && needsCode(turn.settings.slack, 'approve');
  if (request.verb === 'approve' && !asksForCode && (request.digest !== null || request.solo)) {
    const { run, digest, solo } = request;
    return askOnce(turn, { verb: 'approve', run, rev: null, digest, solo, because: null });
  }
  const who = await whoami(door.deps, asker);
  if (who.ok && !who.value.may.includes(request.verb)) {
    const allowed = await mayAsk(door.deps, asker, request.verb);
    if (!allowed.ok) return renderRefusal(allowed.refusal);
  }
  const picked = await pickRun(door.deps, request.verb, request.run);
  if (!picked.ok) return renderRefusal(picked.refusal);
  if (request.verb === 'approve') return renderApproval(picked.value, context);
  const view = await show(door.deps, picked.value.run);
  return view.ok ? renderLive(view.value, context) : renderRefusal(view.refusal);
};
