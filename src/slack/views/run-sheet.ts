import type { RegionId } from '../../domain/ids.ts';
import { keysOf } from '../../domain/records.ts';
import type { RunView } from '../../operations/show.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { share } from '../../words/numbers.ts';
import { overrideLines } from '../../words/plan.ts';
import { runShares } from '../../words/region-shares.ts';
import { endingText, gateText, nextText } from '../../words/run.ts';
import { whyLines } from '../../words/run-why.ts';
import type { Quote } from './escape.ts';
import { label, type Said, say, sentence, time, timeMark } from './said.ts';
import { type Group, group, labelled } from './sheet.ts';

/** Why it is where it is, what comes next and when it ends: the lines that decide at 3 AM. */
export const stateLines = (run: Run, now: number): readonly Said[] => {
  const [why, ...more] = whyLines(run, now, timeMark);
  const ends = endingText(run, now, timeMark);
  const gates = gateText(run, now);
  return [
    ...(why === undefined ? [] : [labelled('Why', sentence(why))]),
    ...more.map(sentence),
    labelled('Next', sentence(nextText(run, '/steer '))),
    ...(ends === null ? [] : [labelled('Ends', sentence(ends))]),
    ...(gates === null ? [] : [labelled('Gates', sentence(gates))]),
  ];
};

const loadOf = (run: Run, region: RegionId): string => {
  const seen = run.lastObservation?.data.services ?? [];
  const loads = seen.map(({ utilisation }) => utilisation[region] ?? null).filter((load) => load !== null);
  const arriving = seen.map(({ traffic }) => traffic[region] ?? null).filter((value) => value !== null);
  const load = loads.length === 0 ? '' : `, ${share(Math.max(...loads))} of its capacity used`;
  const traffic = arriving.length === 0 ? '' : `, traffic seen ${Math.round(arriving.reduce((a, b) => a + b, 0))}`;
  return `${load}${traffic}`;
};

/** One line for each region: the target and what is seen, the region that is left first. */
export const regionLines = (run: Run): Group => {
  const { from, now, to } = runShares(run);
  const { source, destinations } = run.envelope;
  const rank = (region: RegionId): number => (region === source ? 0 : destinations.includes(region) ? 1 : 2);
  const regions = keysOf<RegionId>({ ...from, ...now }).toSorted((a, b) => rank(a) - rank(b));
  return group(
    regions.map((region): Said => {
      const goes = isEnded(run) ? '' : `, goes to ${share(to[region] ?? 0)}`;
      const was = `${share(now[region] ?? 0)} (was ${share(from[region] ?? 0)}${goes})`;
      return [label(region), ` ${was}${loadOf(run, region)}`];
    }),
    20,
  );
};

/** Who asked and who approved, with the reason in its own words. */
export const peopleQuotes = (run: Run): readonly Quote[] => {
  const { proposed, approval, envelope } = run;
  const asked: Quote = {
    before: say`Asked by ${proposed.by} (${proposed.door}) ${time(proposed.at)}`,
    words: envelope.request.because,
  };
  if (approval === null) {
    return [
      asked,
      { before: [run.approvalNeeded ? 'Approved by nobody yet' : 'No approval needed in this mode'], words: '' },
    ];
  }
  const alone = approval.solo ? ', WITHOUT A SECOND PERSON' : '';
  return [
    asked,
    { before: say`Approved by ${approval.by} (${approval.door}) ${time(approval.at)}${alone}`, words: '' },
  ];
};

/** What was set aside, asks that came too late: small, and never left out. */
export const remarkLines = (run: Run): Group =>
  group([
    ...overrideLines(run.envelope).map((line): Said => [line]),
    ...run.notes.slice(-3).map(({ by, text }): Said => [`Note for ${by}: ${text}`]),
  ]);

export const idLine = ({ run, digest }: Pick<Run, 'run' | 'digest'>): Said => [`${run} · plan ${digest.slice(0, 12)}`];

/** `updated 03:43:20 UTC`: of what is shown, so that a message nobody updates is seen to be old. */
export const updatedLine = ({ lastEvent, lastEventAt, now }: RunView): Said =>
  say`updated ${time(now)} · last event ${time(lastEventAt)}: ${lastEvent}`;
