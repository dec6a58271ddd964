import type { RunId } from '../domain/ids.ts';
import { runStream } from '../run/events.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Deps } from './deps.ts';

/** The report of one run, from its events alone. */
export const reportRun = async (
  deps: Pick<Deps, 'journal' | 'report'>,
  request: { readonly run: RunId; readonly format: 'markdown' | 'json' | 'html' },
): Promise<Answer<string>> => {
  const events = await deps.journal.read(runStream(request.run), 0);
  if (events.length === 0) return refuse([`There is no run ${request.run}.`], { kind: 'usage' });
  return granted(await deps.report(events, request.format));
};
