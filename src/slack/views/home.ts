import type { FleetStatus } from '../../operations/status.ts';
import type { Whoami } from '../../operations/whoami.ts';
import type { RenderedView } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { alarmLines, budgetLines, openRuns, shareGroups, statusFooter } from './fleet-lines.ts';
import { HOME } from './ids.ts';
import { bold, type Said } from './said.ts';
import { blocksWithin, type Group, group } from './sheet.ts';
import { whoLines } from './who-lines.ts';

const headed = (title: string, { lines, most, rest }: Group): Group => group([[bold(title)], ...lines], most + 1, rest);

/** The App Home: where traffic goes, what runs, what is left of the budget, what is frozen, and what its reader may do. */
export const renderHome = (status: FleetStatus, who: Whoami, context: ViewContext): RenderedView => {
  const [away = group([]), home = group([])] = shareGroups(status);
  const freezes: readonly Said[] = status.freezes.length === 0 ? [['Nothing is frozen.']] : [];
  const sheet = {
    title: `${status.fleet}: traffic by region`,
    groups: [
      group([...alarmLines(status), ...freezes], 12),
      headed('Under way', openRuns(status)),
      headed(
        'Away from home',
        away.lines.length === 0 ? group([['Nothing: every service is where it belongs.']]) : away,
      ),
      ...(home.lines.length === 0 ? [] : [headed('At home', home)]),
      headed('Budget left', group(budgetLines(status))),
      headed('Next drills', group([['None configured.']])),
      headed('You', group(whoLines(who))),
      group([
        [
          'Start from a channel: /steer evacuate REGION. When Slack is down: steer status, steer hold on the command line.',
        ],
      ]),
    ],
    footer: statusFooter(status),
  };
  return {
    title: 'steer',
    callbackId: HOME,
    submit: null,
    close: null,
    blocks: blocksWithin(sheet, { ...context, decorated: false }),
  };
};
