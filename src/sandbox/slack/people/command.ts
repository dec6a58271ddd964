import { ApiError } from '../api-error.ts';
import { isObject, type JsonObject } from '../json.ts';
import { respond } from '../response-urls.ts';
import type { StoredChannel } from '../state.ts';
import { encodeTyped } from '../typed-text.ts';
import type { Acted, Json } from '../types.ts';
import { actedOf, channelName, channelOf, type Stage, userOf, VERIFICATION_TOKEN } from './actor.ts';

/** An acknowledgement that says something is posted at once, to one person unless it says otherwise. */
const showAnswer = ({ state }: Stage, user: string, channel: StoredChannel, answer: Json): string | null => {
  const body: Json = typeof answer === 'string' ? { text: answer } : answer;
  if (!isObject(body) || (body['text'] === undefined && body['blocks'] === undefined)) return null;
  try {
    respond(state, { user, channel, message: null }, body);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return `invalid_command_response: ${error.code}`;
    throw error;
  }
};

/** `/steer …` typed in a channel. */
export const command = async (stage: Stage, userId: string, channelId: string, text: string): Promise<Acted> => {
  const { state } = stage;
  const user = userOf(state, userId);
  const channel = channelOf(state, userId, channelId);
  const payload: JsonObject = {
    token: VERIFICATION_TOKEN,
    team_id: state.team.id,
    team_domain: state.team.domain,
    ...(state.team.enterpriseId === null
      ? {}
      : { enterprise_id: state.team.enterpriseId, enterprise_name: state.team.name }),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: state.app.commandName,
    text: encodeTyped(state, text.trim()),
    api_app_id: state.app.id,
    is_enterprise_install: 'false',
    response_url: stage.responseUrls.make(user.id, channel, null),
    trigger_id: stage.triggers.make(user.id),
  };
  const show = (answer: Json): string | null => showAnswer(stage, user.id, channel, answer);
  return actedOf(await stage.dispatch.act('slash_commands', payload, show));
};
