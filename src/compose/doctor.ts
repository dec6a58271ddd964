import type { CliContext, GlobalOptions } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { openDesk } from './desk.ts';

/** `doctor`: is everything as it should be? Exit code 1 when something is not. */
export const doctor = async (options: GlobalOptions, context: CliContext): Promise<number> => {
  const desk = await openDesk(options);
  try {
    const world = await desk.product.world();
    for (const problem of world?.problems ?? []) context.stdout.write(`FAIL  ${problem}\n`);
    return world === null || world.problems.length > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await desk.close();
  }
};
