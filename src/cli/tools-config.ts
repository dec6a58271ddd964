import { jsonSchema } from '../config/json-schema.ts';
import { configAccept } from '../operations/config-accept.ts';
import { configReload } from '../operations/config-reload.ts';
import { confirmTyped, NOBODY_TO_ASK, notConfirmed } from './confirm.ts';
import type { CliContext, OpenDesk, ToolFlags } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { Printer } from './print.ts';
import { acceptedLines, configStateLines } from './render/answers.ts';
import { askerAt } from './verb.ts';

export const configSchema = (context: CliContext): number => {
  context.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.done;
};

/** `config diff` and `config reload`: the file beside what is in force. Exit code 1 when they differ, as `diff` does. */
export const configDiff = async (desk: OpenDesk, flags: ToolFlags, context: CliContext): Promise<number> => {
  const print = new Printer(context, flags.json);
  const asker = { presented: desk.presented, door: desk.door, proof: null };
  const answer = await configReload(desk.deps, asker);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => configStateLines(answer.value, style));
  return answer.value.file.kind === 'in-force' ? EXIT.done : EXIT.failed;
};

const ACCEPT_WORD = 'accept';

/** `config accept`: shows what changes and what of it weakens a guard, asks for a typed word, and accepts or proposes. */
export const acceptConfig = async (desk: OpenDesk, flags: ToolFlags, context: CliContext): Promise<number> => {
  const print = new Printer(context, flags.json);
  if (flags.yes && flags.reason === null) return print.problems(['--yes needs --reason "...".'], EXIT.usage);
  const asker = await askerAt(context, desk, flags.codeOf);
  if (asker === null) return print.problems(['There is no terminal to type a one-time code at.'], EXIT.usage);
  const state = await configReload(desk.deps, { ...asker, proof: null });
  if (!state.ok) return print.refusal(state.refusal);
  print.preview((style) => configStateLines(state.value, style));
  if (state.value.file.kind === 'differs') {
    const outcome = await confirmTyped(context, ACCEPT_WORD, 'put this into force', flags.yes);
    if (outcome === 'nobody') return print.problems([NOBODY_TO_ASK], EXIT.usage);
    if (outcome === 'no') return print.problems([notConfirmed(ACCEPT_WORD)], EXIT.endedEarly);
  }
  const answer = await configAccept(desk.deps, asker);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => acceptedLines(answer.value, style));
  return EXIT.done;
};
