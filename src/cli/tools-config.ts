import { describeJson, describeText } from '../config/describe.ts';
import { jsonSchema } from '../config/json-schema.ts';
import { parse } from '../config/parse.ts';
import { problemText } from '../config/problem.ts';
import { configAccept } from '../operations/config-accept.ts';
import { configReload } from '../operations/config-reload.ts';
import { evacuability } from '../operations/evacuability.ts';
import { loadFleet } from '../operations/load-fleet.ts';
import { confirmTyped, NOBODY_TO_ASK, notConfirmed } from './confirm.ts';
import { CannotOpen, type CliContext, type GlobalOptions, type OpenDesk, type ToolFlags } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { Printer } from './print.ts';
import { acceptedLines, configStateLines, evacuabilityLines } from './render/answers.ts';
import { counted } from './render/numbers.ts';
import { askerAt } from './verb.ts';

const deskOrNull = async (options: GlobalOptions, context: CliContext): Promise<OpenDesk | null> => {
  try {
    return await context.actions.open(options);
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
};

/** Whether every region could be evacuated; null where there is no store to plan in. Findings must not hide the check. */
const judged = async (desk: OpenDesk | null, text: string, name: string) => {
  const parsed = parse(text, name);
  if (desk === null || !parsed.ok) return null;
  const { deps } = desk;
  return evacuability(deps, parsed.config, await loadFleet(deps.journal));
};

/**
 * `config check`: everything that is wrong with the file, with line and column; then whether each region could be emptied.
 * Exit code 1 for a file with problems, or a limit that forbids an evacuation.
 */
export const configCheck = async (
  file: { readonly name: string; readonly text: string },
  flags: ToolFlags,
  options: GlobalOptions,
  context: CliContext,
): Promise<number> => {
  const print = new Printer(context, flags.json);
  const parsed = parse(file.text, file.name);
  if (!parsed.ok) {
    const lines = parsed.problems.map(problemText);
    print.answer({ ok: false, problems: parsed.problems }, () => [
      ...lines,
      `${counted(lines.length, 'problem')} in ${file.name}.`,
    ]);
    return EXIT.failed;
  }
  const desk = await deskOrNull(options, context);
  try {
    const regions = await judged(desk, file.text, file.name);
    const { config, warnings } = parsed;
    print.answer({ ok: true, warnings, evacuability: regions, config: describeJson(config) }, (style) => [
      ...(flags.print ? [describeText(config)] : []),
      ...warnings.map((warning) => style.warn(`WARNING ${problemText(warning)}`)),
      style.bold(
        `${file.name} is valid: ${counted(config.regions.length, 'region')}, ${counted(config.services.length, 'service')}, ${counted(config.people.length, 'person', 'people')}.`,
      ),
      ...(regions === null
        ? ['Whether each region could be evacuated was not judged: there is no store yet (steer store init).']
        : evacuabilityLines(regions, style)),
    ]);
    return regions?.some(({ possible }) => !possible) === true ? EXIT.failed : EXIT.done;
  } finally {
    await desk?.close();
  }
};

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
