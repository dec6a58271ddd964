import type { SlackConfig } from '../../domain/config.ts';
import type { Channels } from '../channels.ts';

export type ChannelAnswer = 'yes' | 'wrong-channel' | 'shared' | 'unknown';

const isDirect = (channel: string): boolean => channel.startsWith('D');

/** Whether something may be changed from a channel. A hold may from anywhere, and is never asked this. */
export const mayChangeFrom = async (
  channels: Channels,
  channel: string | null,
  config: SlackConfig,
): Promise<ChannelAnswer> => {
  if (channel === null || isDirect(channel)) return 'wrong-channel';
  if (channel !== config.channel && !config.channels.includes(channel)) return 'wrong-channel';
  const isShared = await channels.isShared(channel, config);
  if (isShared === null) return 'unknown';
  return isShared ? 'shared' : 'yes';
};
