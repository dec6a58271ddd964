import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Door } from '../door.ts';

const CHANGED = z.object({ subteam_id: z.string().optional(), subteam: z.object({ id: z.string() }).optional() });

/** Slack tells when a user group changes: what was known of it counts no more. */
export const listenToGroups = (app: App, { members }: Door): void => {
  const forget = async ({ event }: { event: unknown }): Promise<void> => {
    const changed = CHANGED.safeParse(event).data;
    const group = changed?.subteam_id ?? changed?.subteam?.id;
    if (group !== undefined) members.forgetGroup(group);
  };
  app.event('subteam_members_changed', forget);
  app.event('subteam_updated', forget);
};
