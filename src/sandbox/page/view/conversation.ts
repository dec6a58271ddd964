import type { MessageShown, WorkspaceShown } from '../types.ts';
import { blocks } from './blocks.ts';
import { composer, offered } from './composer.ts';
import { messageTree } from './message.ts';
import type { PageState } from './page-state.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

const titleOf = ({ channels, channel }: WorkspaceShown): string => {
  const found = channels.find(({ id }) => id === channel);
  return found === undefined ? channel : found.kind === 'direct' ? `${found.name} (direct message)` : `#${found.name}`;
};

const log = (label: string, testId: string, messages: readonly Tree[]): Tree =>
  h(
    'div',
    // A live message is edited every few seconds: only new ones are read out.
    {
      class: 'log',
      role: 'log',
      'aria-label': label,
      'aria-relevant': 'additions',
      tabindex: '0',
      'data-testid': testId,
    },
    messages,
  );

const problemLine = ({ problem, isConnected }: PageState): Tree | null => {
  const text = isConnected ? problem : 'The sandbox does not answer. Is "npm run demo" still running?';
  return text === null
    ? null
    : h(
        'div',
        { class: 'problem', role: 'alert', 'data-testid': 'problem', key: 'problem' },
        h('p', {}, text),
        h('button', { type: 'button', class: 'button', 'data-do': 'dismiss' }, 'Dismiss'),
      );
};

const emptyText = 'Nothing here yet. Type / to see what steer can do.';

/** The conversation in the middle: messages, and where the next one is typed. */
export const conversation = (state: PageState, workspace: WorkspaceShown, reading: Reading): Tree => {
  const title = titleOf(workspace);
  const around = { workspace, reading, surface: 'channel' } as const;
  const tree = (message: MessageShown): Tree => messageTree(message, message.replies, around);
  return h(
    'section',
    { class: 'conversation', key: 'conversation', 'aria-label': title },
    h('h1', {}, title),
    log(
      `Messages in ${title}`,
      'messages',
      workspace.messages.length === 0
        ? [h('p', { class: 'empty', key: 'empty' }, emptyText)]
        : workspace.messages.map(tree),
    ),
    problemLine(state),
    composer({
      id: 'composer',
      label: `Message ${title}`,
      commandName: workspace.commandName,
      offers: offered(state.draft, workspace.commandName, workspace.hints),
      chosen: state.hint,
    }),
  );
};

/** The thread beside the conversation; null while none is open. */
export const threadPanel = (workspace: WorkspaceShown, reading: Reading): Tree | null => {
  const { thread } = workspace;
  if (thread === null) return null;
  const around = { workspace, reading, surface: 'thread' } as const;
  return h(
    'aside',
    { class: 'thread', key: 'thread', 'aria-label': 'Thread', 'data-testid': 'thread' },
    h(
      'div',
      { class: 'thread-head' },
      h('h2', {}, 'Thread'),
      h(
        'button',
        { type: 'button', class: 'button', 'data-do': 'close-thread', 'data-testid': 'close-thread' },
        'Close thread',
      ),
    ),
    log(
      'Messages in the thread',
      'thread-messages',
      thread.messages.map((message) => messageTree(message, null, around)),
    ),
    composer({ id: 'reply', label: 'Reply…', commandName: workspace.commandName, offers: [], chosen: -1 }),
  );
};

/** The Home tab of the app. */
export const homeTab = (state: PageState, workspace: WorkspaceShown, reading: Reading): Tree => {
  const { home } = workspace;
  const shown = home && { place: { view: home.id }, surface: 'home', errors: home.errors };
  return h(
    'section',
    { class: 'conversation', key: 'home', 'aria-label': 'steer Home' },
    h('h1', {}, 'steer Home'),
    h(
      'div',
      { class: 'home', 'data-testid': 'home' },
      home === null || shown === null
        ? h('p', { class: 'empty' }, 'The app has not shown its Home tab to you yet.')
        : blocks(home.blocks, shown, reading),
    ),
    problemLine(state),
  );
};
