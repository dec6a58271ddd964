import type { Clock } from '../../ports/clock.ts';
import { isEnded } from '../../run/state.ts';
import type { SlackSettings } from '../settings.ts';
import type { Deeds } from './deeds.ts';
import type { Followed } from './followed.ts';
import type { Lanes } from './lanes.ts';
import type { Memory } from './memory.ts';

export interface FarewellParts {
  readonly runs: Iterable<Followed>;
  readonly memory: Memory;
  readonly lanes: Lanes;
  readonly clock: Clock;
  readonly deeds: Deeds;
}

/** All that stopping waits for this; the bot gives the follower a second more to put its memory in order. */
export const FAREWELL_MS = 4000;

const sayAll = async (parts: FarewellParts, settings: SlackSettings, over: AbortSignal): Promise<void> => {
  const { memory, lanes, clock, deeds } = parts;
  const until = clock.now() + FAREWELL_MS;
  for (const of of [...parts.runs].toSorted((a, b) => a.message.calledAt - b.message.calledAt)) {
    const { live } = memory.of(of.run.run);
    if (live === null || isEnded(of.run) || of.broken !== null) continue;
    const now = clock.now();
    const dueAt = Math.max(of.notBefore, of.message.quietAt, lanes.editAt(now, live.channel, 'state'));
    // What Slack's limits or an outage leave no time for stays as it is: it says itself when it was updated.
    if (dueAt >= until) continue;
    await clock.sleep(Math.max(0, dueAt - now), over);
    if (over.aborted) return;
    await deeds.sayLeaving(of, live, settings);
  }
};

/** Says in the messages of runs under way that nobody updates them for now. Best effort: it never throws and is soon over. */
export const farewell = async (parts: FarewellParts, settings: SlackSettings): Promise<void> => {
  const over = new AbortController();
  const said = sayAll(parts, settings, over.signal).catch(() => {});
  const late = parts.clock.sleep(FAREWELL_MS, over.signal).catch(() => {});
  await Promise.race([said, late]);
  over.abort();
};
