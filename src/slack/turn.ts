import { durationText } from '../domain/units.ts';
import { type Refusal, refuse } from '../operations/answer.ts';
import type { Asker } from '../operations/deps.ts';
import type { Place } from './answers.ts';
import type { Arrival } from './arrival.ts';
import type { Door } from './door.ts';
import { mayChangeFrom } from './middleware/channel.ts';
import { type Need, whoAsks } from './middleware/who.ts';
import type { Rendered } from './rendered.ts';
import type { SlackSettings } from './settings.ts';
import { type ViewContext, viewContext } from './views/context.ts';
import { renderRefusal, renderStranger, renderWrongChannel } from './views/refused.ts';

/** One person's ask under way: who it is, where, and what the views need. */
export interface Turn {
  readonly door: Door;
  readonly settings: SlackSettings;
  readonly asker: Asker;
  readonly place: Place;
  readonly context: ViewContext;
  /** What tells this delivery from others. */
  readonly keys: readonly string[];
}

/** What is wanted, for checks that come before any operation. */
export interface Want {
  readonly need: Need;
  /** For the words of a refusal. */
  readonly verb: string;
  /** Reads vendors and monitoring to plan, so it is counted. */
  readonly plans: boolean;
}

export const placeOf = ({ user, channel, threadTs, responseUrl, kind }: Arrival): Place => ({
  user: user ?? '',
  channel,
  threadTs: kind === 'event' ? threadTs : null,
  responseUrl,
});

const refusalText = (problem: string, more: Partial<Refusal> = {}): Rendered =>
  renderRefusal(refuse([problem], more).refusal);

const waitText = (ms: number): Rendered =>
  refusalText(
    `Too many questions within a minute; ask again in ${durationText(Math.ceil(ms / 1000) * 1000)}. "hold" always works.`,
    { kind: 'unavailable' },
  );

const NOT_KNOWN =
  'Slack does not say who you are at the moment, so nothing but looking and holding is possible here. Try again, or use the command line.';

const tooOften = ({ limiter }: Door, { user, channel }: Place, want: Want): number | null => {
  if (want.need === 'hold') return null;
  if (want.plans) return limiter.plan(user, channel);
  return want.need === 'look' ? limiter.look(user) : null;
};

const channelProblem = async (
  door: Door,
  settings: SlackSettings,
  { channel }: Place,
  { verb, need }: Want,
): Promise<Rendered | null> => {
  if (need !== 'change') return null;
  switch (await mayChangeFrom(door.channels, channel, settings.slack)) {
    case 'yes':
      return null;
    case 'wrong-channel':
      return renderWrongChannel(verb, settings.slack.channels);
    case 'shared':
      return refusalText('This channel is shared with people of other workspaces, so nothing can be changed from it.');
    case 'unknown':
      return refusalText(
        'Slack does not say at the moment whether this channel is shared, so nothing can be changed from it. Hold works.',
      );
  }
};

/** The turn of somebody who may go on to the operations, or the answer that he gets instead. */
export const takeTurn = async (
  door: Door,
  place: Place,
  keys: readonly string[],
  want: Want,
): Promise<{ readonly ok: true; readonly turn: Turn } | { readonly ok: false; readonly answer: Rendered }> => {
  const stop = (answer: Rendered) => ({ ok: false, answer }) as const;
  const waitMs = tooOften(door, place, want);
  if (waitMs !== null) return stop(waitText(waitMs));
  const settings = await door.settings.current();
  const { clock } = door.deps;
  const who = await whoAsks({ members: door.members, clock, config: settings.slack }, place.user, want.need);
  if (who.kind === 'outsider') return stop(renderStranger(who.because));
  if (who.kind === 'unknown') return stop(refusalText(NOT_KNOWN, { kind: 'unavailable' }));
  const problem = await channelProblem(door, settings, place, want);
  if (problem !== null) return stop(problem);
  const context = viewContext(settings, clock.now());
  return { ok: true, turn: { door, settings, asker: who.asker, place, context, keys } };
};
