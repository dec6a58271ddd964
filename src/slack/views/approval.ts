import { phaseOf } from '../../run/phase.ts';
import type { Run } from '../../run/state.ts';
import { movedText } from '../../words/blast-radius.ts';
import { envelopeMark, overrideLines, requestText } from '../../words/plan.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import type { Quote } from './escape.ts';
import { runBlockId } from './ids.ts';
import { effectLines, regionGroup } from './plan-sheet.ts';
import { approvalButtons } from './run-buttons.ts';
import { idLine, peopleQuotes } from './run-sheet.ts';
import { bold, code, type Said, say, time } from './said.ts';
import { group, rendered } from './sheet.ts';

/** Tells the approvers, once: a later edit of a message notifies nobody. */
const callLine = (run: Run, { approversGroup }: ViewContext): Said => {
  const who: Said = approversGroup === null ? [] : [' Called: ', { kind: 'group', group: approversGroup }, '.'];
  return say`Expires ${time(run.envelope.startBy)}. Who asked cannot approve.${who}`;
};

const isWaiting = ({ stage }: Run): boolean => stage === 'waiting';

/** Only what stays true: nobody edits the request again once it shows what was decided. */
const decisionOf = (run: Run): string => {
  if (isWaiting(run)) return 'APPROVAL NEEDED';
  if (run.ended?.reason === 'denied') return 'DENIED';
  return run.approval === null ? `NOT APPROVED, ${phaseOf(run).words}` : 'APPROVED';
};

const titleOf = (run: Run): string => {
  const what = `${requestText(run.envelope.request)} (${movedText(run.envelope)})`;
  const broken = run.envelope.overrides.length > 0 ? 'BREAK-GLASS ' : '';
  return `${envelopeMark(run.envelope)}${broken}${decisionOf(run)}: ${what}`;
};

/** Who asked; then who decided, and when. */
const quotesOf = (run: Run): readonly Quote[] => {
  const people = peopleQuotes(run);
  if (isWaiting(run)) return people.slice(0, 1);
  const { ended, endedAt, approval } = run;
  const isUndone = ended?.reason === 'denied' || approval === null;
  if (!isUndone || ended === null || endedAt === null) return people;
  const end: Quote = { before: say`${phaseOf(run).words} ${time(endedAt)}`, words: ended.because.join(' ') };
  return [...(approval === null ? people.slice(0, 1) : people), end];
};

/** The request for an approval: a thread reply that is also broadcast. Once decided: by whom, and no buttons. */
export const renderApproval = (run: Run, context: ViewContext): Rendered => {
  const { envelope } = run;
  const how = isWaiting(run) ? say`or type ${code(`/steer approve ${run.run}`)}` : ['no longer waits for approval'];
  return rendered(
    {
      title: titleOf(run),
      groups: [
        group(isWaiting(run) ? [callLine(run, context)] : []),
        group(
          overrideLines(envelope).map((line): Said => [bold(line)]),
          9,
        ),
        group(effectLines(envelope, run.forecast)),
        regionGroup(envelope, run.forecast),
        group(
          run.forecast.remarks.map((line): Said => [`- ${line}`]),
          6,
          `/steer show ${run.run}`,
        ),
      ],
      quotes: quotesOf(run),
      buttons: approvalButtons(run),
      blockId: runBlockId(run),
      footer: [idLine(run), how],
    },
    context,
  );
};
