import type { RunId } from '../domain/ids.ts';
import { type RunView, watchRun } from '../operations/show.ts';
import { waitsForPerson } from '../run/holds.ts';
import type { Run } from '../run/state.ts';
import { clockTime } from '../words/numbers.ts';
import { headline } from '../words/run.ts';
import { EXIT, exitOfRun } from './exit-codes.ts';
import { runLines } from './render/run.ts';
import type { VerbRun } from './verb.ts';

/** Clears the screen and goes to its upper left corner (ECMA-48), so that a terminal shows one picture and not a scroll. */
const CLEAR = '\u001b[2J\u001b[H';

const drawAll = ({ context, print }: VerbRun, view: RunView): void =>
  context.stdout.write(
    `${CLEAR}${runLines(view, print.style).join('\n')}\n\nCtrl-C leaves. This process executes the run while it watches, unless another one does; steer serve always does.\n`,
  );

/** One line for each change, for logs and pipes. */
const drawLine = ({ print }: VerbRun, view: RunView): void =>
  print.answer(view, () => [`${clockTime(view.now, view.now)} ${headline(view.run)}`]);

const interrupted = (run: Run): number => {
  const ended = exitOfRun(run);
  if (ended !== null) return ended;
  return run.personHold !== null || run.engineHold !== null ? EXIT.holding : EXIT.endedEarly;
};

/** What `followRun` shows, until there is nothing more to wait for. */
const watched = async (verb: VerbRun, run: RunId): Promise<number> => {
  const { context, desk, print, flags } = verb;
  const paints = context.stdout.isTerminal && !flags.json;
  let lastRun: Run | null = null;
  let lastText = '';
  for await (const answer of watchRun(desk.deps, run, context.signal)) {
    if (!answer.ok) return print.refusal(answer.refusal);
    const view = answer.value;
    const text = headline(view.run);
    if (paints) drawAll(verb, view);
    else if (lastText !== text) drawLine(verb, view);
    lastRun = view.run;
    lastText = text;
    const exit = exitOfRun(view.run);
    if (exit !== null) return exit;
    if (!paints && waitsForPerson(view.run)) return EXIT.holding;
  }
  return lastRun === null ? EXIT.failed : interrupted(lastRun);
};

/**
 * Follows a run until it ends. Without a terminal it also returns once only a person can let the run go on, so that a
 * pipeline does not hang. While it watches, this process executes if no other does: the command line alone is enough in a crisis.
 */
export const followRun = async (verb: VerbRun, run: RunId): Promise<number> => {
  const { context, desk } = verb;
  const done = new AbortController();
  const executing = desk
    .execute(AbortSignal.any([done.signal, context.signal]))
    .catch((error: unknown) => context.stderr.write(`This process no longer executes: ${String(error)}\n`));
  try {
    return await watched(verb, run);
  } finally {
    done.abort();
    await executing;
  }
};
