import { mapValues, recordOf } from '../domain/records.ts';
import type { Instant } from '../domain/units.ts';
import { NOTHING_REMEMBERED, remember } from '../gates/memory.ts';
import { BrokenJournal } from './broken-journal.ts';
import type { Observation, RunEvent } from './events.ts';
import { applyAsk } from './fold-asks.ts';
import {
  batchIntended,
  batchLanded,
  batchRefused,
  batchUnknown,
  propagationAsked,
  setsAsExpected,
  setsForeign,
  stepBaked,
  stepIntended,
  stepPropagated,
  stepVerified,
  withoutPasses,
} from './fold-step.ts';
import { isEnded, type Run, type RunSet } from './state.ts';

type Proposed = Extract<RunEvent, { type: 'run.proposed' }>['data'];
type Turned = Extract<RunEvent, { type: 'direction.turned' }>['data'];

const proposed = (data: Proposed, at: Instant): Run => ({
  run: data.run,
  version: 1,
  envelope: data.envelope,
  digest: data.digest,
  forecast: data.forecast,
  proposed: { by: data.by, door: data.door, at },
  approvalNeeded: data.approvalNeeded,
  approval: null,
  stage: data.approvalNeeded ? 'waiting' : 'approved',
  direction: 'out',
  turned: null,
  turnedBy: null,
  leftOut: [],
  personHold: null,
  engineHold: null,
  rollbackAsked: null,
  sets: recordOf(
    data.envelope.sets.map(({ ref, base, from, to }) => [ref.set, { live: base, from, to, foreign: null }] as const),
  ),
  fences: data.envelope.fences,
  wave: 0,
  progress: 0,
  step: null,
  steps: [],
  lastObservation: null,
  gateMemory: {},
  stayUntil: null,
  resumedAt: null,
  startedAt: null,
  endedAt: null,
  ended: null,
  finish: null,
  notes: [],
});

const observed = (run: Run, data: Observation, at: Instant): Run => {
  const remembered = data.services.map(
    ({ service, gates }) => [service, remember(run.gateMemory[service] ?? NOTHING_REMEMBERED, gates)] as const,
  );
  return {
    ...run,
    lastObservation: { at, data },
    gateMemory: { ...run.gateMemory, ...recordOf(remembered) },
  };
};

/** A step that is turned round in the middle has written all the same: it keeps its number, which no other step gets. */
const abandoned = ({ step, steps }: Run): Run['steps'] => {
  const isKnown = steps.some((known) => known.step === step?.step);
  if (step === null || isKnown || step.batches.every(({ state }) => state !== 'landed')) return steps;
  const { step: number, direction, wave, progress, intendedAt } = step;
  return [...steps, { step: number, direction, wave, progress, intendedAt, propagatedAt: null, bakedAt: null }];
};

const turned = (run: Run, data: Turned): Run => {
  const sets = mapValues(
    run.sets,
    (set, id): RunSet => ({ ...set, from: data.from[id] ?? set.to, to: data.to[id] ?? set.from }),
  );
  return {
    ...run,
    stage: 'running',
    direction: 'back',
    turned: data.because,
    turnedBy: data.because === 'rollback' ? run.rollbackAsked : null,
    leftOut: data.leftOut,
    rollbackAsked: null,
    // It judged the gates of those who received traffic then: the sick region that is being left would hold its own relief.
    lastObservation: null,
    stayUntil: null,
    sets,
    wave: 0,
    progress: 0,
    step: null,
    steps: abandoned(run),
    gateMemory: mapValues(run.gateMemory, withoutPasses),
  };
};

const expects = (run: Run, stages: readonly Run['stage'][], event: string): void => {
  if (!stages.includes(run.stage)) throw new BrokenJournal(`${event} is impossible while ${run.stage}`);
};

const ends = (run: Run, stage: 'stopped' | 'done' | 'failed', at: Instant, ended: Run['ended']): Run =>
  isEnded(run) ? run : { ...run, stage, endedAt: at, ended, personHold: null, engineHold: null };

/** The transition table: the next state, or a BrokenJournal when `event` cannot happen here. */
const next = (run: Run, event: Exclude<RunEvent, { type: 'run.proposed' }>, at: Instant): Run => {
  switch (event.type) {
    case 'approval.given':
    case 'denial.given':
    case 'hold.asked':
    case 'resume.asked':
    case 'stop.asked':
    case 'rollback.asked':
      return applyAsk(run, event, at);
    case 'run.started':
      expects(run, ['approved'], event.type);
      return { ...run, stage: 'running', startedAt: at };
    case 'step.intended':
      return stepIntended(run, event.data, at);
    case 'batch.intended':
      return batchIntended(run, event.data);
    case 'batch.landed':
      return batchLanded(run, event.data, at);
    case 'batch.refused':
      return batchRefused(run, event.data, at);
    case 'batch.unknown':
      return batchUnknown(run, event.data);
    case 'fence.raised':
    case 'fence.seen':
      return { ...run, fences: { ...run.fences, [event.data.zone]: event.data.fence } };
    case 'sets.foreign':
      return setsForeign(run, event.data);
    case 'sets.as-expected':
      return setsAsExpected(run, event.data);
    case 'propagation.asked':
      return propagationAsked(run, event.data, at);
    case 'step.propagated':
      return stepPropagated(run, event.data, at);
    case 'step.verified':
      return stepVerified(run, event.data, at);
    case 'observed':
      return observed(run, event.data, at);
    case 'step.baked':
      return stepBaked(run, event.data, at);
    case 'wave.completed':
      expects(run, ['running'], event.type);
      return { ...run, wave: event.data.wave + 1, progress: 0 };
    case 'stay.begun':
      expects(run, ['running'], event.type);
      return { ...run, stage: 'staying', stayUntil: event.data.until };
    case 'direction.turned':
      expects(run, ['running', 'staying'], event.type);
      return turned(run, event.data);
    case 'run.held':
      return isEnded(run) ? run : { ...run, engineHold: { ...event.data, since: at } };
    case 'run.released':
      return { ...run, engineHold: null };
    case 'run.finished':
      expects(run, ['running', 'staying'], event.type);
      return { ...ends(run, 'done', at, { reason: 'done', because: [event.data.because] }), finish: event.data };
    case 'run.stopped':
      return ends(run, 'stopped', at, event.data);
    case 'run.failed':
      return ends(run, 'failed', at, { reason: 'failed', because: [event.data.because] });
  }
};

/** One event folded in. `run` is null before the first, which must be `run.proposed`. */
export const fold = (run: Run | null, event: RunEvent & { readonly at: Instant; readonly version: number }): Run => {
  if (event.type === 'run.proposed') {
    if (run !== null) throw new BrokenJournal('run.proposed came twice');
    return proposed(event.data, event.at);
  }
  if (run === null) throw new BrokenJournal(`${event.type} came before run.proposed`);
  if (event.version !== run.version + 1) throw new BrokenJournal(`version ${event.version} came after ${run.version}`);
  return { ...next(run, event, event.at), version: event.version };
};
