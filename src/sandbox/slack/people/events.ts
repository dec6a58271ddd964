import type { JsonObject } from '../json.ts';
import { postMessage } from '../messages.ts';
import { encodeTyped } from '../typed-text.ts';
import type { Acted } from '../types.ts';
import { viewJson } from '../views.ts';
import { actedOf, channelOf, NOTHING_SENT, type Stage, userOf, VERIFICATION_TOKEN } from './actor.ts';

/** Tells the bot of an event, if it subscribed to its type. */
export const tell = async (
  stage: Stage,
  event: JsonObject & { readonly type: string },
  channel = '',
): Promise<Acted> => {
  const { team, app, ids, now, channels } = stage.state;
  // Direct messages are subscribed to apart from those of channels, although both arrive as `message`.
  if (!app.events.includes(event.type === 'message' ? 'message.im' : event.type)) return NOTHING_SENT;
  const payload: JsonObject = {
    token: VERIFICATION_TOKEN,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: team.enterpriseId,
    ...(team.enterpriseId === null ? {} : { enterprise_id: team.enterpriseId }),
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: ids.id('Ev'),
    event_time: Math.floor(now() / 1000),
    authorizations: [
      {
        enterprise_id: team.enterpriseId,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channels.get(channel)?.isExtShared ?? false,
    event_context: ids.secret(24),
  };
  return actedOf(await stage.dispatch.event(payload));
};

export const openHome = (stage: Stage, userId: string): Promise<Acted> => {
  const { state } = stage;
  const user = userOf(state, userId);
  const home = state.homes.get(userId);
  return tell(stage, {
    type: 'app_home_opened',
    user: user.id,
    channel: `D${user.id.slice(1)}`,
    tab: 'home',
    ...(home === undefined ? {} : { view: viewJson(state, home) }),
    event_ts: state.ids.ts(),
  });
};

/** A person's own message. The bot hears of it when it is mentioned where it is a member, or spoken to directly. */
export const say = async (
  stage: Stage,
  userId: string,
  channelId: string,
  typed: string,
  threadTs: string | null,
): Promise<Acted> => {
  const { state } = stage;
  const user = userOf(state, userId);
  const channel = channelOf(state, userId, channelId);
  if (channel.isArchived) throw new TypeError(`the channel ${channelId} is archived`);
  const text = encodeTyped(state, typed);
  const message = postMessage(state, {
    channel,
    user: user.id,
    text,
    blocks: [],
    threadTs,
    isBroadcast: false,
    ephemeralTo: null,
    files: [],
  });
  const event = {
    user: user.id,
    text,
    ts: message.ts,
    team: user.teamId,
    channel: channel.id,
    event_ts: message.ts,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  };
  if (channel.directWith !== null) return tell(stage, { type: 'message', channel_type: 'im', ...event });
  const isHeard = channel.members.includes(state.app.botUserId) && text.includes(`<@${state.app.botUserId}>`);
  return isHeard ? tell(stage, { type: 'app_mention', ...event }, channel.id) : NOTHING_SENT;
};

/** The members of a user group are others now. */
export const setGroup = (stage: Stage, id: string, users: readonly string[]): void => {
  const { state } = stage;
  const group = state.groups.get(id);
  if (group === undefined) throw new TypeError(`the workspace has no user group ${id}`);
  const added = users.filter((user) => !group.users.includes(user));
  const removed = group.users.filter((user) => !users.includes(user));
  group.users = [...users];
  state.changed();
  const seconds = Math.floor(state.now() / 1000);
  const subteam = { id, team_id: state.team.id, is_usergroup: true, handle: group.handle, users: [...users] };
  void tell(stage, {
    type: 'subteam_members_changed',
    subteam_id: id,
    team_id: state.team.id,
    date_previous_update: seconds,
    date_update: seconds,
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    event_ts: state.ids.ts(),
  });
  void tell(stage, { type: 'subteam_updated', subteam, event_ts: state.ids.ts() });
};
