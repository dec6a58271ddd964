import { ApiError } from './api-error.ts';
import type { State, StoredChannel } from './state.ts';

/** A channel that the bot can know of: a private one exists for it only once it was invited. */
export const knownChannel = (state: State, id: string): StoredChannel => {
  const direct = state.users.has(id) ? [...state.channels.values()].find((one) => one.directWith === id) : undefined;
  const channel = direct ?? state.channels.get(id);
  const isKnown = channel !== undefined && (!channel.isPrivate || channel.members.includes(state.app.botUserId));
  if (!isKnown) throw new ApiError('channel_not_found');
  return channel;
};

/** A channel into which the bot may write. */
export const writableChannel = (state: State, id: string): StoredChannel => {
  const channel = knownChannel(state, id);
  if (channel.isArchived) throw new ApiError('is_archived');
  const isIn = channel.members.includes(state.app.botUserId) || state.app.scopes.includes('chat:write.public');
  if (!isIn) throw new ApiError('not_in_channel');
  return channel;
};

export const requireScope = (state: State, oneOf: readonly string[]): void => {
  if (oneOf.length === 0 || oneOf.some((scope) => state.app.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: oneOf.join(','), provided: state.app.scopes.join(',') });
};
