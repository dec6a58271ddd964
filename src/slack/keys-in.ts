import type { Context } from '@slack/bolt';

/** What the first middleware found that tells this delivery from others. */
export const keysIn = (context: Context): readonly string[] => {
  const keys: unknown = context['keys'];
  return Array.isArray(keys) ? keys.filter((key): key is string => typeof key === 'string') : [];
};
