import type { RegionId } from '../../domain/ids.ts';
import type { ForecastStep } from '../../domain/plan.ts';
import { keysOf } from '../../domain/records.ts';
import { durationText, type Instant } from '../../domain/units.ts';
import type { RunView } from '../../operations/show.ts';
import { declaredIn } from '../../run/declared.ts';
import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { waitsForPerson } from '../exit-codes.ts';
import { bar, clockTime, counted, minutesText, share } from './numbers.ts';
import { objectionsText } from './objections.ts';
import { modeMark, requestText } from './plan.ts';
import { runShares } from './region-shares.ts';
import { whyLines } from './run-why.ts';
import type { Style } from './style.ts';
import { indented, table } from './table.ts';

const stepsAhead = (run: Run): readonly ForecastStep[] =>
  run.forecast.steps.filter(({ direction }) => direction === run.direction);

/** `step 3 of 6`; where the real pace has left the forecast behind, it says so. */
const stepText = (run: Run): string => {
  const done = run.steps.filter(({ direction }) => direction === run.direction).length;
  const begun = run.step !== null && run.step.propagatedAt === null ? 1 : 0;
  const forecast = stepsAhead(run).length;
  if (run.startedAt === null) return forecast === 0 ? '' : counted(forecast, 'step');
  const number = Math.max(1, done + begun);
  if (forecast === 0) return `step ${number}`;
  return number > forecast ? `step ${number} (forecast was ${forecast})` : `step ${number} of ${forecast}`;
};

/** State word, region, share now and before, step: the line that decides whether to read on. */
export const headline = (run: Run): string => {
  const { words, heldSets } = phaseOf(run);
  const { from, now } = runShares(run);
  const region = run.envelope.source ?? run.envelope.request.region;
  const where = region === null ? '' : `: ${region} at ${share(now[region] ?? 0)} (was ${share(from[region] ?? 0)})`;
  const sets = run.envelope.sets.length;
  const held = heldSets > 0 ? `, ${sets - heldSets} of ${sets} names moving, ${heldSets} held: foreign edit` : '';
  const step = stepText(run);
  const steps = isEnded(run) || step === '' ? '' : `, ${step}`;
  return `${modeMark(run.envelope.request.mode)}${words}${where}${steps}${held}`;
};

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

const next = (run: Run): string => {
  if (isEnded(run)) return afterEnd(run);
  if (run.stage === 'waiting') return 'another person approves or denies it';
  if (run.stage === 'approved') return 'the executor starts it at its next look';
  if (run.stage === 'staying')
    return run.envelope.returnsByItself ? 'traffic comes back, guarded and gated' : 'it ends';
  if (run.rollbackAsked !== null) return "it turns back at the executor's next look";
  const coming = comingStep(run);
  return waitsForPerson(run) ? `nothing moves until an operator resumes; then ${coming}` : coming;
};

const comingStep = (run: Run): string => {
  if (run.step !== null && run.step.propagatedAt === null) {
    return `it bakes for ${durationText(run.envelope.bakeMs)} at least, and its gates are judged`;
  }
  const done = run.steps.filter(({ direction }) => direction === run.direction).length;
  const step = stepsAhead(run)[done];
  if (step === undefined) return 'what arrives is verified, and it ends';
  return `step ${step.step}: the source goes to about ${share(step.sourceShare)}, if guards and gates agree`;
};

const afterEnd = (run: Run): string => {
  const region = run.envelope.source ?? run.envelope.request.region;
  const { from, now } = runShares(run);
  if (region === null || (now[region] ?? 0) >= (from[region] ?? 0)) return 'nothing';
  return `${region} is still out; to bring traffic home: steer restore ${region} --reason "..."`;
};

const ending = (run: Run, now: Instant): string | null => {
  if (isEnded(run)) return null;
  const latest = `must finish by ${clockTime(run.envelope.finishBy, now)}`;
  if (run.startedAt === null) return `starts by ${clockTime(run.envelope.startBy, now)} or expires`;
  const done = run.steps.filter(({ direction }) => direction === 'out').length;
  const at = run.forecast.steps.filter(({ direction }) => direction === 'out')[done - 1]?.minutesFromStart ?? 0;
  const goesBack = run.direction === 'back' || run.rollbackAsked !== null;
  const left = !goesBack ? run.forecast.minutes - at : run.forecast.minutesBack;
  const held = run.personHold !== null || run.engineHold !== null;
  return `about ${minutesText(left)}${held ? ' once it is resumed' : ''} (forecast); ${latest}`;
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

const gateText = (run: Run, now: Instant): string | null => {
  const seen = run.lastObservation;
  if (seen === null) return null;
  const gates = seen.data.services.flatMap((service) => service.gates);
  const passing = gates.filter(({ outcome }) => outcome === 'PASS').length;
  const others = gates.filter(({ outcome }) => outcome !== 'PASS');
  const named = others.slice(0, 3).map(({ gate, outcome }) => `${gate} ${outcome}`);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return `${passing} of ${gates.length} PASS, looked ${durationText(Math.max(0, now - seen.at))} ago${named.length > 0 ? `; ${named.join(', ')}${more}` : ''}`;
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
    ['Next', next(run)],
    ['Ends', ending(run, now)],
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
