import type { RunId } from '../../domain/ids.ts';
import type { Answer } from '../../operations/answer.ts';
import { approve } from '../../operations/approve.ts';
import { deny } from '../../operations/deny.ts';
import type { Asker } from '../../operations/deps.ts';
import type { AskVerb } from '../../operations/qualifies.ts';
import { resume } from '../../operations/resume.ts';
import { rollback } from '../../operations/rollback.ts';
import { stop } from '../../operations/stop.ts';
import { runStream } from '../../run/events.ts';
import type { Run } from '../../run/state.ts';
import type { Rendered } from '../rendered.ts';
import { type Stale, staleSince } from '../stale.ts';
import type { Turn } from '../turn.ts';
import { renderAsked } from '../views/answers.ts';
import { renderRefusal, renderStale } from '../views/refused.ts';

/** What somebody wants of one run, and what he looked at when he wanted it. */
export interface RunAsk {
  readonly verb: AskVerb;
  readonly run: RunId;
  /** Revision that was shown; null when nothing was. */
  readonly rev: number | null;
  /** Digest of the plan that was shown; null when nothing was. */
  readonly digest: string | null;
  readonly solo: boolean;
  readonly because: string | null;
}

const perform = ({ door }: Turn, asker: Asker, ask: RunAsk): Promise<Answer<Run>> => {
  const { run, because } = ask;
  switch (ask.verb) {
    case 'approve':
      return approve(door.deps, asker, { run, digest: ask.digest, solo: ask.solo });
    case 'deny':
      return deny(door.deps, asker, { run, because });
    case 'resume':
      return resume(door.deps, asker, { run });
    case 'stop':
      return stop(door.deps, asker, { run, because });
    case 'rollback':
      return rollback(door.deps, asker, { run, because });
  }
};

const changedSince = async ({ door }: Turn, { run, rev }: RunAsk): Promise<Stale | null> => {
  if (rev === null) return null;
  try {
    const events = await door.deps.journal.read(runStream(run), 0);
    return staleSince(events, rev, door.deps.clock.now());
  } catch {
    // A stream that cannot be replayed is the operation's to refuse, in its own words.
    return null;
  }
};

/**
 * Carries out an ask once: refused when the run is no longer what was shown, and when this very delivery was seen. Null when
 * somebody else acts on the same delivery. Whoever comes second is told who was first.
 */
export const askOnce = async (turn: Turn, ask: RunAsk, asker: Asker = turn.asker): Promise<Rendered | null> => {
  const { door, context, keys } = turn;
  const stale = await changedSince(turn, ask);
  if (stale !== null) return renderStale(stale.run, stale.what, context);
  if (!(await door.seen.claim(keys))) return null;
  const answer = await perform(turn, asker, ask);
  if (answer.ok) return renderAsked(ask.verb, answer.value, context);
  const overtaken = await changedSince(turn, ask);
  return overtaken === null ? renderRefusal(answer.refusal) : renderStale(overtaken.run, overtaken.what, context);
};
