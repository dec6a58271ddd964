/** How Slack will reach steer; over HTTP it has to be told where. */
export type Reach = { readonly kind: 'socket' } | { readonly kind: 'http'; readonly url: string };

/**
 * The least that the bot needs. No `*:history`: it has no need to read what people say. No `chat:write.public`: being invited
 * to a channel is a gate (https://docs.slack.dev/reference/scopes, 2026-11).
 */
export const BOT_SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:read',
  'im:write',
  'usergroups:read',
  'users:read',
] as const;

const BOT_EVENTS = ['app_home_opened', 'app_mention', 'subteam_members_changed', 'subteam_updated'] as const;

const USAGE = 'evacuate|shift|restore|plan|status|hold|resume|rollback|stop|approve|deny|drill|history|help';

/** The app manifest as Slack's pages take it (https://docs.slack.dev/reference/app-manifest, 2026-11). */
export const manifest = (reach: Reach): Readonly<Record<string, unknown>> => {
  const url = reach.kind === 'http' ? { url: reach.url } : {};
  const requestUrl = reach.kind === 'http' ? { request_url: reach.url } : {};
  return {
    display_information: {
      name: 'steer',
      description: 'Moves traffic between regions by DNS, step by step',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'steer', always_online: true },
      slash_commands: [
        {
          command: '/steer',
          ...url,
          description: 'Move traffic between regions, safely',
          usage_hint: USAGE,
          should_escape: true,
        },
      ],
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: reach.kind === 'socket',
      token_rotation_enabled: false,
    },
  };
};
