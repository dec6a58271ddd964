import type { RunView } from '../../operations/show.ts';
import { isEnded } from '../../run/state.ts';
import { requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { finalSheet } from './final-sheet.ts';
import { runBlockId } from './ids.ts';
import { objectionLines } from './objection-lines.ts';
import { runButtons, typedLine } from './run-buttons.ts';
import { idLine, peopleQuotes, regionLines, remarkLines, stateLines, updatedLine } from './run-sheet.ts';
import { code, say } from './said.ts';
import { group, rendered, type Sheet } from './sheet.ts';
import { stepCards, stepLines } from './step-lines.ts';

const liveSheet = (view: RunView): Sheet => {
  const { run, now, warnings } = view;
  return {
    title: headline(run),
    groups: [
      group(stateLines(run, now), 14),
      regionLines(run),
      group(stepLines(run), 14),
      remarkLines(run),
      group(objectionLines(warnings), 3, `/steer show ${run.run}`),
    ],
    decoration: stepCards(run, now),
    quotes: peopleQuotes(run),
    buttons: runButtons(run),
    blockId: runBlockId(run),
    typed: typedLine(run),
    footer: [[requestText(run.envelope.request)], idLine(run), updatedLine(view)],
  };
};

const isHeldByPerson = ({ run }: RunView): boolean => run.personHold !== null;

/** The one message of a run, for every phase; once it has ended, its summary. */
export const renderLive = (view: RunView, context: ViewContext): Rendered =>
  rendered(isEnded(view.run) ? finalSheet(view) : liveSheet(view), { ...context, now: view.now });

/**
 * While the bot restarts: the state as it was, said to be old, and how to go on without the bot. It has no buttons, because
 * nobody would hear a click, and somebody would believe that he has held the run.
 */
export const renderLeft = (view: RunView, context: ViewContext): Rendered => {
  const { typed: _, buttons: __, ...sheet } = liveSheet(view);
  const { run } = view.run;
  const left = [
    say`Bot restarting; the engine continues: ${code(`steer status ${run}`)}`,
    ...(isHeldByPerson(view) ? [] : [say`To hold it now: ${code(`steer hold ${run}`)}`]),
  ];
  return rendered({ ...sheet, groups: [group(left), ...sheet.groups] }, { ...context, now: view.now });
};

/** `show RUN`: the same for one reader, without buttons, with every warning. */
export const renderShow = (view: RunView, context: ViewContext): Rendered => {
  const { typed, buttons: _, ...sheet } = isEnded(view.run) ? finalSheet(view) : liveSheet(view);
  const control = typed === undefined || typed === null ? [] : [group([[typed]])];
  return rendered({ ...sheet, groups: [...sheet.groups, ...control] }, { ...context, now: view.now });
};
