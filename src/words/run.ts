import type { ForecastStep } from '../domain/plan.ts';
import { durationText, type Instant, WHOLE } from '../domain/units.ts';
import { waitsForPerson } from '../run/holds.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { clockTime, counted, minutesText, share, type TimeText } from './numbers.ts';
import { envelopeMark } from './plan.ts';
import { runShares } from './region-shares.ts';

export const stepsAhead = (run: Run): readonly ForecastStep[] =>
  run.forecast.steps.filter(({ direction }) => direction === run.direction);

/** `step 3 of 6`; where the real pace has left the forecast behind, it says so. */
export const stepText = (run: Run): string => {
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
  return `${envelopeMark(run.envelope)}${words}${where}${steps}${held}`;
};

/** What happens next, unless somebody asks for something else. `prefix` is what is typed before a verb. */
export const nextText = (run: Run, prefix = 'steer '): string => {
  if (isEnded(run)) return afterEnd(run, prefix);
  if (run.stage === 'waiting') return 'another person approves or denies it';
  if (run.stage === 'approved') return 'the executor starts it at its next look';
  if (run.stage === 'staying')
    return run.envelope.returnsByItself ? 'traffic comes back, guarded and gated' : 'it ends';
  if (run.rollbackAsked !== null) return "it turns back at the executor's next look";
  const coming = comingStep(run);
  return waitsForPerson(run) ? `nothing moves until an operator resumes; then ${coming}` : coming;
};

/** A step moves the services of one wave: where there are several, a share without its wave would mislead. */
export const waveText = ({ envelope }: Run, { wave }: Pick<ForecastStep, 'wave'>): string =>
  envelope.waves.length > 1 ? ` in wave ${wave + 1}` : '';

const comingStep = (run: Run): string => {
  if (run.step !== null && run.step.propagatedAt === null) {
    return `it bakes for ${durationText(run.envelope.bakeMs)} at least, and its gates are judged`;
  }
  const done = run.steps.filter(({ direction }) => direction === run.direction).length;
  const step = stepsAhead(run)[done];
  if (step !== undefined)
    return `step ${step.step}: the source goes to about ${share(step.sourceShare)}${waveText(run, step)}, if guards and gates agree`;
  return hasWayLeft(run)
    ? `the next step ${run.direction}, if guards and gates agree`
    : 'what arrives is verified, and it ends';
};

/** Whether more steps must come although the forecast has none: it knows no rollback, and the real pace may be slower. */
const hasWayLeft = ({ wave, progress, step, envelope }: Run): boolean => {
  const last = envelope.waves.length - 1;
  const reached = step?.wave === wave ? Math.max(progress, step.progress) : progress;
  return wave < last || (wave === last && reached < WHOLE);
};

const afterEnd = (run: Run, prefix: string): string => {
  const region = run.envelope.source ?? run.envelope.request.region;
  const { from, now } = runShares(run);
  if (region === null || (now[region] ?? 0) >= (from[region] ?? 0)) return 'nothing';
  return `${region} is still out; to bring traffic home: ${prefix}restore ${region} --reason "..."`;
};

/** When it ends by the forecast and when it must have ended; null once it has. */
export const endingText = (run: Run, now: Instant, time: TimeText = clockTime): string | null => {
  if (isEnded(run)) return null;
  const latest = `must finish by ${time(run.envelope.finishBy, now)}`;
  if (run.startedAt === null) return `starts by ${time(run.envelope.startBy, now)} or expires`;
  const done = run.steps.filter(({ direction }) => direction === 'out').length;
  const at = run.forecast.steps.filter(({ direction }) => direction === 'out')[done - 1]?.minutesFromStart ?? 0;
  const goesBack = run.direction === 'back' || run.rollbackAsked !== null;
  const left = !goesBack ? run.forecast.minutes - at : run.forecast.minutesBack;
  const isHeld = run.personHold !== null || run.engineHold !== null;
  const once = waitsForPerson(run) ? ' once it is resumed' : isHeld ? ' once it goes on' : '';
  return `about ${minutesText(left)}${once} (forecast); ${latest}`;
};

/** How many gates pass, which do not, and how old that is; null before the first look. */
export const gateText = (run: Run, now: Instant): string | null => {
  const seen = run.lastObservation;
  if (seen === null) return null;
  const gates = seen.data.services.flatMap((service) => service.gates);
  const passing = gates.filter(({ outcome }) => outcome === 'PASS').length;
  const others = gates.filter(({ outcome }) => outcome !== 'PASS');
  // The same gate of several services is one thing to look at.
  const alike = [...Map.groupBy(others, ({ gate, outcome }) => `${gate} ${outcome}`)];
  const named = alike.slice(0, 3).map(([text, all]) => (all.length > 1 ? `${text} (${all.length} services)` : text));
  const more = alike.length > 3 ? ` and ${alike.length - 3} more` : '';
  return `${passing} of ${gates.length} PASS, looked ${durationText(Math.max(0, now - seen.at))} ago${named.length > 0 ? `; ${named.join(', ')}${more}` : ''}`;
};
