import { z } from 'zod';

/** What every payload of Slack may carry of where it comes from; the rest is the listeners' business. */
const id = z.string().min(1).max(255).optional().catch(undefined);
const idIn = z.object({ id }).nullish().catch(null);

const SCHEMA = z.object({
  type: id,
  command: id,
  team_id: id,
  enterprise_id: id,
  user_id: id,
  channel_id: id,
  api_app_id: id,
  trigger_id: id,
  event_id: id,
  response_url: z.url().optional().catch(undefined),
  team: idIn,
  enterprise: idIn,
  channel: idIn,
  user: z.object({ id, team_id: id }).nullish().catch(null),
  event: z
    .object({
      type: id,
      user: id,
      team: id,
      user_team: id,
      source_team: id,
      bot_id: id,
      channel: id,
      ts: id,
      thread_ts: id,
    })
    .nullish()
    .catch(null),
});

export type ArrivalKind = 'command' | 'click' | 'view' | 'event' | 'other';

/** One payload, reduced to where it comes from. Null where it does not say. */
export interface Arrival {
  readonly kind: ArrivalKind;
  readonly user: string | null;
  /** Workspace of the person, as far as the payload names it. */
  readonly userTeam: string | null;
  readonly channel: string | null;
  readonly appId: string | null;
  readonly triggerId: string | null;
  readonly eventId: string | null;
  readonly responseUrl: string | null;
  /** Of the message that began the thread; an ephemeral answer to a message without one would be seen by nobody there. */
  readonly threadTs: string | null;
  /** An event that a bot or an app caused. */
  readonly isFromBot: boolean;
}

const kindOf = (body: z.infer<typeof SCHEMA>): ArrivalKind => {
  if (body.command !== undefined) return 'command';
  if (body.type === 'block_actions') return 'click';
  if (body.type === 'view_submission' || body.type === 'view_closed') return 'view';
  return body.event != null ? 'event' : 'other';
};

const userTeamOf = ({ user, event }: z.infer<typeof SCHEMA>): string | null =>
  user?.team_id ?? event?.user_team ?? event?.source_team ?? event?.team ?? null;

/** Never throws: what is not as Slack documents it is not there. */
export const arrivalOf = (body: unknown): Arrival => {
  const read = SCHEMA.safeParse(body);
  const data: z.infer<typeof SCHEMA> = read.success
    ? read.data
    : { team: null, enterprise: null, channel: null, user: null, event: null };
  return {
    kind: kindOf(data),
    user: data.user_id ?? data.user?.id ?? data.event?.user ?? null,
    userTeam: userTeamOf(data),
    channel: data.channel_id ?? data.channel?.id ?? data.event?.channel ?? null,
    appId: data.api_app_id ?? null,
    triggerId: data.trigger_id ?? null,
    eventId: data.event_id ?? null,
    responseUrl: data.response_url ?? null,
    threadTs: data.event?.thread_ts ?? null,
    isFromBot: data.event?.bot_id !== undefined,
  };
};
