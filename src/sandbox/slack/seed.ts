import type { WorkspaceGroup, WorkspaceUser } from './types.ts';

export interface TeamSeed {
  /** `T…`. */
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** `E…` of the organisation on Enterprise Grid; null for a workspace of its own. */
  readonly enterpriseId: string | null;
}

/** Only the id and the name must be said; everything else is what an ordinary member has. */
export type UserSeed = Pick<WorkspaceUser, 'id' | 'name'> & Partial<WorkspaceUser>;

export interface ChannelSeed {
  /** `C…`. */
  readonly id: string;
  readonly name: string;
  /** User ids; the bot's own where it was invited. */
  readonly members: readonly string[];
  readonly isPrivate?: boolean;
  readonly isExtShared?: boolean;
  readonly isOrgShared?: boolean;
}

export interface AppSeed {
  /** `A…`. */
  readonly id: string;
  readonly name: string;
  /** `U…` of the bot. */
  readonly botUserId: string;
  /** `B…` of the bot. */
  readonly botId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** `/steer`. */
  readonly commandName: string;
  /** What the bot token may do. */
  readonly scopes: readonly string[];
  /** Events that the app subscribed to. */
  readonly events: readonly string[];
}

export interface WorkspaceSeed {
  readonly team: TeamSeed;
  readonly app: AppSeed;
  readonly users: readonly UserSeed[];
  readonly channels: readonly ChannelSeed[];
  readonly groups: readonly WorkspaceGroup[];
}

const TEAM = 'T0SANDBOX';
const BOT = 'U0STEER';
const PEOPLE = ['U0OPERATOR', 'U0APPROVER', 'U0ADMIN', 'U0RESPONDER', 'U0VIEWER'];

/**
 * A small workspace: five members of different standing, a guest, a stranger of another workspace and a deleted user;
 * a channel for operations, one for everybody, a private one, and one that is shared with another organisation.
 * The secrets are as secret as a sandbox needs: everybody may read them here.
 */
export const SANDBOX_WORKSPACE: WorkspaceSeed = {
  team: { id: TEAM, name: 'Sandbox', domain: 'sandbox', enterpriseId: null },
  app: {
    id: 'A0STEER',
    name: 'steer',
    botUserId: BOT,
    botId: 'B0STEER',
    botToken: 'xoxb-sandbox-bot',
    appToken: 'xapp-1-sandbox-app',
    signingSecret: 'sandbox-signing-secret',
    commandName: '/steer',
    scopes: [
      'commands',
      'chat:write',
      'app_mentions:read',
      'users:read',
      'usergroups:read',
      'channels:read',
      'groups:read',
      'im:write',
      'pins:write',
      'files:write',
    ],
    events: ['app_mention', 'app_home_opened', 'subteam_members_changed', 'subteam_updated'],
  },
  users: [
    { id: 'U0OPERATOR', name: 'operator' },
    { id: 'U0APPROVER', name: 'approver' },
    { id: 'U0ADMIN', name: 'admin' },
    { id: 'U0RESPONDER', name: 'responder' },
    { id: 'U0VIEWER', name: 'viewer' },
    { id: 'U0GUEST', name: 'guest', isRestricted: true },
    { id: 'U0STRANGER', name: 'stranger', teamId: 'T0ELSEWHERE', isStranger: true },
    { id: 'U0LEFT', name: 'left', deleted: true },
  ],
  channels: [
    { id: 'C0OPS', name: 'ops', members: [BOT, ...PEOPLE, 'U0GUEST'] },
    { id: 'C0GENERAL', name: 'general', members: [...PEOPLE, 'U0GUEST'] },
    { id: 'C0PRIVATE', name: 'private-ops', members: [...PEOPLE], isPrivate: true },
    { id: 'C0SHARED', name: 'shared', members: [BOT, ...PEOPLE, 'U0STRANGER'], isExtShared: true },
  ],
  groups: [
    { id: 'S0APPROVERS', handle: 'approvers', users: ['U0APPROVER', 'U0ADMIN'] },
    { id: 'S0ONCALL', handle: 'on-call', users: ['U0OPERATOR', 'U0RESPONDER'] },
  ],
};
