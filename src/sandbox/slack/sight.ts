import { seenMessage } from './messages.ts';
import type { State, StoredMessage } from './state.ts';
import type { Workspace } from './types.ts';
import { seenView } from './views.ts';

type Sight = Pick<
  Workspace,
  | 'teamId'
  | 'teamName'
  | 'appId'
  | 'botUserId'
  | 'commandName'
  | 'users'
  | 'channels'
  | 'userGroups'
  | 'direct'
  | 'messages'
  | 'thread'
  | 'modals'
  | 'home'
  | 'file'
>;

/** What people see of a workspace, each only what is for him. */
export const createSight = (state: State): Sight => {
  const isFor =
    (user: string) =>
    ({ ephemeralTo }: StoredMessage): boolean =>
      ephemeralTo === null || ephemeralTo === user;
  const ofChannel = (id: string): readonly StoredMessage[] => state.channels.get(id)?.messages ?? [];
  return {
    teamId: state.team.id,
    teamName: state.team.name,
    appId: state.app.id,
    botUserId: state.app.botUserId,
    commandName: state.app.commandName,
    users: () => [...state.users.values()],
    channels: () =>
      [...state.channels.values()].map(({ messages: _, pins: __, directWith: ___, ...channel }) => ({ ...channel })),
    userGroups: () => [...state.groups].map(([id, { handle, users }]) => ({ id, handle, users })),
    direct: (user) => {
      const channel = [...state.channels.values()].find(({ directWith }) => directWith === user);
      if (channel === undefined) throw new TypeError(`${user} has no direct message with the bot`);
      return channel.id;
    },
    messages: (user, channel) =>
      ofChannel(channel)
        .filter(isFor(user))
        .filter(({ threadTs, isBroadcast }) => threadTs === null || isBroadcast)
        .map(seenMessage),
    thread: (user, channel, ts) =>
      ofChannel(channel)
        .filter(isFor(user))
        .filter((message) => message.ts === ts || message.threadTs === ts)
        .map(seenMessage),
    modals: (user) => (state.modals.get(user) ?? []).map(seenView),
    home: (user) => {
      const view = state.homes.get(user);
      return view === undefined ? null : seenView(view);
    },
    file: (id) => {
      const file = state.files.get(id);
      return file === undefined || file.bytes === null ? null : { bytes: file.bytes, mimeType: file.mimeType };
    },
  };
};
