import { knownChannel, requireScope } from '../access.ts';
import { ApiError, argumentError } from '../api-error.ts';
import type { JsonObject } from '../json.ts';
import type { State, StoredChannel } from '../state.ts';
import type { Method, Workshop } from './method.ts';

const scopeFor = (channel: StoredChannel): string => {
  if (channel.directWith !== null) return 'im:read';
  return channel.isPrivate ? 'groups:read' : 'channels:read';
};

/** Reads need the scope of the channel's own kind. */
const readable = ({ state }: Workshop, id: string): StoredChannel => {
  const channel = knownChannel(state, id);
  requireScope(state, [scopeFor(channel)]);
  return channel;
};

const READS = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

export const channelJson = (state: State, channel: StoredChannel): JsonObject => ({
  id: channel.id,
  created: 0,
  is_archived: channel.isArchived,
  is_channel: channel.directWith === null && !channel.isPrivate,
  is_group: channel.directWith === null && channel.isPrivate,
  is_im: channel.directWith !== null,
  is_mpim: false,
  is_private: channel.isPrivate,
  is_shared: channel.isExtShared || channel.isOrgShared,
  is_ext_shared: channel.isExtShared,
  is_org_shared: channel.isOrgShared,
  is_pending_ext_shared: false,
  is_member: channel.members.includes(state.app.botUserId),
  is_general: false,
  context_team_id: state.team.id,
  ...(channel.directWith === null
    ? { name: channel.name, name_normalized: channel.name, topic: { value: '' }, purpose: { value: '' } }
    : { user: channel.directWith }),
});

const info: Method = {
  tier: 3,
  token: 'bot',
  scopes: READS,
  arguments: ['channel', 'include_locale', 'include_num_members'],
  run: (args, workshop) => {
    const channel = readable(workshop, args.required('channel', 'channel_not_found'));
    const size = args.flag('include_num_members', false) ? { num_members: channel.members.length } : {};
    return { channel: { ...channelJson(workshop.state, channel), ...size } };
  },
};

const MOST_MEMBERS = 1000;

const members: Method = {
  tier: 4,
  token: 'bot',
  scopes: READS,
  arguments: ['channel', 'cursor', 'limit'],
  run: (args, workshop) => {
    const channel = readable(workshop, args.required('channel', 'channel_not_found'));
    const limit = args.count('limit', 100);
    if (limit < 1 || limit > MOST_MEMBERS) throw new ApiError('invalid_limit');
    const cursor = args.text('cursor') ?? '';
    const start = cursor === '' ? 0 : channel.members.indexOf(cursor);
    if (start < 0) throw new ApiError('invalid_cursor');
    const page = channel.members.slice(start, start + limit);
    return { members: [...page], response_metadata: { next_cursor: channel.members[start + limit] ?? '' } };
  },
};

const open: Method = {
  tier: 3,
  token: 'bot',
  scopes: ['im:write'],
  arguments: ['users', 'channel', 'return_im', 'prevent_creation'],
  run: (args, { state }) => {
    const channelId = args.text('channel') ?? '';
    const users = (args.text('users') ?? '').split(',').filter((id) => id !== '');
    if (channelId === '' && users.length === 0) throw argumentError(['needs one of users and channel']);
    if (users.length > 1) throw new ApiError('missing_scope', { needed: 'mpim:write', provided: '' });
    const [userId = ''] = users;
    const user = state.users.get(userId);
    if (channelId === '' && user === undefined) throw new ApiError('user_not_found');
    if (user?.isBot) throw new ApiError('cannot_dm_bot');
    if (user?.deleted) throw new ApiError('user_disabled');
    const channel = knownChannel(state, channelId === '' ? userId : channelId);
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  },
};

const join: Method = {
  tier: 3,
  token: 'bot',
  scopes: ['channels:join'],
  arguments: ['channel'],
  run: (args, { state }) => {
    const channel = knownChannel(state, args.required('channel', 'channel_not_found'));
    if (channel.isPrivate) throw new ApiError('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new ApiError('is_archived');
    if (!channel.members.includes(state.app.botUserId)) channel.members = [...channel.members, state.app.botUserId];
    state.changed();
    return { channel: channelJson(state, channel) };
  },
};

const MOST_LISTED = 1000;

const list: Method = {
  tier: 2,
  token: 'bot',
  scopes: READS,
  arguments: ['cursor', 'exclude_archived', 'limit', 'types'],
  run: (args, { state }) => {
    const types = (args.text('types') ?? 'public_channel').split(',');
    const withoutArchived = args.flag('exclude_archived', false);
    const limit = args.count('limit', 100);
    if (limit < 1 || limit > MOST_LISTED) throw new ApiError('invalid_limit');
    const typeOf = (channel: StoredChannel): string => {
      if (channel.directWith !== null) return 'im';
      return channel.isPrivate ? 'private_channel' : 'public_channel';
    };
    const known = [...state.channels.values()].filter(
      (channel) =>
        types.includes(typeOf(channel)) &&
        !(withoutArchived && channel.isArchived) &&
        (!channel.isPrivate || channel.members.includes(state.app.botUserId)),
    );
    for (const channel of known) requireScope(state, [scopeFor(channel)]);
    const cursor = args.text('cursor') ?? '';
    const start = cursor === '' ? 0 : known.findIndex(({ id }) => id === cursor);
    if (start < 0) throw new ApiError('invalid_cursor');
    return {
      channels: known.slice(start, start + limit).map((channel) => channelJson(state, channel)),
      response_metadata: { next_cursor: known[start + limit]?.id ?? '' },
    };
  },
};

export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.info': info,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.join': join,
  'conversations.list': list,
};
