import { CannotOpen, type CliContext, type GlobalOptions, type ToolFlags } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { Printer } from '../cli/print.ts';
import { findingLines, findingsSum } from '../cli/render/findings.ts';
import { parse } from '../config/parse.ts';
import { problemText } from '../config/problem.ts';
import { type Finding, fail, notOk } from '../readiness/finding.ts';
import { fileFindings, nodeFinding } from '../readiness/installation.ts';
import { readConfigFile } from './config-file.ts';
import { openDesk } from './desk.ts';
import { examineDesk } from './doctor-desk.ts';
import { liveMount, type Mount } from './mount.ts';

/** Its sentences as one: the line that shows them ends them. */
const told = ({ problems }: CannotOpen): string => problems.join(' ').replace(/\.$/, '');

/** What the file alone says, for an installation that has no store yet or has lost it. */
const fileAlone = async (options: GlobalOptions): Promise<readonly Finding[]> => {
  try {
    const { name, text } = await readConfigFile(options);
    const parsed = parse(text, name);
    return parsed.ok
      ? fileFindings({ kind: 'valid', name })
      : fileFindings({ kind: 'wrong', name, problems: parsed.problems.map(problemText) });
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return [fail('config', told(error), null)];
  }
};

/** Looks at everything that a move would need, and changes nothing. Never throws for what is broken: that is a finding. */
export const examine = async (
  options: GlobalOptions,
  nodeVersion: string,
  mount: Mount = liveMount(),
): Promise<readonly Finding[]> => {
  const node = nodeFinding(nodeVersion);
  try {
    const desk = await openDesk(options, mount);
    try {
      return [node, ...(await examineDesk(desk))];
    } finally {
      await desk.close();
    }
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    const file = await fileAlone(options);
    const closed = fail('store', told(error), null);
    return [node, ...file, ...(file.some(({ says }) => says === closed.says) ? [] : [closed])];
  }
};

/** `doctor`: is everything as it should be? Exit code 1 when something is not. */
export const doctor = async (options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number> => {
  const findings = await examine(options, process.versions.node);
  const isWell = notOk(findings).length === 0;
  new Printer(context, flags.json).answer({ ok: isWell, findings }, (style) => [
    ...findingLines(findings, style),
    findingsSum(findings, style),
  ]);
  return isWell ? EXIT.done : EXIT.failed;
};
