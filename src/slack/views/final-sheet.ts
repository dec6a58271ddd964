import type { Verb } from '../../domain/plan.ts';
import { durationText } from '../../domain/units.ts';
import type { RunView } from '../../operations/show.ts';
import type { Run } from '../../run/state.ts';
import { counted, minutesText, share } from '../../words/numbers.ts';
import { envelopeMark, requestText } from '../../words/plan.ts';
import { runShares } from '../../words/region-shares.ts';
import { headline, nextText } from '../../words/run.ts';
import { whyLines } from '../../words/run-why.ts';
import { runBlockId } from './ids.ts';
import { placeOf } from './run-buttons.ts';
import { idLine, peopleQuotes, regionLines, remarkLines } from './run-sheet.ts';
import { type Said, say, sentence, time, timeMark } from './said.ts';
import { group, labelled, type Sheet } from './sheet.ts';

const DONE: Readonly<Record<Verb, string>> = { evacuate: 'evacuated', shift: 'shifted', restore: 'restored' };

const took = ({ startedAt, endedAt }: Run): string =>
  startedAt === null || endedAt === null ? '' : durationText(endedAt - startedAt);

/** `DONE: us-east-1 evacuated, 40 % → 0 %, 9m 30s (forecast 8 min)`; an end before its time is told as where it stands. */
export const finalTitle = (run: Run): string => {
  if (run.stage !== 'done') return headline(run);
  const region = run.envelope.source ?? run.envelope.request.region;
  const { from, now } = runShares(run);
  const shares = region === null ? '' : `, ${share(from[region] ?? 0)} → ${share(now[region] ?? 0)}`;
  const time = took(run);
  const forecast = run.forecast.minutes > 0 ? ` (forecast ${minutesText(run.forecast.minutes)})` : '';
  const unproven = run.finish?.trafficProven === false ? ', traffic unproven' : '';
  const what = `${placeOf(run)} ${DONE[run.envelope.request.verb]}`;
  return `${envelopeMark(run.envelope)}DONE${unproven}: ${what}${shares}${time === '' ? '' : `, ${time}${forecast}`}`;
};

/** Why it ended, in how many steps, and what to type to return. */
export const finalLines = (run: Run, now: number): readonly Said[] => {
  const because = whyLines(run, now, timeMark).map(sentence);
  const steps = run.steps.length === 0 ? 'Nothing was written.' : `${counted(run.steps.length, 'step')} landed.`;
  const [why, ...more] = because;
  return [
    ...(why === undefined ? [] : [labelled('Why', why)]),
    ...more,
    [steps],
    labelled('Next', sentence(nextText(run, '/steer '))),
  ];
};

export const finalSheet = ({ run, now }: RunView): Sheet => ({
  title: finalTitle(run),
  groups: [group(finalLines(run, now), 14), regionLines(run), remarkLines(run)],
  quotes: peopleQuotes(run),
  blockId: runBlockId(run),
  footer: [
    [requestText(run.envelope.request)],
    idLine(run),
    run.endedAt === null ? ['ended'] : say`ended ${time(run.endedAt)}`,
  ],
});
