import type { Config } from '../../../../src/domain/config.ts';
import type { Instant } from '../../../../src/domain/units.ts';
import type { StoredEvent } from '../../../../src/ports/journal.ts';
import type { RunEvent } from '../../../../src/run/events.ts';
import { fold } from '../../../../src/run/fold.ts';
import { asRunEvent } from '../../../../src/run/replay.ts';
import type { Run } from '../../../../src/run/state.ts';
import type { Rendered } from '../../../../src/slack/rendered.ts';
import { viewContext } from '../../../../src/slack/views/context.ts';
import { renderLive } from '../../../../src/slack/views/live.ts';
import { renderThreadPost } from '../../../../src/slack/views/thread.ts';

export const firstLine = ({ text }: Pick<Rendered, 'text'>): string => text.split('\n')[0] ?? '';

/** A time during which the first line of a live message has to be the same. */
export interface Shown {
  readonly title: string;
  readonly from: Instant;
  /** Infinite for the end. */
  readonly to: Instant;
}

export interface Expected {
  readonly shown: readonly Shown[];
  /** First lines of what must stand in the thread, as often as it must. */
  readonly told: readonly string[];
}

/** What people ask and what begins, turns and ends a run: each of these is said once, whatever else is. */
const KEY_EVENTS: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'approval.given',
  'run.started',
  'hold.asked',
  'resume.asked',
  'rollback.asked',
  'direction.turned',
  'run.finished',
  'run.stopped',
]);

/** What Slack has to show of a run, from its events alone. */
export const expectedOf = (events: readonly StoredEvent[], config: Config): Expected => {
  const shown: Shown[] = [];
  const told: string[] = [];
  let run: Run | null = null;
  for (const stored of events) {
    const event = asRunEvent(stored);
    run = fold(run, event);
    const context = viewContext(config, stored.at);
    const view = { run, lastEvent: event.type, lastEventAt: stored.at, warnings: [], now: stored.at };
    const title = firstLine(renderLive(view, context));
    const last = shown.at(-1);
    if (last?.title !== title) {
      if (last !== undefined) shown[shown.length - 1] = { ...last, to: stored.at };
      shown.push({ title, from: stored.at, to: Number.POSITIVE_INFINITY });
    }
    const post = KEY_EVENTS.has(event.type) ? renderThreadPost(event, run, context) : null;
    if (post !== null) told.push(firstLine(post));
  }
  return { shown, told };
};
