import type { RegionId } from '../../domain/ids.ts';
import { keysOf } from '../../domain/records.ts';
import { durationText, type Instant } from '../../domain/units.ts';
import type { RunView } from '../../operations/show.ts';
import { declaredIn } from '../../run/declared.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { bar, clockTime, share } from '../../words/numbers.ts';
import { requestText } from '../../words/plan.ts';
import { runShares } from '../../words/region-shares.ts';
import { endingText, gateText, headline, nextText } from '../../words/run.ts';
import { whyLines } from '../../words/run-why.ts';
import { objectionsText } from './objections.ts';
import type { Style } from './style.ts';
import { indented, table } from './table.ts';

const regionRows = (run: Run): readonly string[] => {
  const { from, now, to } = runShares(run);
  const traffic = run.lastObservation?.data.services;
  const rows = keysOf<RegionId>({ ...from, ...now }).map((region) => {
    const arriving = (traffic ?? []).map((service) => service.traffic[region] ?? null);
    const known = arriving.filter((value) => value !== null);
    const seen = known.length === 0 ? '' : `traffic seen ${Math.round(known.reduce((a, b) => a + b, 0))}`;
    const goes = isEnded(run) ? '' : `goes to ${share(to[region] ?? 0)}`;
    return [region, bar(now[region] ?? 0), share(now[region] ?? 0), `was ${share(from[region] ?? 0)}`, goes, seen];
  });
  return table(rows, ['left', 'left', 'right', 'left', 'left', 'left']);
};

/** Who declares the region dead, and whether it counts yet. */
const declaration = (run: Run): readonly [string, string][] => {
  const declared = declaredIn(run);
  if (declared === null) return [];
  const { region, by, counts } = declared;
  const pending = run.approval === null ? '; it counts once another person approves' : ' alone, so it does not count';
  return [['Declared', `${region} dead by ${by.join(' and ')}${counts ? ': one signal' : pending}`]];
};

const people = (run: Run, now: Instant): readonly [string, string][] => {
  const { proposed, approval, envelope } = run;
  const asked = `${proposed.by} (${proposed.door}) ${clockTime(proposed.at, now)}: ${envelope.request.because}`;
  const alone = approval?.solo === true ? ', without a second person' : '';
  const approved =
    approval === null ? null : `${approval.by} (${approval.door}) ${clockTime(approval.at, now)}${alone}`;
  const none = run.approvalNeeded ? 'nobody yet' : 'not needed in this mode';
  return [['Asked by', asked], ['Approved', approved ?? none], ...declaration(run)];
};

const control = (run: Run): string | null => {
  if (isEnded(run)) return null;
  if (run.stage === 'waiting') return `steer approve ${run.run} · steer deny ${run.run} · steer stop ${run.run}`;
  const go = run.personHold !== null || run.engineHold !== null ? 'resume' : 'hold';
  return `steer ${go} ${run.run} · steer stop ${run.run} · steer rollback ${run.run}`;
};

/** A run for somebody who was just woken: the state first, then why it waits, what is next, and what to type. */
export const runLines = (view: RunView, style: Style): readonly string[] => {
  const { run, now } = view;
  const facts: [string, string | null][] = [
    ...whyLines(run, now).map((line, index): [string, string] => [index === 0 ? 'Why' : '', line]),
    ['Next', nextText(run)],
    ['Ends', endingText(run, now)],
    ['Gates', gateText(run, now)],
    ...people(run, now),
    ['Control', control(run)],
    [
      'Updated',
      `${clockTime(view.lastEventAt, now)}, ${durationText(Math.max(0, now - view.lastEventAt))} ago: ${view.lastEvent}`,
    ],
  ];
  const notes = run.notes.slice(-3).map(({ by, text }) => `Note for ${by}: ${text}`);
  return [
    style.bold(headline(run)),
    `${requestText(run.envelope.request)} · ${run.run} · plan ${run.digest.slice(0, 12)}`,
    '',
    ...indented(regionRows(run)),
    '',
    ...facts.flatMap(([name, text]) => (text === null ? [] : [`${name.padEnd(9)} ${text}`])),
    ...notes,
    ...objectionsText(view.warnings, style),
  ];
};
