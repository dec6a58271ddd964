import type { RunId } from '../domain/ids.ts';
import type { Request } from '../grammar/request.ts';
import type { Answer } from '../operations/answer.ts';
import { approve } from '../operations/approve.ts';
import { deny } from '../operations/deny.ts';
import { freeze, unfreeze } from '../operations/freeze.ts';
import { hold } from '../operations/hold.ts';
import { mayAsk } from '../operations/may-ask.ts';
import { type AskVerb, pickRun } from '../operations/qualifies.ts';
import { resume } from '../operations/resume.ts';
import { rollback } from '../operations/rollback.ts';
import { show } from '../operations/show.ts';
import { stop } from '../operations/stop.ts';
import type { Run } from '../run/state.ts';
import { freezeText, unfrozenText } from '../words/answers.ts';
import { headline } from '../words/run.ts';
import { wordFor } from '../words/word-for.ts';
import { confirmTyped, NOBODY_TO_ASK, notConfirmed } from './confirm.ts';
import { EXIT } from './exit-codes.ts';
import { heldLines } from './render/answers.ts';
import { planLines } from './render/plan.ts';
import { runLines } from './render/run.ts';
import type { VerbRun } from './verb.ts';
import { followRun } from './watch.ts';

/** No question is ever asked before a hold (design rule 10). */
export const holdVerb = async (
  { context, desk, asker, print }: VerbRun,
  request: { readonly run: RunId | null; readonly because: string | null },
): Promise<number> => {
  const answer = await hold(desk.deps, asker, request, context.signal);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => heldLines(answer.value, style));
  return answer.value.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
};

const WHAT: Readonly<Record<AskVerb, string>> = {
  approve: 'approve this plan',
  deny: 'deny it',
  resume: 'let it go on',
  stop: 'end it here; shares stay as they are',
  rollback: 'take it back to where it began',
};

/** Shows the run, with its plan where that is what is decided on, and asks for the region's name. */
const confirmRun = async ({ context, flags, print }: VerbRun, verb: AskVerb, run: Run): Promise<number | null> => {
  const plan = {
    envelope: run.envelope,
    forecast: run.forecast,
    objections: [],
    digest: run.digest,
    approvalNeeded: run.approvalNeeded,
    notInForce: [],
  };
  print.preview((style) => [
    ...(verb === 'approve' ? [...planLines(plan, style), ''] : []),
    `${run.run}: ${headline(run)}`,
    `Asked by ${run.proposed.by}: ${run.envelope.request.because}`,
  ]);
  const word = wordFor(run.envelope.request);
  const outcome = await confirmTyped(context, word, WHAT[verb], flags.yes);
  if (outcome === 'nobody') return print.problems([NOBODY_TO_ASK], EXIT.usage);
  return outcome === 'no' ? print.problems([notConfirmed(word)], EXIT.endedEarly) : null;
};

type RunRequest = Extract<Request, { verb: AskVerb }>;

const perform = ({ desk, asker }: VerbRun, request: RunRequest, run: Run): Promise<Answer<Run>> => {
  const named = { run: run.run };
  switch (request.verb) {
    case 'approve': {
      // What was shown is what is approved: its digest goes along even when none was typed.
      const { digest, solo } = request;
      return approve(desk.deps, asker, { ...named, digest: digest ?? run.digest, solo });
    }
    case 'deny':
      return deny(desk.deps, asker, { ...named, because: request.because });
    case 'resume':
      return resume(desk.deps, asker, named);
    case 'stop':
      return stop(desk.deps, asker, { ...named, because: request.because });
    case 'rollback':
      return rollback(desk.deps, asker, { ...named, because: request.because });
  }
};

const answerRun = async ({ desk, print }: VerbRun, run: Run): Promise<void> => {
  const view = await show(desk.deps, run.run);
  if (view.ok) print.answer(view.value, (style) => runLines(view.value, style));
  else print.answer({ run }, () => [headline(run)]);
};

/** An ask of one run: the only one that qualifies when none is named. A denial needs no typed word: it moves nothing. */
export const askVerb = async (verb: VerbRun, request: RunRequest): Promise<number> => {
  const allowed = await mayAsk(verb.desk.deps, verb.asker, request.verb);
  if (!allowed.ok) return verb.print.refusal(allowed.refusal);
  const picked = await pickRun(verb.desk.deps, request.verb, request.run);
  if (!picked.ok) return verb.print.refusal(picked.refusal);
  const stopped = request.verb === 'deny' ? null : await confirmRun(verb, request.verb, picked.value);
  if (stopped !== null) return stopped;
  const answer = await perform(verb, request, picked.value);
  if (!answer.ok) return verb.print.refusal(answer.refusal);
  await answerRun(verb, answer.value);
  return verb.flags.watch ? followRun(verb, answer.value.run) : EXIT.done;
};

const confirmWord = async ({ context, flags, print }: VerbRun, word: string, what: string): Promise<number | null> => {
  const outcome = await confirmTyped(context, word, what, flags.yes);
  if (outcome === 'nobody') return print.problems([NOBODY_TO_ASK], EXIT.usage);
  return outcome === 'no' ? print.problems([notConfirmed(word)], EXIT.endedEarly) : null;
};

export const freezeVerb = async (
  verb: VerbRun,
  request: { readonly because: string; readonly forMs: number | null },
): Promise<number> => {
  const allowed = await mayAsk(verb.desk.deps, verb.asker, 'freeze');
  if (!allowed.ok) return verb.print.refusal(allowed.refusal);
  const stopped = await confirmWord(verb, 'freeze', 'let nothing new start, also no evacuation');
  if (stopped !== null) return stopped;
  const { desk, asker, print } = verb;
  const answer = await freeze(desk.deps, asker, request);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, () => [freezeText(answer.value, desk.deps.clock.now())]);
  return EXIT.done;
};

export const unfreezeVerb = async (verb: VerbRun, request: { readonly because: string }): Promise<number> => {
  const allowed = await mayAsk(verb.desk.deps, verb.asker, 'unfreeze');
  if (!allowed.ok) return verb.print.refusal(allowed.refusal);
  const stopped = await confirmWord(verb, 'unfreeze', 'let runs start again');
  if (stopped !== null) return stopped;
  const { desk, asker, print } = verb;
  const answer = await unfreeze(desk.deps, asker, request);
  if (!answer.ok) return print.refusal(answer.refusal);
  const now = desk.deps.clock.now();
  print.answer(answer.value, () => answer.value.map((lifted) => unfrozenText(lifted, now)));
  return EXIT.done;
};
