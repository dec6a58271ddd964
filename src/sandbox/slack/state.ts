import { createIds, type Ids } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { AppSeed, TeamSeed, UserSeed, WorkspaceSeed } from './seed.ts';
import type { Json, WorkspaceFile, WorkspaceUser } from './types.ts';

/** A message as it was shown before: a screen that is behind still shows it. */
export interface Rendering {
  readonly text: string;
  readonly blocks: readonly Json[];
}

export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  readonly isBroadcast: boolean;
  readonly ephemeralTo: string | null;
  readonly mentions: readonly string[];
  text: string;
  blocks: readonly Json[];
  editedAt: number | null;
  isDeleted: boolean;
  files: readonly WorkspaceFile[];
  /** What it looked like before, the newest last. */
  earlier: readonly Rendering[];
}

export interface StoredChannel {
  readonly id: string;
  readonly isPrivate: boolean;
  readonly isExtShared: boolean;
  readonly isOrgShared: boolean;
  /** The person of a direct message with the bot; null for a channel. */
  readonly directWith: string | null;
  name: string;
  isArchived: boolean;
  members: readonly string[];
  messages: StoredMessage[];
  /** Time stamps of pinned messages. */
  pins: readonly string[];
}

export interface StoredView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly rootId: string;
  readonly previousId: string | null;
  /** The view as the app gave it, with every block_id and action_id filled in. */
  content: JsonObject;
  hash: string;
  errors: Readonly<Record<string, string>>;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly altText: string;
  readonly length: number;
  readonly mimeType: string;
  /** Null until it was uploaded. */
  bytes: Uint8Array | null;
}

/** Everything that a workspace knows; it has one, and its parts write to it. */
export interface State {
  readonly now: () => number;
  readonly ids: Ids;
  readonly team: TeamSeed;
  readonly app: AppSeed;
  readonly users: ReadonlyMap<string, WorkspaceUser>;
  readonly channels: Map<string, StoredChannel>;
  readonly groups: Map<string, { readonly handle: string; users: readonly string[] }>;
  readonly files: Map<string, StoredFile>;
  /** Open modals by user, the topmost last. */
  readonly modals: Map<string, readonly StoredView[]>;
  readonly homes: Map<string, StoredView>;
  /** Where the workspace can be reached: `http://127.0.0.1:PORT`. */
  origin: string;
  /** Tells everyone who watches that something changed. */
  readonly changed: () => void;
  readonly listeners: Set<() => void>;
}

const userOf = (seed: UserSeed, teamId: string): WorkspaceUser => ({
  teamId,
  realName: seed.name,
  isBot: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  deleted: false,
  tz: 'Etc/UTC',
  ...seed,
});

const directWith = (id: string, user: string, bot: string): StoredChannel => ({
  id,
  isPrivate: true,
  isExtShared: false,
  isOrgShared: false,
  directWith: user,
  name: '',
  isArchived: false,
  members: [user, bot],
  messages: [],
  pins: [],
});

export const createState = (seed: WorkspaceSeed, now: () => number, random: () => number): State => {
  const ids = createIds(now, random);
  const { team, app } = seed;
  const bot = userOf({ id: app.botUserId, name: app.name, isBot: true }, team.id);
  const users = new Map([...seed.users.map((user) => userOf(user, team.id)), bot].map((user) => [user.id, user]));
  const channels = new Map<string, StoredChannel>();
  for (const channel of seed.channels) {
    channels.set(channel.id, {
      isPrivate: false,
      isExtShared: false,
      isOrgShared: false,
      ...channel,
      directWith: null,
      isArchived: false,
      messages: [],
      pins: [],
    });
  }
  for (const user of seed.users) {
    if (user.isBot) continue;
    const id = `D${user.id.slice(1)}`;
    channels.set(id, directWith(id, user.id, app.botUserId));
  }
  const listeners = new Set<() => void>();
  return {
    now,
    ids,
    team,
    app,
    users,
    channels,
    groups: new Map(seed.groups.map(({ id, handle, users: members }) => [id, { handle, users: members }])),
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
    origin: 'https://slack.invalid',
    listeners,
    changed: () => {
      for (const listener of [...listeners]) listener();
    },
  };
};
