import { helpForVerb } from '../grammar/help.ts';
import { parseArguments } from '../grammar/parse.ts';
import type { Request } from '../grammar/request.ts';
import { VERBS } from '../grammar/vocabulary.ts';
import { knownNames, NO_NAMES } from '../operations/known-names.ts';
import type { CliContext, GlobalOptions } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { Printer } from './print.ts';
import { rootHelp } from './root-help.ts';
import { askerAt, type VerbRun } from './verb.ts';
import { askVerb, freezeVerb, holdVerb, unfreezeVerb } from './verbs-ask.ts';
import { historyVerb, reportVerb, showVerb, statusVerb, whoamiVerb } from './verbs-look.ts';
import { planVerb, proposeVerb } from './verbs-move.ts';

const perform = (verb: VerbRun, request: Exclude<Request, { verb: 'help' }>): Promise<number> => {
  switch (request.verb) {
    case 'plan':
      return planVerb(verb, request.move);
    case 'propose':
      return proposeVerb(verb, request.move);
    case 'status':
      return statusVerb(verb, request);
    case 'show':
      return showVerb(verb, request.run);
    case 'report':
      return reportVerb(verb, request);
    case 'history':
      return historyVerb(verb, request);
    case 'approve':
    case 'deny':
    case 'resume':
    case 'stop':
    case 'rollback':
      return askVerb(verb, request);
    case 'hold':
      return holdVerb(verb, request);
    case 'freeze':
      return freezeVerb(verb, request);
    case 'unfreeze':
      return unfreezeVerb(verb, request);
    case 'whoami':
      return whoamiVerb(verb);
    case 'drill':
      return Promise.resolve(
        verb.print.problems(['No drills are configured. To see one in the sandbox: steer sandbox drill'], EXIT.refused),
      );
  }
};

const help = (context: CliContext, about: string | null): number => {
  const verb = VERBS.find((candidate) => candidate === about);
  const lines = verb === undefined ? rootHelp() : helpForVerb(verb, 'steer ', 'terminal');
  context.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.done;
};

/** One sentence of the shared grammar, from words to exit code. */
export const runVerb = async (
  words: readonly string[],
  options: GlobalOptions,
  context: CliContext,
): Promise<number> => {
  const early = parseArguments(words, NO_NAMES);
  if (early.ok && early.request.verb === 'help') return help(context, early.request.about);
  const desk = await context.actions.open(options);
  try {
    const parsed = parseArguments(words, await knownNames(desk.deps));
    const print = new Printer(context, parsed.flags.json);
    if (!parsed.ok) return print.problems([...parsed.problems, 'Nothing was done.'], EXIT.usage);
    const { request, flags, remark } = parsed;
    if (request.verb === 'help') return help(context, request.about);
    if (remark !== null) print.remark([remark]);
    const asker = await askerAt(context, desk, flags.codeOf);
    if (asker === null) return print.problems(['There is no terminal to type a one-time code at.'], EXIT.usage);
    return await perform({ context, desk, asker, flags, print }, request);
  } finally {
    await desk.close();
  }
};
