import { parseText } from '../../grammar/parse.ts';
import type { Request } from '../../grammar/request.ts';
import { knownNames } from '../../operations/known-names.ts';
import type { Place } from '../answers.ts';
import type { Door } from '../door.ts';
import type { Need } from '../middleware/who.ts';
import type { Rendered } from '../rendered.ts';
import { type Turn, takeTurn, type Want } from '../turn.ts';
import { renderProblems } from '../views/refused.ts';
import { typedFreeze } from './freezing.ts';
import { holdNow } from './hold.ts';
import { look } from './look.ts';
import { offerPlan, showPlan } from './plan.ts';
import { typedAsk } from './typed-ask.ts';

const LOOKS: ReadonlySet<Request['verb']> = new Set([
  'status',
  'show',
  'history',
  'report',
  'whoami',
  'help',
  'drill',
  'plan',
]);

const needOf = ({ verb }: Request): Need => {
  if (verb === 'hold') return 'hold';
  return LOOKS.has(verb) ? 'look' : 'change';
};

/** Reads vendors and monitoring, or a whole run. */
const COSTLY: ReadonlySet<Request['verb']> = new Set(['propose', 'plan', 'report']);

const wantOf = (request: Request): Want => ({
  need: needOf(request),
  verb: request.verb === 'propose' ? request.move.verb : request.verb,
  plans: COSTLY.has(request.verb),
});

/** Whoever mistypes looks: he is told what is wrong, wherever he is. */
const NOT_UNDERSTOOD: Want = { need: 'look', verb: '', plans: false };

const perform = (turn: Turn, request: Request): Promise<Rendered | null> => {
  switch (request.verb) {
    case 'plan':
      return showPlan(turn, request.move);
    case 'propose':
      return offerPlan(turn, request.move);
    case 'hold':
      return holdNow(turn, request);
    case 'approve':
    case 'deny':
    case 'resume':
    case 'stop':
    case 'rollback':
      return typedAsk(turn, request);
    case 'freeze':
    case 'unfreeze':
      return typedFreeze(turn, request);
    case 'status':
    case 'show':
    case 'history':
    case 'report':
    case 'whoami':
    case 'help':
    case 'drill':
      return look(turn, request);
  }
};

/** A synonym whose meaning the person should see stands before the answer. */
const remarked = (remark: string | null, answer: Rendered): Rendered =>
  remark === null
    ? answer
    : {
        text: `${remark} ${answer.text}`,
        blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: remark }] }, ...answer.blocks],
      };

/** Something that a person wrote. */
export interface Sentence {
  readonly text: string;
  readonly place: Place;
  readonly keys: readonly string[];
  /** False for a mere message, which anybody may write so that it looks like somebody else's. */
  readonly mayChange: boolean;
}

const INSTEAD = 'In a message I answer questions and hold. To change something use a button, or the command /steer.';

/** A typed sentence, from words to the answer; null where there is nothing to say, because this was done already. */
export const answerTo = async (door: Door, { text, place, keys, mayChange }: Sentence): Promise<Rendered | null> => {
  door.names = await knownNames(door.deps);
  const parsed = parseText(text, door.names);
  const want = parsed.ok ? wantOf(parsed.request) : NOT_UNDERSTOOD;
  if (want.need === 'change' && !mayChange) return renderProblems([INSTEAD]);
  const taken = await takeTurn(door, place, keys, want);
  if (!taken.ok) return taken.answer;
  if (!parsed.ok) return renderProblems(parsed.problems);
  const answer = await perform(taken.turn, parsed.request);
  return answer === null ? null : remarked(parsed.remark, answer);
};
