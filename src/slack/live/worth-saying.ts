import type { RunEvent } from '../../run/events.ts';
import { isEnded, type Run } from '../../run/state.ts';

/** What was said of the present step and the present hold, so that nothing is said twice. */
export interface Telling {
  readonly step: number;
  readonly inStep: readonly string[];
  readonly hold: string | null;
}

export const NOTHING_SAID: Telling = { step: 0, inStep: [], hold: null };

interface Judged {
  readonly isSaid: boolean;
  readonly telling: Telling;
}

/** Everyone who follows a thread gets a mark for every post in it: each kind of news at most once in a step. */
const oncePerStep = (telling: Telling, what: string): Judged =>
  telling.inStep.includes(what)
    ? { isSaid: false, telling }
    : { isSaid: true, telling: { ...telling, inStep: [...telling.inStep, what] } };

const held = (telling: Telling, data: Extract<RunEvent, { type: 'run.held' }>['data']): Judged => {
  const hold = `${data.cause} ${data.endsByItself}`;
  if (telling.hold === hold) return { isSaid: false, telling };
  const next = { ...telling, hold };
  return data.endsByItself ? oncePerStep(next, hold) : { isSaid: true, telling: next };
};

const stepOf = (telling: Telling, event: RunEvent): Telling =>
  event.type === 'step.intended' && event.data.step !== telling.step
    ? { ...telling, step: event.data.step, inStep: [] }
    : telling;

const judge = (before: Telling, event: RunEvent): Judged => {
  const telling = stepOf(before, event);
  switch (event.type) {
    case 'run.held':
      return held(telling, event.data);
    case 'resume.asked':
    case 'rollback.asked':
      return { isSaid: true, telling: { ...telling, hold: null } };
    case 'run.released':
      // The live message shows it; a hold that comes and goes would fill the thread.
      return { isSaid: false, telling: { ...telling, hold: null } };
    case 'step.propagated':
    case 'batch.refused':
    case 'batch.unknown':
    case 'sets.foreign':
      return oncePerStep(telling, event.type);
    case 'run.proposed':
    case 'approval.given':
    case 'denial.given':
    case 'hold.asked':
    case 'stop.asked':
    case 'run.started':
    case 'wave.completed':
    case 'stay.begun':
    case 'direction.turned':
    case 'run.finished':
    case 'run.stopped':
    case 'run.failed':
      return { isSaid: true, telling };
    default:
      return { isSaid: false, telling };
  }
};

/**
 * Whether the thread is told of an event, given what it was told before: a function of the run's events alone, so that a bot
 * that starts anew comes to the same. A run ends once: what the engine adds to an end that a person made is not news.
 */
export const worthSaying = (telling: Telling, event: RunEvent, before: Run | null, after: Run): Judged => {
  const judged = judge(telling, event);
  if (before === null || !isEnded(before)) return judged;
  return { isSaid: after.notes.length > before.notes.length, telling };
};
