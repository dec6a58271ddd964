import type { Config, Person, Role, SlackConfig } from '../../../src/domain/config.ts';
import { personId } from '../../../src/domain/ids.ts';
import type { Asker } from '../../../src/operations/deps.ts';
import { SANDBOX_WORKSPACE, type WorkspaceSeed } from '../../../src/sandbox/slack/seed.ts';

export const OPS = 'C0OPS';
/** Another channel from which something may be changed. */
export const DESK = 'C0DESK';

const { team, app } = SANDBOX_WORKSPACE;

/** Somebody of the workspace, and who he is to steer. */
export interface Member {
  /** `U…`. */
  readonly user: string;
  readonly person: string;
  readonly role: Role;
}

/** Half of them operators, the others approvers and responders in turn. */
export const crowd = (size: number): readonly Member[] =>
  Array.from({ length: size }, (_, i) => {
    const role: Role = i % 2 === 0 ? 'operator' : i % 4 === 1 ? 'approver' : 'responder';
    return { user: `U0MEMBER${i + 1}`, person: `${role}-${i + 1}`, role };
  });

/** Two channels with everybody and the bot in them. */
export const workspaceOf = (members: readonly Member[]): WorkspaceSeed => ({
  ...SANDBOX_WORKSPACE,
  users: members.map(({ user, person }) => ({ id: user, name: person })),
  channels: [
    { id: OPS, name: 'ops', members: [app.botUserId, ...members.map(({ user }) => user)] },
    { id: DESK, name: 'desk', members: [app.botUserId, ...members.map(({ user }) => user)] },
  ],
  groups: [{ id: 'S0ONCALL', handle: 'on-call', users: members.slice(0, 5).map(({ user }) => user) }],
});

const personOf = ({ user, person, role }: Member): Person => ({
  person: personId(person),
  role,
  identities: [{ door: 'slack', team: team.id, user }],
  shared: false,
  totpSecretFrom: null,
});

const slackOf = (endpoint: string): SlackConfig => ({
  team: team.id,
  enterprise: null,
  botTokenFrom: { env: 'BOT_TOKEN' },
  transport: { kind: 'socket', appTokenFrom: { env: 'APP_TOKEN' } },
  channel: OPS,
  channels: [OPS, DESK],
  approversGroup: null,
  groups: [{ group: 'S0ONCALL', role: 'responder' }],
  membershipMaximumAgeMs: 10 * 60_000,
  secondFactor: [],
  endpoint,
});

export const SECRETS: ReadonlyMap<string, string> = new Map([
  ['BOT_TOKEN', app.botToken],
  ['APP_TOKEN', app.appToken],
]);

/** The config of a fleet whose people are those of the workspace at `endpoint`. */
export const configWith = (config: Config, members: readonly Member[], endpoint: string): Config => ({
  ...config,
  people: members.map(personOf),
  slack: slackOf(endpoint),
});

export const askerOf = ({ user }: Member): Asker => ({
  presented: { door: 'slack', team: team.id, user, groups: [] },
  door: 'slack',
  proof: null,
});

/** The first of the crowd who has the role. Throws when nobody has. */
export const someone = (members: readonly Member[], role: Role): Member => {
  const found = members.find((member) => member.role === role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
};
