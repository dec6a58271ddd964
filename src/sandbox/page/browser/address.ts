import type { Looking } from '../types.ts';

/** What the address bar says, so that a second tab may act as somebody else and a reload changes nothing. */
export interface Where extends Looking {
  readonly isHome: boolean;
}

export const whereFrom = (hash: string): Where => {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    as: words.get('as') ?? '',
    channel: words.get('channel') ?? '',
    thread: words.get('thread'),
    isHome: words.get('tab') === 'home',
  };
};

export const addressOf = ({ as, channel, thread, isHome }: Where): string => {
  const words = new URLSearchParams({ as, channel });
  if (thread !== null) words.set('thread', thread);
  if (isHome) words.set('tab', 'home');
  return `#${words}`;
};
