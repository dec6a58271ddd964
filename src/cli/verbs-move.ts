import { refusals } from '../domain/objections.ts';
import type { MoveRequest } from '../domain/plan.ts';
import { type Planned, planMove, proposeMove } from '../operations/propose-move.ts';
import { share } from '../words/numbers.ts';
import { planShares } from '../words/region-shares.ts';
import { wordFor } from '../words/word-for.ts';
import { confirmTyped, NOBODY_TO_ASK, notConfirmed } from './confirm.ts';
import { EXIT } from './exit-codes.ts';
import { proposedLines } from './render/answers.ts';
import { planLines } from './render/plan.ts';
import type { VerbRun } from './verb.ts';
import { followRun } from './watch.ts';

/** `plan …`: shows, and proposes nothing. A plan that may not run is a finding of this command, not a failure. */
export const planVerb = async ({ desk, asker, print }: VerbRun, move: MoveRequest): Promise<number> => {
  const answer = await planMove(desk.deps, asker, move);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => planLines(answer.value, style));
  const mayRun = answer.value.envelope !== null && refusals(answer.value.objections).length === 0;
  return mayRun ? EXIT.done : EXIT.refused;
};

const percentages = ({ envelope }: Planned): string => {
  if (envelope === null) return '';
  const { from, to } = planShares(envelope);
  return Object.entries(to)
    .map(([region, after]) => `${region} ${share(from[region as keyof typeof from] ?? 0)} -> ${share(after)}`)
    .join(', ');
};

/** `evacuate`, `shift`, `restore`: shows the plan, asks for the region's name, and proposes exactly what was shown. */
export const proposeVerb = async (verb: VerbRun, move: MoveRequest): Promise<number> => {
  const { context, desk, asker, flags, print } = verb;
  const word = wordFor(move);
  const asked: { outcome: 'yes' | 'no' | 'nobody' } = { outcome: 'yes' };
  const agreed = async (plan: Planned): Promise<boolean> => {
    print.preview((style) => [...planLines(plan, style), '', `Resulting shares: ${percentages(plan)}`]);
    asked.outcome = await confirmTyped(context, word, 'propose this', flags.yes);
    return asked.outcome === 'yes';
  };
  const answer = await proposeMove(desk.deps, asker, move, agreed);
  if (asked.outcome === 'nobody') return print.problems([NOBODY_TO_ASK], EXIT.usage);
  if (asked.outcome === 'no') return print.problems([notConfirmed(word)], EXIT.endedEarly);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => proposedLines(answer.value, style));
  return flags.watch ? followRun(verb, answer.value.run) : EXIT.done;
};
