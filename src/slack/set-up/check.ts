import type { Person, SlackConfig } from '../../domain/config.ts';
import { type Finding, fail, ok, warn } from '../../readiness/finding.ts';
import { BOT_SCOPES } from './manifest.ts';

/** What Slack says about one channel, as far as it matters here. */
export interface ChannelSeen {
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  /** With another organisation, or with other workspaces of an own one. */
  readonly isShared: boolean;
}

export interface UserSeen {
  readonly name: string;
  readonly deleted: boolean;
  readonly isGuest: boolean;
  readonly isBot: boolean;
}

/** What the check asks of Slack. Every method throws SlackSays for an error that Slack answered, anything else for no answer. */
export interface SlackEyes {
  /** Who the bot token belongs to, and what it may do. */
  readonly bot: () => Promise<{
    readonly team: string;
    readonly enterprise: string | null;
    readonly scopes: readonly string[];
  }>;
  /** Opens and closes nothing: only asks for the address of a socket, which proves the app token. */
  readonly socket: () => Promise<void>;
  readonly channel: (id: string) => Promise<ChannelSeen>;
  /** Ids of the user groups that are there. */
  readonly groups: () => Promise<readonly string[]>;
  readonly user: (id: string) => Promise<UserSeen>;
}

/** An error code that Slack answered with, e.g. `invalid_auth`. */
export class SlackSays extends Error {
  override readonly name = 'SlackSays';
  readonly code: string;

  constructor(code: string) {
    super(`Slack answers ${code}`);
    this.code = code;
  }
}

const TOKEN_REMEDY: Readonly<Record<string, string>> = {
  invalid_auth: 'copy the token again from the app pages, into the variable or file that the config names',
  not_authed: 'put the token into the variable or file that the config names',
  token_revoked: 'install the app to the workspace again and copy the new token',
  account_inactive: 'the bot was removed from the workspace: install the app again',
  not_allowed_token_type: 'a bot token begins with xoxb-, an app-level token with xapp-: they were mixed up',
};

const said = (check: string, error: unknown, remedy: string | null): Finding =>
  error instanceof SlackSays
    ? fail(check, `Slack answers ${error.code}`, TOKEN_REMEDY[error.code] ?? remedy)
    : fail(check, 'Slack could not be reached', 'look at the network between here and Slack, then check again');

const looked = async (check: string, remedy: string | null, look: () => Promise<readonly Finding[]>) =>
  look().catch((error: unknown): readonly Finding[] => [said(check, error, remedy)]);

const botFindings = async (slack: SlackConfig, eyes: SlackEyes): Promise<readonly Finding[]> => {
  const { team, enterprise, scopes } = await eyes.bot();
  const missing = BOT_SCOPES.filter((scope) => !scopes.includes(scope));
  const surplus = scopes.filter((scope) => !BOT_SCOPES.some((needed) => needed === scope));
  const wants = slack.enterprise ?? slack.team;
  const has = slack.enterprise === null ? team : (enterprise ?? team);
  return [
    has === wants
      ? ok('bot token', `it is the token of ${has}`)
      : fail(
          'bot token',
          `it belongs to ${has}, and the config says ${wants}`,
          'use the token of that workspace, or correct slack.team',
        ),
    missing.length === 0
      ? ok('scopes', 'the bot may do all that it needs')
      : fail(
          'scopes',
          `the bot lacks ${missing.join(', ')}`,
          'paste the manifest (steer slack manifest) and install the app again',
        ),
    ...(surplus.length === 0
      ? []
      : [warn('scopes', `the bot may do more than it needs: ${surplus.join(', ')}`, 'take these scopes away')]),
  ];
};

const channelFindings = (slack: SlackConfig, eyes: SlackEyes): readonly Promise<readonly Finding[]>[] =>
  slack.channels.map((id) =>
    looked(`channel ${id}`, 'correct the id, or invite the bot to the channel: /invite @steer', async () => {
      const { name, isMember, isArchived, isShared } = await eyes.channel(id);
      const check = `channel ${id}`;
      if (isArchived)
        return [fail(check, `#${name} is archived`, 'name another channel in slack.channel or slack.channels')];
      if (isShared)
        return [
          fail(
            check,
            `#${name} is shared beyond the workspace, so nothing may be changed from it`,
            'name a channel of your own',
          ),
        ];
      return isMember
        ? [ok(check, `#${name} is there, and the bot is in it`)]
        : [fail(check, `the bot is not in #${name}`, `type in #${name}: /invite @steer`)];
    }),
  );

const groupFindings = (slack: SlackConfig, eyes: SlackEyes): Promise<readonly Finding[]> => {
  const named = [
    ...slack.groups.map(({ group }) => group),
    ...(slack.approversGroup === null ? [] : [slack.approversGroup]),
  ];
  if (named.length === 0) return Promise.resolve([]);
  return looked('user groups', 'user groups need a paid plan and the scope usergroups:read', async () => {
    const there = await eyes.groups();
    return [...new Set(named)].map((group) =>
      there.includes(group)
        ? ok(`user group ${group}`, 'it is there')
        : fail(
            `user group ${group}`,
            'there is no such user group',
            'correct the id in slack.groups or slack.approversGroup',
          ),
    );
  });
};

const userFindings = (
  slack: SlackConfig,
  people: readonly Person[],
  eyes: SlackEyes,
): readonly Promise<readonly Finding[]>[] =>
  people.flatMap(({ person, identities }) =>
    identities.flatMap((identity) => {
      if (identity.door !== 'slack') return [];
      const check = `person ${person}`;
      const remedy = 'correct the identity in the config';
      if (identity.team !== (slack.enterprise ?? slack.team))
        return [Promise.resolve([fail(check, `${identity.team} is not the workspace of this config`, remedy)])];
      return [
        looked(check, remedy, async () => {
          const { name, deleted, isGuest, isBot } = await eyes.user(identity.user);
          const wrong = deleted ? 'was deactivated' : isBot ? 'is a bot' : isGuest ? 'is a guest' : null;
          return [
            wrong === null
              ? ok(check, `${identity.user} is ${name}`)
              : fail(check, `${identity.user} (${name}) ${wrong}, so steer does not listen to it`, remedy),
          ];
        }),
      ];
    }),
  );

/** Whether the workspace is as the config says: tokens, scopes, channels, groups, people; each with what would mend it. */
export const checkSlack = async (
  slack: SlackConfig,
  people: readonly Person[],
  eyes: SlackEyes,
): Promise<readonly Finding[]> => {
  const bot = await looked('bot token', null, () => botFindings(slack, eyes));
  const socket =
    slack.transport.kind === 'socket'
      ? await looked('app token', 'make an app-level token with connections:write', async () => {
          await eyes.socket();
          return [ok('app token', 'Slack opens a socket for it')];
        })
      : [ok('signing secret', 'only a request of Slack can prove it: type /steer whoami in Slack')];
  if (bot.some(({ check, level }) => check === 'bot token' && level === 'fail')) return [...bot, ...socket];
  const rest = await Promise.all([
    ...channelFindings(slack, eyes),
    groupFindings(slack, eyes),
    ...userFindings(slack, people, eyes),
  ]);
  return [...bot, ...socket, ...rest.flat()];
};
