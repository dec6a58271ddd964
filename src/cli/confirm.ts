import type { CliContext } from './context.ts';

export type Confirmation =
  /** Typed, or waived by --yes. */
  | 'yes'
  /** Something else was typed, or nothing. */
  | 'no'
  /** There is no terminal to type at. */
  | 'nobody';

/**
 * Asks for a word to be typed exactly: the name of the region, so that a hand that is quicker than its head stops here.
 * (AWS S3, 28 February 2017: one wrong argument, and nothing asked.)
 */
export const confirmTyped = async (
  context: Pick<CliContext, 'ask' | 'signal'>,
  word: string,
  what: string,
  waived: boolean,
): Promise<Confirmation> => {
  if (waived) return 'yes';
  const typed = await context.ask(`Type ${word} to ${what}: `, 'shown');
  // Ctrl-C at the question is a no, not a missing terminal.
  if (typed === null) return context.signal.aborted ? 'no' : 'nobody';
  return typed.trim() === word ? 'yes' : 'no';
};

export const NOBODY_TO_ASK =
  'There is no terminal to confirm at. Add --yes together with --reason "...", or run it where somebody can type.';

export const notConfirmed = (word: string): string => `That was not ${word}. Nothing was done.`;
