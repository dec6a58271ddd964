import { z } from 'zod';
import type { Request } from '../../grammar/request.ts';
import { freeze, unfreeze } from '../../operations/freeze.ts';
import { mayAsk } from '../../operations/may-ask.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderFrozen, renderUnfrozen } from '../views/answers.ts';
import { renderFreezeQuestion } from '../views/freeze.ts';
import { renderProblems, renderRefusal } from '../views/refused.ts';

const VALUE = z.strictObject({ because: z.string().min(1).max(1500), forMs: z.number().positive().nullable() });

/** Asks once more; a freeze keeps everybody from starting anything. */
export const typedFreeze = async (
  { door, asker }: Turn,
  request: Extract<Request, { verb: 'freeze' | 'unfreeze' }>,
): Promise<Rendered> => {
  const allowed = await mayAsk(door.deps, asker, request.verb);
  if (!allowed.ok) return renderRefusal(allowed.refusal);
  const forMs = request.verb === 'freeze' ? request.forMs : null;
  const value = { because: request.because.slice(0, 1500), forMs };
  return renderFreezeQuestion(request.verb, request.because, JSON.stringify(value));
};

const read = (text: string): z.infer<typeof VALUE> | null => {
  try {
    return VALUE.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** The button of that question. */
export const freezeNow = async (turn: Turn, verb: 'freeze' | 'unfreeze', text: string): Promise<Rendered | null> => {
  const { door, asker, context } = turn;
  const value = read(text);
  if (value === null) return renderProblems(['This button is not one of mine.']);
  if (!(await door.seen.claim(turn.keys))) return null;
  if (verb === 'freeze') {
    const answer = await freeze(door.deps, asker, value);
    return answer.ok ? renderFrozen(answer.value, context) : renderRefusal(answer.refusal);
  }
  const answer = await unfreeze(door.deps, asker, value);
  return answer.ok ? renderUnfrozen(answer.value, context) : renderRefusal(answer.refusal);
};
