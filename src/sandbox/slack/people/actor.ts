import type { Delivered, Dispatch } from '../delivery/dispatch.ts';
import type { JsonObject } from '../json.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { State, StoredChannel } from '../state.ts';
import type { Triggers } from '../triggers.ts';
import type { Acted, WorkspaceUser } from '../types.ts';

/** What people act on. */
export interface Stage {
  readonly state: State;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly dispatch: Dispatch;
}

/** The old proof of Slack's requests, which nobody should rely on; every payload still carries it. */
export const VERIFICATION_TOKEN = 'sandbox-verification';

export const NOTHING_SENT: Acted = { isSent: false, acknowledgedMs: null, problem: null };

export const actedOf = ({ acknowledgedMs, problem }: Delivered): Acted => ({ isSent: true, acknowledgedMs, problem });

export const userOf = (state: State, id: string): WorkspaceUser => {
  const user = state.users.get(id);
  if (user === undefined) throw new TypeError(`the workspace has no user ${id}`);
  return user;
};

/** A channel in which a user can act: he must be in it. */
export const channelOf = (state: State, user: string, id: string): StoredChannel => {
  const channel = state.channels.get(id);
  if (channel === undefined) throw new TypeError(`the workspace has no channel ${id}`);
  if (!channel.members.includes(user)) throw new TypeError(`${user} is not in the channel ${id}`);
  return channel;
};

/** How payloads name a channel: only public ones by their name. */
export const channelName = (channel: StoredChannel): string => {
  if (channel.directWith !== null) return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
};

/** What every payload of an interaction begins with. */
export const interactionBase = (state: State, user: WorkspaceUser): JsonObject => {
  const { team, app } = state;
  const enterprise = team.enterpriseId === null ? null : { id: team.enterpriseId, name: team.name };
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: app.id,
    token: VERIFICATION_TOKEN,
    team: {
      id: team.id,
      domain: team.domain,
      ...(enterprise === null ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
    enterprise,
    is_enterprise_install: false,
  };
};
