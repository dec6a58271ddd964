import type { TerminalFlags } from '../grammar/request.ts';
import type { Asker } from '../operations/deps.ts';
import type { CliContext, OpenDesk } from './context.ts';
import type { Printer } from './print.ts';

/** One verb under way: the desk it works at, who asks, and where answers go. */
export interface VerbRun {
  readonly context: CliContext;
  readonly desk: OpenDesk;
  readonly asker: Asker;
  readonly flags: TerminalFlags;
  readonly print: Printer;
}

/** Who asks, with the one-time code if one was announced. Null when a code is wanted and nobody can type it. */
export const askerAt = async (context: CliContext, desk: OpenDesk, codeOf: string | null): Promise<Asker | null> => {
  const { presented, door } = desk;
  if (codeOf === null) return { presented, door, proof: null };
  const code = await context.ask(`One-time code of ${codeOf}: `, 'hidden');
  return code === null ? null : { presented, door, proof: { person: codeOf, code: code.trim() } };
};
