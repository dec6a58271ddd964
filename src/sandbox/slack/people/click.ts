import type { JsonObject } from '../json.ts';
import { messageJson } from '../messages.ts';
import type { StoredMessage, StoredView } from '../state.ts';
import type { Acted, ClickDetails, Json, Place } from '../types.ts';
import { viewJson } from '../views.ts';
import { actedOf, channelName, channelOf, interactionBase, type Stage, userOf } from './actor.ts';
import { findElement, heldBy, type Placed } from './elements.ts';
import { stateValues } from './input-values.ts';

/** What of an element goes along with a click on it. */
const TOLD = ['action_id', 'type', 'text', 'value', 'style', 'confirm', 'url', 'placeholder', 'icon'];

const actionOf = ({ blockId, element }: Placed, actionTs: string, details: ClickDetails): JsonObject => ({
  ...Object.fromEntries(Object.entries(element).filter(([field]) => TOLD.includes(field))),
  ...heldBy(element, details.chosen),
  block_id: blockId,
  action_ts: actionTs,
});

interface Found {
  readonly placed: Placed;
  /** The blocks among which the person saw it. */
  readonly shown: readonly Json[];
}

/** An element of the message as it is, or else as it was when somebody's screen was last painted. */
const findOnMessage = (message: StoredMessage, actionId: string, blockId?: string): Found => {
  for (const shown of [message.blocks, ...message.earlier.map(({ blocks }) => blocks).reverse()]) {
    const placed = findElement(shown, actionId, blockId);
    if (placed !== undefined) return { placed, shown };
  }
  throw new TypeError(`the message ${message.ts} has no element ${actionId}`);
};

interface Click {
  readonly user: string;
  readonly actionId: string;
  readonly blockId: string | undefined;
  readonly details: ClickDetails;
}

const onMessage = (
  stage: Stage,
  click: Click,
  place: { readonly channel: string; readonly ts: string },
): JsonObject => {
  const { state } = stage;
  const channel = channelOf(state, click.user, place.channel);
  const message = channel.messages.find(({ ts }) => ts === place.ts);
  const isSeen = message !== undefined && (message.ephemeralTo ?? click.user) === click.user;
  if (!isSeen) throw new TypeError(`${click.user} sees no message ${place.ts} in ${place.channel}`);
  const { placed, shown } = findOnMessage(message, click.actionId, click.blockId);
  const isEphemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channelName(channel) },
    // Slack keeps no copy of a message that only one person sees.
    ...(isEphemeral ? {} : { message: messageJson(state, message, shown) }),
    state: { values: stateValues(shown, click.details.values ?? {}) },
    response_url: stage.responseUrls.make(click.user, channel, message),
    actions: [actionOf(placed, state.ids.ts(), click.details)],
  };
};

const onView = ({ state }: Stage, click: Click, id: string): JsonObject => {
  const own = [...(state.modals.get(click.user) ?? []), state.homes.get(click.user)];
  const view: StoredView | undefined = own.find((one) => one?.id === id);
  if (view === undefined) throw new TypeError(`${click.user} sees no view ${id}`);
  const blocks = blocksOf(view);
  const placed = findElement(blocks, click.actionId, click.blockId);
  if (placed === undefined) throw new TypeError(`the view ${id} has no element ${click.actionId}`);
  return {
    container: { type: 'view', view_id: view.id },
    view: viewJson(state, view, stateValues(blocks, click.details.values ?? {})),
    actions: [actionOf(placed, state.ids.ts(), click.details)],
  };
};

const blocksOf = (view: StoredView): readonly Json[] => {
  const blocks = view.content['blocks'];
  return Array.isArray(blocks) ? blocks : [];
};

/** A click, or a choice that acts at once. */
export const clickOn = async (stage: Stage, click: Click, place: Place): Promise<Acted> => {
  const user = userOf(stage.state, click.user);
  const where = 'view' in place ? onView(stage, click, place.view) : onMessage(stage, click, place);
  const payload: JsonObject = {
    type: 'block_actions',
    ...interactionBase(stage.state, user),
    trigger_id: stage.triggers.make(user.id),
    ...where,
  };
  return actedOf(await stage.dispatch.act('interactive', payload));
};
