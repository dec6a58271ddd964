import type { JsonObject } from './json.ts';
import { mentionsOf } from './mentions.ts';
import { normaliseBlocks } from './normalise.ts';
import type { State, StoredChannel, StoredMessage } from './state.ts';
import type { Json, WorkspaceFile, WorkspaceMessage } from './types.ts';

/** People's clients forget what only they see; here the newest of a channel are kept, so that a long run does not grow. */
const EPHEMERALS = 200;
/** So many earlier renderings of a message are kept for screens that are behind. */
const RENDERINGS = 5;

export interface Post {
  readonly channel: StoredChannel;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly threadTs: string | null;
  readonly isBroadcast: boolean;
  readonly ephemeralTo: string | null;
  readonly files: readonly WorkspaceFile[];
}

export const postMessage = (state: State, post: Post): StoredMessage => {
  const { channel, ...content } = post;
  const message: StoredMessage = {
    ...content,
    channel: channel.id,
    ts: state.ids.ts(),
    blocks: normaliseBlocks(post.blocks, state.ids.secret),
    mentions: mentionsOf(post.text, post.blocks),
    editedAt: null,
    isDeleted: false,
    earlier: [],
  };
  channel.messages.push(message);
  if (message.ephemeralTo !== null) forgetOldest(channel);
  state.changed();
  return message;
};

const forgetOldest = (channel: StoredChannel): void => {
  const whispers = channel.messages.filter(({ ephemeralTo }) => ephemeralTo !== null);
  if (whispers.length <= EPHEMERALS) return;
  channel.messages = channel.messages.filter((message) => message !== whispers[0]);
};

/** A message that is there: one that was deleted is not, even where its thread keeps its place. */
export const findMessage = (channel: StoredChannel, ts: string): StoredMessage | undefined =>
  channel.messages.find((message) => message.ts === ts && !message.isDeleted);

export const editMessage = (
  state: State,
  message: StoredMessage,
  content: { readonly text: string; readonly blocks: readonly Json[] },
): void => {
  message.earlier = [...message.earlier, { text: message.text, blocks: message.blocks }].slice(-RENDERINGS);
  message.text = content.text;
  message.blocks = normaliseBlocks(content.blocks, state.ids.secret);
  if (content.blocks.length === 0) message.editedAt = state.now();
  state.changed();
};

/** A message with a thread leaves its place behind, any other goes without a trace. */
export const removeMessage = (state: State, channel: StoredChannel, message: StoredMessage): void => {
  const hasThread = channel.messages.some(({ threadTs }) => threadTs === message.ts);
  if (hasThread) {
    Object.assign(message, { isDeleted: true, text: '', blocks: [], files: [], earlier: [] });
  } else {
    channel.messages = channel.messages.filter((one) => one !== message);
  }
  state.changed();
};

/** A message as the bot is told of it. */
export const messageJson = (state: State, message: StoredMessage, shown?: readonly Json[]): JsonObject => ({
  type: 'message',
  user: message.user,
  ts: message.ts,
  ...(message.user === state.app.botUserId ? { bot_id: state.app.botId, app_id: state.app.id } : {}),
  text: message.text,
  team: state.team.id,
  ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  ...(message.editedAt === null
    ? {}
    : { edited: { user: message.user, ts: `${Math.floor(message.editedAt / 1000)}.000000` } }),
  blocks: [...(shown ?? message.blocks)],
});

/** A message as a person sees it. */
export const seenMessage = ({ earlier: _, ...message }: StoredMessage): WorkspaceMessage => ({ ...message });
