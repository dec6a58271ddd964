import type { RegionId, RunId } from '../domain/ids.ts';
import { history } from '../operations/history.ts';
import { reportRun } from '../operations/report-run.ts';
import { show } from '../operations/show.ts';
import { status } from '../operations/status.ts';
import { statusOfRegion } from '../operations/status-of-region.ts';
import { whoami } from '../operations/whoami.ts';
import { EXIT } from './exit-codes.ts';
import { whoamiLines } from './render/answers.ts';
import { historyLines } from './render/history.ts';
import { runLines } from './render/run.ts';
import { statusLines } from './render/status.ts';
import type { VerbRun } from './verb.ts';
import { followRun } from './watch.ts';

const REPAINT_MS = 5000;
const CLEAR = '\u001b[2J\u001b[H';

/** Everything, again every five seconds, until Ctrl-C. Without a terminal one document after the other. */
const watchStatus = async (verb: VerbRun, region: RegionId | null): Promise<number> => {
  const { context, desk, asker, print, flags } = verb;
  while (!context.signal.aborted) {
    const answer = await status(desk.deps, asker);
    if (!answer.ok) return print.refusal(answer.refusal);
    const shown = statusOfRegion(answer.value, region);
    if (context.stdout.isTerminal && !flags.json) context.stdout.write(CLEAR);
    print.answer(shown, (style) => statusLines(shown, style));
    try {
      await desk.deps.clock.sleep(REPAINT_MS, context.signal);
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
  }
  return EXIT.done;
};

export const statusVerb = async (
  verb: VerbRun,
  request: { readonly run: RunId | null; readonly region: RegionId | null },
): Promise<number> => {
  if (request.run !== null) return showVerb(verb, request.run);
  if (verb.flags.watch) return watchStatus(verb, request.region);
  const { desk, asker, print } = verb;
  const answer = await status(desk.deps, asker);
  if (!answer.ok) return print.refusal(answer.refusal);
  const shown = statusOfRegion(answer.value, request.region);
  print.answer(shown, (style) => statusLines(shown, style));
  return EXIT.done;
};

export const showVerb = async (verb: VerbRun, run: RunId): Promise<number> => {
  if (verb.flags.watch) return followRun(verb, run);
  const { desk, print } = verb;
  const answer = await show(desk.deps, run);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, (style) => runLines(answer.value, style));
  return EXIT.done;
};

export const historyVerb = async (
  { desk, print }: VerbRun,
  request: { readonly region: RegionId | null; readonly limit: number },
): Promise<number> => {
  const answer = await history(desk.deps, request);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, () => historyLines(answer.value));
  return EXIT.done;
};

export const reportVerb = async (
  { context, desk, print, flags }: VerbRun,
  request: { readonly run: RunId; readonly format: 'markdown' | 'json' | 'html' },
): Promise<number> => {
  const format = flags.json ? 'json' : request.format;
  const answer = await reportRun(desk.deps, { ...request, format });
  if (!answer.ok) return print.refusal(answer.refusal);
  context.stdout.write(answer.value.endsWith('\n') ? answer.value : `${answer.value}\n`);
  return EXIT.done;
};

export const whoamiVerb = async ({ desk, asker, print }: VerbRun): Promise<number> => {
  const answer = await whoami(desk.deps, asker);
  if (!answer.ok) return print.refusal(answer.refusal);
  print.answer(answer.value, () => whoamiLines(answer.value));
  return EXIT.done;
};
