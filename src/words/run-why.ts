import { durationText, type Instant } from '../domain/units.ts';
import type { EngineHold, Run, StepRun } from '../run/state.ts';
import { clockTime, counted, share, type TimeText } from './numbers.ts';

const heldByEngine = (hold: EngineHold, run: Run, now: Instant, time: TimeText): readonly string[] => {
  const end = hold.endsByItself
    ? `ends by itself once judged well; judged again every ${durationText(run.envelope.sampleEveryMs)}`
    : 'only an operator\'s "resume" ends this';
  const measured = hold.objections.flatMap(({ code, value, limit }) =>
    value === null || limit === null ? [] : [`${code}: seen ${value}, limit ${limit}`],
  );
  return [
    `held since ${time(hold.since, now)}: ${hold.because[0] ?? hold.cause}`,
    ...hold.because.slice(1),
    ...measured,
    end,
    ...hold.byHand.map((line) => `by hand: ${line}`),
  ];
};

const writing = (step: StepRun): string => {
  const landed = step.batches.filter(({ state }) => state === 'landed').length;
  const all = step.batches.length;
  if (landed < all)
    return `writing step ${step.step}: ${landed} of ${counted(all, 'zone batch', 'zone batches')} landed`;
  const asked = step.propagationAsked === 0 ? '' : `, asked ${counted(step.propagationAsked, 'time')}`;
  return `step ${step.step} is written and on its way to every authoritative server${asked}`;
};

const baking = (run: Run, step: StepRun, propagatedAt: Instant, now: Instant, time: TimeText): string => {
  const until = propagatedAt + run.envelope.bakeMs;
  const { passesToProceed } = run.envelope.limits;
  const wants = `${counted(passesToProceed, 'good look')} in a row`;
  return until > now
    ? `step ${step.step} bakes until ${time(until, now)} at least (${durationText(until - now)} more), and needs ${wants}`
    : `step ${step.step} has baked; it waits for ${wants}`;
};

const moving = (run: Run, now: Instant, time: TimeText): string => {
  const { step } = run;
  if (step === null) return 'guards and gates are judged before the next step';
  return step.propagatedAt === null ? writing(step) : baking(run, step, step.propagatedAt, now, time);
};

const ended = (run: Run): readonly string[] => {
  const because = run.ended?.because ?? [];
  const residue = run.finish?.residue ?? null;
  return residue === null || residue === 0
    ? because
    : [...because, `${share(residue)} of the traffic still ignores the change`];
};

/** Why the run is where it is, with value, operator and limit, and until when; one line each. */
export const whyLines = (run: Run, now: Instant, time: TimeText = clockTime): readonly string[] => {
  switch (run.stage) {
    case 'stopped':
    case 'done':
    case 'failed':
      return ended(run);
    case 'waiting':
    case 'approved':
    case 'running':
    case 'staying':
      return whyOpen(run, now, time);
  }
};

const whyOpen = (run: Run, now: Instant, time: TimeText): readonly string[] => {
  const { personHold, engineHold, rollbackAsked } = run;
  if (personHold !== null) {
    const { by, door, at, because } = personHold;
    const more = engineHold === null ? [] : heldByEngine(engineHold, run, now, time);
    return [`held by ${by} (${door}) at ${time(at, now)}: ${because}. Only an operator's "resume" ends this`, ...more];
  }
  if (engineHold !== null) return heldByEngine(engineHold, run, now, time);
  const asked = rollbackAsked ?? run.turnedBy;
  const back = asked === null ? [] : [`${asked.by} (${asked.door}) asked to roll it back: ${asked.because}`];
  if (rollbackAsked !== null) return back;
  if (run.stage === 'waiting') return [`it needs the approval of another person than ${run.proposed.by}`];
  if (run.stage === 'approved') return ['approved; no process has started it yet'];
  if (run.stage === 'staying')
    return [`the region is kept empty until ${run.stayUntil === null ? 'somebody ends it' : time(run.stayUntil, now)}`];
  return [...back, moving(run, now, time)];
};
