import { ApiError } from '../api-error.ts';
import type { JsonObject } from '../json.ts';
import type { State } from '../state.ts';
import type { WorkspaceUser } from '../types.ts';
import type { Method } from './method.ts';

/** People and user groups. */
const userJson = (state: State, user: WorkspaceUser): JsonObject => ({
  id: user.id,
  team_id: user.teamId,
  name: user.name,
  deleted: user.deleted,
  real_name: user.realName,
  tz: user.tz,
  profile: { real_name: user.realName, display_name: user.name, team: user.teamId },
  is_admin: false,
  is_owner: false,
  is_restricted: user.isRestricted,
  is_ultra_restricted: user.isUltraRestricted,
  is_bot: user.isBot,
  is_app_user: false,
  is_stranger: user.isStranger,
  updated: 0,
  ...(state.team.enterpriseId === null || user.isStranger
    ? {}
    : { enterprise_user: { id: user.id, enterprise_id: state.team.enterpriseId, teams: [state.team.id] } }),
});

const usersInfo: Method = {
  tier: 4,
  token: 'bot',
  scopes: ['users:read'],
  arguments: ['user', 'include_locale'],
  run: (args, { state }) => {
    const user = state.users.get(args.required('user', 'user_not_found'));
    if (user === undefined) throw new ApiError('user_not_found');
    return { user: userJson(state, user) };
  },
};

const groupJson = (state: State, id: string, handle: string, users: readonly string[]): JsonObject => ({
  id,
  team_id: state.team.id,
  is_usergroup: true,
  name: handle,
  handle,
  description: '',
  is_external: false,
  date_delete: 0,
  user_count: users.length,
});

const groupsList: Method = {
  tier: 2,
  token: 'bot',
  scopes: ['usergroups:read'],
  arguments: ['include_count', 'include_disabled', 'include_users'],
  run: (args, { state }) => ({
    usergroups: [...state.groups].map(([id, { handle, users }]) => ({
      ...groupJson(state, id, handle, users),
      ...(args.flag('include_users', false) ? { users: [...users] } : {}),
    })),
  }),
};

const groupUsers: Method = {
  tier: 2,
  token: 'bot',
  scopes: ['usergroups:read'],
  arguments: ['usergroup', 'include_disabled'],
  run: (args, { state }) => {
    const group = state.groups.get(args.required('usergroup'));
    if (group === undefined) throw new ApiError('no_such_subteam');
    return { users: [...group.users] };
  },
};

export const DIRECTORY: Readonly<Record<string, Method>> = {
  'users.info': usersInfo,
  'usergroups.list': groupsList,
  'usergroups.users.list': groupUsers,
};
