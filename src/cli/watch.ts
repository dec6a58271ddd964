import type { RunId } from '../domain/ids.ts';
import { type RunView, watchRun } from '../operations/show.ts';
import type { Run } from '../run/state.ts';
import { EXIT, exitOfRun, waitsForPerson } from './exit-codes.ts';
import { clockTime } from './render/numbers.ts';
import { headline, runLines } from './render/run.ts';
import type { VerbRun } from './verb.ts';

/** Clears the screen and goes to its upper left corner (ECMA-48), so that a terminal shows one picture and not a scroll. */
const CLEAR = '\u001b[2J\u001b[H';

const drawAll = ({ context, print }: VerbRun, view: RunView): void =>
  context.stdout.write(`${CLEAR}${runLines(view, print.style).join('\n')}\n\nCtrl-C leaves; the run goes on.\n`);

/** One line for each change, for logs and pipes. */
const drawLine = ({ print }: VerbRun, view: RunView): void =>
  print.answer(view, () => [`${clockTime(view.now, view.now)} ${headline(view.run)}`]);

const interrupted = (run: Run): number => {
  const ended = exitOfRun(run);
  if (ended !== null) return ended;
  return run.personHold !== null || run.engineHold !== null ? EXIT.holding : EXIT.endedEarly;
};

/**
 * Follows a run until it ends. Without a terminal it also returns once only a person can let the run go on, so that a
 * pipeline does not hang. Leaving changes nothing about the run.
 */
export const followRun = async (verb: VerbRun, run: RunId): Promise<number> => {
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
