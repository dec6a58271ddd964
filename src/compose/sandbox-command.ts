import type { CliContext } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';

/** Replaced by the drill's own command once it is there. */
export const sandboxCommand = async (words: readonly string[], context: CliContext): Promise<number> => {
  context.stderr.write(`sandbox ${words.join(' ')} is not there yet\n`);
  return EXIT.usage;
};
