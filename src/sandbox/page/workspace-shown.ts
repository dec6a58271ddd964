import type { Workspace, WorkspaceChannel } from '../slack/types.ts';
import type { ChannelShown, CommandHint, Looking, MessageShown, Names, PersonShown, WorkspaceShown } from './types.ts';

/** More than a screen; older messages of a long demonstration are not sent again and again. */
const MOST_MESSAGES = 80;

const namesOf = (workspace: Workspace): Names => ({
  users: Object.fromEntries(workspace.users().map(({ id, realName, name }) => [id, realName === '' ? name : realName])),
  channels: Object.fromEntries(workspace.channels().map(({ id, name }) => [id, name])),
  groups: Object.fromEntries(workspace.userGroups().map(({ id, handle }) => [id, handle])),
});

const channelShown = (workspace: Workspace, me: string, channel: WorkspaceChannel): ChannelShown => ({
  id: channel.id,
  name: channel.name,
  kind: 'channel',
  isPrivate: channel.isPrivate,
  isArchived: channel.isArchived,
  isShared: channel.isExtShared,
  latest: workspace.messages(me, channel.id).at(-1)?.ts ?? null,
});

const channelsOf = (workspace: Workspace, me: string): readonly ChannelShown[] => {
  const own = workspace.direct(me);
  const seen = workspace.channels().filter(({ id, members }) => members.includes(me) && !id.startsWith('D'));
  return [
    ...seen.map((channel) => channelShown(workspace, me, channel)),
    {
      id: own,
      name: 'steer',
      kind: 'direct',
      isPrivate: true,
      isArchived: false,
      isShared: false,
      latest: workspace.messages(me, own).at(-1)?.ts ?? null,
    },
  ];
};

/** The workspace as the person sees it who looks; a channel that he cannot see becomes the first that he can. */
export const workspaceShown = (
  workspace: Workspace,
  { people, hints }: { readonly people: readonly PersonShown[]; readonly hints: readonly CommandHint[] },
  { as, channel: asked, thread }: Looking,
): WorkspaceShown => {
  const me = people.find(({ id }) => id === as)?.id ?? people[0]?.id ?? as;
  const channels = channelsOf(workspace, me);
  const channel = channels.find(({ id }) => id === asked)?.id ?? channels[0]?.id ?? asked;
  const messages = workspace.messages(me, channel).slice(-MOST_MESSAGES);
  const withReplies = messages.map(
    (message): MessageShown => ({
      ...message,
      replies: message.threadTs === null ? Math.max(0, workspace.thread(me, channel, message.ts).length - 1) : 0,
    }),
  );
  const inThread = thread === null ? [] : workspace.thread(me, channel, thread);
  return {
    team: workspace.teamName,
    commandName: workspace.commandName,
    bot: workspace.botUserId,
    hints,
    me,
    tz: workspace.users().find(({ id }) => id === me)?.tz ?? 'UTC',
    people,
    names: namesOf(workspace),
    channels,
    channel,
    messages: withReplies,
    thread: thread === null || inThread.length === 0 ? null : { ts: thread, messages: inThread },
    modals: workspace.modals(me),
    home: workspace.home(me),
    sockets: workspace.sockets(),
  };
};
