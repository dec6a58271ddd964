import type { Instant } from '../domain/units.ts';
import type { Asked, RunEvent } from './events.ts';
import { reopened } from './fold-step.ts';
import { isEnded, type Run } from './state.ts';

type Ask = Extract<
  RunEvent,
  { type: 'approval.given' | 'denial.given' | 'hold.asked' | 'resume.asked' | 'stop.asked' | 'rollback.asked' }
>;

const noted = (run: Run, at: Instant, asked: Asked, text: string): Run => ({
  ...run,
  notes: [...run.notes, { at, by: asked.by, text }],
});

const ended = (run: Run, at: Instant, reason: 'denied' | 'person', because: string): Run => ({
  ...run,
  stage: 'stopped',
  endedAt: at,
  ended: { reason, because: [because] },
  engineHold: null,
  personHold: null,
});

/** Everything is judged anew, and what was given up is tried again: a person has said that the cause is gone. */
const resumed = (run: Run, at: Instant): Run => ({
  ...run,
  resumedAt: at,
  personHold: null,
  engineHold: null,
  gateMemory: {},
  lastObservation: null,
  step:
    run.step === null
      ? null
      : reopened({
          ...run.step,
          batches: run.step.batches.map((batch) =>
            batch.state === 'todo' || (batch.state === 'given-up' && batch.planned.sets.length > 0)
              ? { ...batch, state: 'todo', refusals: 0, refusedAt: null }
              : batch,
          ),
        }),
});

/**
 * What a person's ask does, at the instant it stands in the journal: no executor has to agree first. An ask that comes too
 * late is answered by a note; it never breaks the journal (design rule 10).
 */
export const applyAsk = (run: Run, ask: Ask, at: Instant): Run => {
  const { data } = ask;
  if (isEnded(run)) return noted(run, at, data, `too late: the run is ${run.stage}`);
  switch (ask.type) {
    case 'approval.given':
      if (run.stage !== 'waiting') return noted(run, at, data, 'this run is approved already');
      if (ask.data.digest !== run.digest)
        return noted(run, at, data, 'the approval was for another plan and does not count');
      return { ...run, stage: 'approved', approval: { by: data.by, door: data.door, at, solo: ask.data.solo } };
    case 'denial.given':
      if (run.stage !== 'waiting' && run.stage !== 'approved') {
        return noted(run, at, data, 'too late to deny: the run moves already; hold, stop or roll back instead');
      }
      return ended(run, at, 'denied', `${data.by} denied it: ${ask.data.because}`);
    case 'hold.asked':
      if (run.personHold !== null) return noted(run, at, data, `held already by ${run.personHold.by}`);
      return { ...run, personHold: { by: data.by, door: data.door, at, because: ask.data.because } };
    case 'resume.asked':
      if (run.personHold === null && run.engineHold === null)
        return noted(run, at, data, 'nothing to resume: it is not held');
      return resumed(run, at);
    case 'stop.asked':
      return ended(run, at, 'person', `${data.by} stopped it: ${ask.data.because}`);
    case 'rollback.asked':
      if (run.stage === 'waiting' || run.stage === 'approved')
        return ended(run, at, 'person', 'rolled back before it moved anything');
      if (run.turned === 'rollback' || run.rollbackAsked !== null)
        return noted(run, at, data, 'it is rolling back already');
      return {
        ...run,
        rollbackAsked: { by: data.by, door: data.door, because: ask.data.because },
        personHold: null,
        engineHold: null,
      };
  }
};
