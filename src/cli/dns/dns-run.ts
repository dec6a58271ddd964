import { type DnsAsk, openDns } from '../../operations/dns/account.ts';
import type { CliContext, GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { Printer } from '../print.ts';
import { askerAt } from '../verb.ts';
import type { Flags } from './flags.ts';

/** One command of `steer dns` at an open desk. */
export interface DnsRun {
  readonly ask: DnsAsk;
  readonly print: Printer;
}

/** What a command does once its options are read. */
export type DnsAct = (run: DnsRun) => Promise<number>;

/** Tells everything that is wrong with the options, or opens the desk and acts. */
export const runDns = async (
  flags: Flags,
  act: DnsAct,
  options: GlobalOptions,
  context: CliContext,
): Promise<number> => {
  const print = new Printer(context, flags.has('json'));
  if (flags.problems.length > 0) return print.problems([...flags.problems, 'Nothing was done.'], EXIT.usage);
  const desk = await context.actions.open(options);
  try {
    const asker = await askerAt(context, desk, flags.text('codeOf'));
    if (asker === null) return print.problems(['There is no terminal to type a one-time code at.'], EXIT.usage);
    return await act({ ask: openDns(desk.deps, asker, context.signal), print });
  } finally {
    await desk.close();
  }
};
