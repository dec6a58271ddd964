import { describeJson, describeText } from '../config/describe.ts';
import { parse } from '../config/parse.ts';
import { problemText } from '../config/problem.ts';
import type { Config } from '../domain/config.ts';
import { evacuability } from '../operations/evacuability.ts';
import type { Evacuability } from '../operations/evacuation.ts';
import { offlineEvacuability } from '../operations/offline-evacuability.ts';
import { type Finding, notOk } from '../readiness/finding.ts';
import { liveFindings } from '../readiness/live.ts';
import { counted } from '../words/numbers.ts';
import type { CliContext, GlobalOptions, ToolFlags } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { Printer } from './print.ts';
import { evacuabilityLines } from './render/answers.ts';
import { findingLines } from './render/findings.ts';

interface Judged {
  readonly answers: readonly Evacuability[];
  /** What the file alone cannot tell. */
  readonly notJudged: readonly string[];
  /** What the vendors say; null where nobody asked them. */
  readonly findings: readonly Finding[] | null;
}

const onFile = async (config: Config, { actions }: CliContext): Promise<Judged> => ({
  ...offlineEvacuability(config, await actions.capabilities(config)),
  findings: null,
});

/** With the records as they are and monitoring as it speaks now. Needs no store: where none is made yet, nothing is out. */
const onWorld = async (config: Config, options: GlobalOptions, { actions }: CliContext): Promise<Judged> => {
  const desk = await actions.openToLook(options);
  try {
    const fleet = await desk.deps.fleet();
    const { answers, facts } = await evacuability(desk.deps, config, fleet);
    const findings = liveFindings(config, facts, { store: desk.deps.journal.store, epoch: null });
    return { answers, notJudged: [], findings };
  } finally {
    await desk.close();
  }
};

/**
 * `config check`: everything that is wrong with the file, with line and column; then whether each region could be emptied, by
 * the file alone or, with `--live`, as things are. Exit code 1 for problems, findings, or a limit that forbids an evacuation.
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
  const { config, warnings } = parsed;
  const { answers, notJudged, findings } = flags.live
    ? await onWorld(config, options, context)
    : await onFile(config, context);
  const answer = { ok: true, warnings, evacuability: answers, notJudged, findings, config: describeJson(config) };
  print.answer(answer, (style) => [
    ...(flags.print ? [describeText(config)] : []),
    ...warnings.map((warning) => style.warn(`WARNING ${problemText(warning)}`)),
    style.bold(
      `${file.name} is valid: ${counted(config.regions.length, 'region')}, ${counted(config.services.length, 'service')}, ${counted(config.people.length, 'person', 'people')}.`,
    ),
    ...evacuabilityLines(answers, style),
    ...notJudged,
    ...findingLines(findings ?? [], style),
  ]);
  const isForbidden = answers.some(({ possible }) => !possible);
  return isForbidden || notOk(findings ?? []).length > 0 ? EXIT.failed : EXIT.done;
};
