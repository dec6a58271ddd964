import { readFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { CannotOpen, type CliContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { buildProgram, type Outcome } from './program.ts';
import { rootHelp } from './root-help.ts';

/** Commander has told everything already; only its exit code is translated: help and version are no failure. */
const exitOfCommander = (error: CommanderError): number => (error.exitCode === 0 ? EXIT.done : EXIT.usage);

const failureText = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return `steer failed: ${message}\nA run that is under way is not touched by this. To pause it: steer hold\n`;
};

class CannotRead extends CannotOpen {}

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unknown failure';
    throw new CannotRead([`${path} cannot be read: ${detail}`], { cause });
  }
};

/**
 * One command, from its arguments (without node and script) to its exit code. Never throws: whatever goes wrong is told in a
 * sentence and given a code of design section 1.
 */
export const runCli = async (argv: readonly string[], context: CliContext): Promise<number> => {
  if (argv.length === 0) {
    context.stdout.write(`${rootHelp().join('\n')}\n`);
    return EXIT.done;
  }
  const outcome: Outcome = { exit: EXIT.failed };
  try {
    await buildProgram({ context, outcome, readFile: readText }).parseAsync([...argv], { from: 'user' });
    return outcome.exit;
  } catch (error) {
    if (error instanceof CommanderError) return exitOfCommander(error);
    if (error instanceof CannotOpen) context.stderr.write(`${error.problems.join('\n')}\n`);
    else if (context.signal.aborted) return EXIT.endedEarly;
    else context.stderr.write(failureText(error));
    return EXIT.failed;
  }
};
