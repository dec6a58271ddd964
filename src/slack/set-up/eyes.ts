import { ErrorCode, type WebAPICallResult, WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { type ChannelSeen, type SlackEyes, SlackSays, type UserSeen } from './check.ts';

const TIMEOUT_MS = 8000;

const AUTH = z.object({
  team_id: z.string(),
  enterprise_id: z.string().optional(),
  is_enterprise_install: z.boolean().optional(),
});
const CHANNEL = z.object({
  channel: z.object({
    name: z.string().default('?'),
    is_member: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
    is_org_shared: z.boolean().default(false),
  }),
});
const GROUPS = z.object({ usergroups: z.array(z.object({ id: z.string() })).default([]) });
const USER = z.object({
  user: z.object({
    name: z.string().default('?'),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
  }),
});

const codeOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== ErrorCode.PlatformError)
    return null;
  const data = 'data' in error ? z.object({ error: z.string() }).safeParse(error.data) : null;
  return data?.success === true ? data.data.error : 'unknown_error';
};

/** No token is ever part of what is thrown: only the code that Slack answered. */
const saying = async (call: Promise<WebAPICallResult>): Promise<WebAPICallResult> => {
  try {
    return await call;
  } catch (error) {
    const code = codeOf(error);
    throw code === null ? new Error('no answer from Slack', { cause: error }) : new SlackSays(code);
  }
};

export interface EyesOptions {
  readonly botToken: string;
  /** Null where Slack reaches steer over HTTP. */
  readonly appToken: string | null;
  /** Null for Slack's own. */
  readonly endpoint: string | null;
}

/** Looks at a workspace through the Web API, and changes nothing there. */
export const slackEyes = ({ botToken, appToken, endpoint }: EyesOptions): SlackEyes => {
  const options: WebClientOptions = {
    ...(endpoint === null ? {} : { slackApiUrl: endpoint }),
    timeout: TIMEOUT_MS,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 1 },
  };
  const bot = new WebClient(botToken, options);
  return {
    bot: async () => {
      const answer = await saying(bot.auth.test());
      const { team_id: team, enterprise_id: enterprise } = AUTH.parse(answer);
      return { team, enterprise: enterprise ?? null, scopes: answer.response_metadata?.scopes ?? [] };
    },
    socket: async () => {
      await saying(new WebClient(appToken ?? '', options).apps.connections.open());
    },
    channel: async (id): Promise<ChannelSeen> => {
      const { channel } = CHANNEL.parse(await saying(bot.conversations.info({ channel: id })));
      return {
        name: channel.name,
        isMember: channel.is_member,
        isArchived: channel.is_archived,
        isShared: channel.is_ext_shared || channel.is_org_shared,
      };
    },
    groups: async () => GROUPS.parse(await saying(bot.usergroups.list())).usergroups.map(({ id }) => id),
    user: async (id): Promise<UserSeen> => {
      const { user } = USER.parse(await saying(bot.users.info({ user: id })));
      return {
        name: user.name,
        deleted: user.deleted,
        isBot: user.is_bot,
        isGuest: user.is_restricted || user.is_ultra_restricted || user.is_stranger,
      };
    },
  };
};
