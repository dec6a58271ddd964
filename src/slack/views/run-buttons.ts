import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { movesText } from '../../words/blast-radius.ts';
import { minutesText, share } from '../../words/numbers.ts';
import { requestText } from '../../words/plan.ts';
import { runShares } from '../../words/region-shares.ts';
import type { ButtonSpec } from './blocks.ts';
import { runValue } from './button-value.ts';
import { ACTIONS } from './ids.ts';

/** What a button is about: one region, or all of them in a return of everything. */
export const placeOf = ({ envelope }: Pick<Run, 'envelope'>): string =>
  envelope.source ?? envelope.request.region ?? 'every region';

interface Shares {
  readonly was: string;
  readonly is: string;
}

const sharesOf = (run: Run): Shares | null => {
  const region = run.envelope.source ?? run.envelope.request.region;
  if (region === null) return null;
  const { from, now } = runShares(run);
  return { was: share(from[region] ?? 0), is: share(now[region] ?? 0) };
};

/** A drill's buttons say so: nobody takes them for those of the real thing. */
const named = (run: Run, verb: string): string => (run.envelope.request.mode === 'drill' ? `${verb} drill` : verb);

const holdButton = (run: Run): ButtonSpec => ({
  action: ACTIONS.hold,
  label: named(run, 'Hold'),
  says: `Hold ${placeOf(run)} now, without a question`,
  value: runValue(run),
});

const holdUntilResumed = (run: Run): ButtonSpec => ({
  action: ACTIONS.holdUntilResumed,
  label: named(run, 'Hold until resumed'),
  says: `Hold ${placeOf(run)} until a person resumes it`,
  value: runValue(run),
});

const resumeButton = (run: Run): ButtonSpec => ({
  action: ACTIONS.resume,
  label: named(run, 'Resume'),
  says: `Resume ${placeOf(run)}, asks to confirm`,
  value: runValue(run),
  confirm: {
    title: `Resume ${placeOf(run)}?`,
    text: `Guards and gates are judged again before the next write. Where they still refuse, it holds again. ${run.run}`,
    yes: `Resume ${placeOf(run)}`,
    no: 'Keep holding',
  },
});

const rollbackButton = (run: Run): ButtonSpec => {
  const shares = sharesOf(run);
  const from = shares === null ? '' : `: ${shares.is} to ${shares.was}`;
  return {
    action: ACTIONS.rollback,
    label: `${named(run, 'Roll back')}…`,
    says: `Roll back ${placeOf(run)}, asks to confirm`,
    value: runValue(run),
    style: 'danger',
    confirm: {
      title: `Roll back ${placeOf(run)}?`,
      text: `Takes ${placeOf(run)} back to where this run began${from}, guarded and gated, in about ${minutesText(run.forecast.minutesBack)}. A region whose gates fail gets nothing. ${run.run}`,
      yes: `Roll back ${placeOf(run)}`,
      no: 'Leave it',
    },
  };
};

const stopButton = (run: Run): ButtonSpec => {
  const shares = sharesOf(run);
  const hasMoved = shares !== null && shares.is !== shares.was;
  const stays = hasMoved
    ? `${placeOf(run)} stays at ${shares.is} (was ${shares.was}) and counts as out until it is restored.`
    : shares === null
      ? 'Shares stay as they are.'
      : `Nothing has moved: ${placeOf(run)} stays at ${shares.is}.`;
  return {
    action: ACTIONS.stop,
    label: `${named(run, 'Stop')}…`,
    says: `Stop ${placeOf(run)} here, asks to confirm`,
    value: runValue(run),
    confirm: {
      title: `Stop ${placeOf(run)} here?`,
      text: `Ends ${run.run}; it cannot be resumed. ${stays}`,
      yes: shares === null ? 'Stop here' : `Stop at ${shares.is}`,
      no: 'Leave it',
    },
  };
};

const approveButton = (run: Run): ButtonSpec => ({
  action: ACTIONS.approve,
  label: `${named(run, 'Approve')} ${placeOf(run)}`,
  says: `Approve ${requestText(run.envelope.request)}, plan ${run.digest.slice(0, 12)}`,
  value: runValue(run),
  style: 'primary',
  confirm: {
    title: `Approve: ${requestText(run.envelope.request)}?`,
    text: `Moves ${movesText(run.envelope)}. Plan ${run.digest.slice(0, 12)}, asked by ${run.proposed.by}. It starts at once, and goes on until it is done or held.`,
    yes: `Approve ${placeOf(run)}`,
    no: 'Not yet',
  },
});

const denyButton = (run: Run): ButtonSpec => ({
  action: ACTIONS.deny,
  label: named(run, 'Deny'),
  says: `Deny ${requestText(run.envelope.request)}, asks to confirm`,
  value: runValue(run),
  confirm: {
    title: `Deny: ${requestText(run.envelope.request)}?`,
    text: `Ends ${run.run} before anything moves. To try again takes a new plan.`,
    yes: `Deny ${placeOf(run)}`,
    no: 'Not yet',
  },
});

export const approvalButtons = (run: Run): readonly ButtonSpec[] =>
  run.stage === 'waiting' ? [approveButton(run), denyButton(run)] : [];

const isGoingBack = (run: Run): boolean => run.turned === 'rollback' || run.rollbackAsked !== null;

const heldButtons = (run: Run): readonly ButtonSpec[] => {
  const mayEnd = run.personHold === null && run.engineHold?.endsByItself === true;
  return [resumeButton(run), ...(mayEnd ? [holdUntilResumed(run)] : [])];
};

/** What can be asked of a run in its present state; Hold comes first wherever anything may move. */
export const runButtons = (run: Run): readonly ButtonSpec[] => {
  if (isEnded(run)) return [];
  const isHeld = phaseOf(run).phase === 'HOLDING';
  const first = isHeld ? heldButtons(run) : [holdButton(run)];
  if (run.stage === 'waiting') {
    const decide = approvalButtons(run);
    return isHeld ? [...first, ...decide] : [...decide, ...first];
  }
  const hasStarted = run.stage === 'running' || run.stage === 'staying';
  return [...first, ...(hasStarted && !isGoingBack(run) ? [rollbackButton(run)] : []), stopButton(run)];
};

/** The same asks as lines to type, for where no button can be pressed. */
export const typedLine = (run: Run): string | null => {
  if (isEnded(run)) return null;
  const { phase } = phaseOf(run);
  const go = phase === 'HOLDING' ? 'resume' : 'hold';
  if (run.stage === 'waiting')
    return `Type: /steer approve ${run.run} · /steer deny ${run.run} · /steer ${go} ${run.run}`;
  const back = (run.stage === 'running' || run.stage === 'staying') && !isGoingBack(run);
  return `Type: /steer ${go} ${run.run}${back ? ` · /steer rollback ${run.run}` : ''} · /steer stop ${run.run}`;
};
