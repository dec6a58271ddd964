import { writableChannel } from '../access.ts';
import { ApiError, argumentError } from '../api-error.ts';
import { checkedBlocks } from '../content.ts';
import { findMessage } from '../messages.ts';
import type { Method } from './method.ts';

/** Methods about the app itself, and the few that stand alone. */
const authTest: Method = {
  tier: 'special',
  token: 'bot',
  scopes: [],
  arguments: [],
  run: (_args, { state: { team, app } }) => ({
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: app.name,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
    ...(team.enterpriseId === null ? {} : { enterprise_id: team.enterpriseId }),
  }),
};

const connectionsOpen: Method = {
  tier: 3,
  token: 'app',
  scopes: [],
  arguments: [],
  run: (_args, { state, tickets }) => {
    const url = `${state.origin.replace(/^http/, 'ws')}/link/?ticket=${tickets.make()}&app_id=${state.app.id}`;
    return { url };
  },
};

const pinsAdd: Method = {
  tier: 2,
  token: 'bot',
  scopes: ['pins:write'],
  arguments: ['channel', 'timestamp'],
  run: (args, { state }) => {
    const channel = writableChannel(state, args.required('channel', 'channel_not_found'));
    const ts = args.required('timestamp', 'no_item_specified');
    const message = findMessage(channel, ts);
    if (message === undefined || message.ephemeralTo !== null) throw new ApiError('message_not_found');
    if (channel.pins.includes(ts)) throw new ApiError('already_pinned');
    channel.pins = [...channel.pins, ts];
    state.changed();
    return {};
  },
};

const blocksValidate: Method = {
  tier: 'special',
  token: 'none',
  scopes: [],
  arguments: ['blocks'],
  run: (args) => {
    const blocks = args.structure('blocks', 'invalid_blocks_format');
    if (blocks === undefined) throw argumentError(['missing required field: blocks']);
    checkedBlocks(blocks);
    return {};
  },
};

export const APP: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'apps.connections.open': connectionsOpen,
  'pins.add': pinsAdd,
  'blocks.validate': blocksValidate,
};
