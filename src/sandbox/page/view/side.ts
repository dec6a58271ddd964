import type { ChannelShown, WorkspaceShown } from '../types.ts';
import type { PageState } from './page-state.ts';
import { h, type Tree } from './tree.ts';

const signOf = (channel: ChannelShown): string => (channel.kind === 'direct' ? '' : '# ');

const marks = ({ kind, isPrivate, isShared, isArchived }: ChannelShown): string =>
  [
    isPrivate && kind === 'channel' ? 'private' : null,
    isShared ? 'with another company' : null,
    isArchived ? 'archived' : null,
  ]
    .filter((mark) => mark !== null)
    .join(', ');

const isUnread = (channel: ChannelShown, { seen }: PageState): boolean =>
  channel.latest !== null && (seen[channel.id] === undefined || Number(channel.latest) > Number(seen[channel.id]));

const channelButton = (channel: ChannelShown, state: PageState, current: string): Tree => {
  const isCurrent = channel.id === current && !state.isHome;
  const unread = !isCurrent && isUnread(channel, state);
  const mark = marks(channel);
  return h(
    'li',
    { key: channel.id },
    h(
      'button',
      {
        type: 'button',
        class: unread ? 'channel unread' : 'channel',
        'data-do': 'channel',
        'data-channel': channel.id,
        'data-testid': `channel-${channel.kind === 'direct' ? 'direct' : channel.name}`,
        'aria-current': isCurrent ? 'page' : null,
      },
      `${signOf(channel)}${channel.name}`,
      mark !== '' && h('small', {}, ` (${mark})`),
      unread && h('span', { class: 'dot' }, ' new'),
    ),
  );
};

/** Whom the reader acts as: the sandbox's own control, not Slack's. */
const actAs = ({ people, me }: WorkspaceShown): Tree =>
  h(
    'div',
    { class: 'act-as' },
    h('label', { for: 'act-as' }, 'Act as'),
    h(
      'select',
      { id: 'act-as', 'aria-describedby': 'standing', 'data-do': 'act-as', 'data-testid': 'act-as', 'data-value': me },
      people.map(({ id, name }) => h('option', { value: id, key: id }, name)),
    ),
    h('p', { id: 'standing' }, people.find(({ id }) => id === me)?.standing ?? ''),
  );

/** Channels, the app, and the people to act as. */
export const side = (state: PageState, workspace: WorkspaceShown): Tree => {
  const { channels, channel } = workspace;
  const listed = (kind: ChannelShown['kind']): readonly Tree[] =>
    channels.filter((one) => one.kind === kind).map((one) => channelButton(one, state, channel));
  return h(
    'nav',
    { class: 'side', 'aria-label': 'Workspace' },
    h('p', { class: 'team' }, workspace.team),
    actAs(workspace),
    h('h2', {}, 'Channels'),
    h('ul', {}, listed('channel')),
    h('h2', {}, 'App'),
    h(
      'ul',
      {},
      h(
        'li',
        { key: 'home' },
        h(
          'button',
          {
            type: 'button',
            class: 'channel',
            'data-do': 'home',
            'data-testid': 'app-home',
            'aria-current': state.isHome ? 'page' : null,
          },
          'steer Home',
        ),
      ),
      listed('direct'),
    ),
    h('p', { class: 'sockets' }, `Bot connections: ${workspace.sockets}`),
  );
};
