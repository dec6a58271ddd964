import { knownChannel, writableChannel } from '../access.ts';
import { ApiError } from '../api-error.ts';
import type { Arguments } from '../arguments.ts';
import { type Content, readContent } from '../content.ts';
import { editMessage, findMessage, messageJson, postMessage, removeMessage } from '../messages.ts';
import type { StoredChannel, StoredMessage } from '../state.ts';
import { type Method, RateLimited, type Workshop } from './method.ts';

const WRITE = { token: 'bot', scopes: ['chat:write'] } as const;
const LOOKS = ['text', 'blocks', 'parse', 'link_names', 'mrkdwn', 'metadata'];

/** https://docs.slack.dev/reference/methods/chat.postMessage: longer text is cut off there; it is refused here. */
const MOST_POSTED = 40_000;
/** https://docs.slack.dev/reference/methods/chat.update: `msg_too_long`. */
const MOST_UPDATED = 4000;

/** The message that begins the thread. A reply to a message that never was, which Slack loses, is refused. */
const threadOf = (channel: StoredChannel, args: Arguments): string | null => {
  const ts = args.text('thread_ts');
  if (ts === undefined || ts === '') return null;
  const parent = channel.messages.find((message) => message.ts === ts && message.ephemeralTo === null);
  if (parent === undefined) throw new ApiError('thread_not_found');
  // A reply to a reply lands in the thread that this one stands in.
  return parent.threadTs ?? parent.ts;
};

const post: Method = {
  ...WRITE,
  tier: 'special',
  arguments: ['channel', 'thread_ts', 'reply_broadcast', 'unfurl_links', 'unfurl_media', ...LOOKS],
  run: (args, { state, limits }) => {
    const channel = writableChannel(state, args.required('channel', 'channel_not_found'));
    const content = readContent(args, { mostText: MOST_POSTED, parseByDefault: 'none' });
    const threadTs = threadOf(channel, args);
    const wait = limits.takePost(channel.id);
    if (wait !== null) throw new RateLimited(wait);
    const message = postMessage(state, {
      ...content,
      channel,
      user: state.app.botUserId,
      threadTs,
      isBroadcast: threadTs !== null && args.flag('reply_broadcast', false),
      ephemeralTo: null,
      files: [],
    });
    return { channel: channel.id, ts: message.ts, message: messageJson(state, message) };
  },
};

/** A message of the bot's own that can be changed; one that only one person sees cannot. */
const ownMessage = (args: Arguments, workshop: Workshop, refusal: string): [StoredChannel, StoredMessage] => {
  const channel = writableChannel(workshop.state, args.required('channel', 'channel_not_found'));
  const message = findMessage(channel, args.required('ts', 'message_not_found'));
  if (message === undefined || message.ephemeralTo !== null) throw new ApiError('message_not_found');
  if (message.user !== workshop.state.app.botUserId) throw new ApiError(refusal);
  return [channel, message];
};

const update: Method = {
  ...WRITE,
  tier: 3,
  arguments: ['channel', 'ts', 'as_user', 'reply_broadcast', ...LOOKS],
  run: (args, workshop) => {
    const [channel, message] = ownMessage(args, workshop, 'cant_update_message');
    const content: Content = readContent(args, { mostText: MOST_UPDATED, parseByDefault: 'client' });
    editMessage(workshop.state, message, content);
    const shown = messageJson(workshop.state, message);
    return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
  },
};

const remove: Method = {
  ...WRITE,
  tier: 3,
  arguments: ['channel', 'ts', 'as_user'],
  run: (args, workshop) => {
    const [channel, message] = ownMessage(args, workshop, 'cant_delete_message');
    removeMessage(workshop.state, channel, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const ephemeral: Method = {
  ...WRITE,
  tier: 4,
  arguments: ['channel', 'user', 'thread_ts', ...LOOKS],
  run: (args, { state }) => {
    const channel = writableChannel(state, args.required('channel', 'channel_not_found'));
    const user = args.required('user');
    if (!channel.members.includes(user)) throw new ApiError('user_not_in_channel');
    const content = readContent(args, { mostText: MOST_POSTED, parseByDefault: 'none' });
    const message = postMessage(state, {
      ...content,
      channel,
      user: state.app.botUserId,
      threadTs: threadOf(channel, args),
      isBroadcast: false,
      ephemeralTo: user,
      files: [],
    });
    return { message_ts: message.ts };
  },
};

const permalink: Method = {
  tier: 'special',
  token: 'bot',
  scopes: [],
  arguments: ['channel', 'message_ts'],
  run: (args, { state }) => {
    const channel = knownChannel(state, args.required('channel', 'channel_not_found'));
    const message = findMessage(channel, args.required('message_ts', 'message_not_found'));
    if (message === undefined || message.ephemeralTo !== null) throw new ApiError('message_not_found');
    const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    const place = `${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink: `https://${state.team.domain}.slack.com/archives/${place}` };
  },
};

export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': post,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': ephemeral,
  'chat.getPermalink': permalink,
};
