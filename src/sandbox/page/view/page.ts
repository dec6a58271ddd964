import { conversation, homeTab, threadPanel } from './conversation.ts';
import { dialogs } from './dialogs.ts';
import type { PageState } from './page-state.ts';
import { picture } from './picture.ts';
import type { Reading } from './reading.ts';
import { side } from './side.ts';
import { h, type Tree } from './tree.ts';

const NO_NAMES = { users: {}, channels: {}, groups: {} };

const paneButton = (pane: PageState['pane'], label: string, current: PageState['pane']): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: 'button',
      'data-do': 'pane',
      'data-pane': pane,
      'data-testid': `pane-${pane}`,
      'aria-pressed': pane === current ? 'true' : 'false',
    },
    label,
  );

/** The whole page. */
export const page = (state: PageState): Tree => {
  const { workspace, world, pane } = state;
  const reading: Reading = {
    names: workspace?.names ?? NO_NAMES,
    nowMs: state.nowMs,
    tz: workspace?.tz ?? 'UTC',
  };
  const hasThread = workspace?.thread !== null && !state.isHome;
  return h(
    'div',
    { class: `shell show-${pane}${hasThread ? ' with-thread' : ''}` },
    h(
      'div',
      { class: 'panes', role: 'group', 'aria-label': 'What to show' },
      paneButton('workspace', 'Slack', pane),
      paneButton('picture', 'The world', pane),
    ),
    workspace === null
      ? h('p', { class: 'starting' }, 'Connecting…')
      : [
          side(state, workspace),
          h(
            'main',
            { key: 'main' },
            state.isHome ? homeTab(state, workspace, reading) : conversation(state, workspace, reading),
            state.isHome ? null : threadPanel(workspace, reading),
          ),
        ],
    picture(world),
    dialogs(state, reading),
  );
};
