import type { Instant } from '../domain/units.ts';
import { decideStart } from './decide-start.ts';
import { lookInStay, nextLookAt } from './decide-stay.ts';
import { decideStep } from './decide-step.ts';
import { decideTurn } from './decide-turn.ts';
import { gateTransition, waitsForPerson } from './holds.ts';
import type { DecideContext, Next } from './next.ts';
import { observe } from './observe.ts';
import { foreignSets } from './position.ts';
import { isEnded, type Run, unresolved } from './state.ts';

const nextSampleAt = (run: Run): Instant =>
  run.lastObservation === null ? Number.NEGATIVE_INFINITY : run.lastObservation.at + run.envelope.sampleEveryMs;

/** Looks while moving, baking, holding and waiting for a person alike (a breach while waiting must not go unseen). */
const sample = (run: Run, context: DecideContext): Next | null => {
  if (context.now < nextSampleAt(run)) return null;
  const { snapshot } = context;
  if (
    snapshot === null ||
    snapshot.facts.at < nextSampleAt(run) ||
    snapshot.facts.at + run.envelope.sampleEveryMs < context.now
  ) {
    return { do: 'gather', listed: false, purpose: 'sample' };
  }
  return { do: 'append', events: [{ type: 'observed', data: observe(run, snapshot.facts) }] };
};

const waiting = (run: Run, context: DecideContext): Next => {
  const { startBy } = run.envelope;
  if (context.now > startBy) {
    const because = [`nobody approved it before ${new Date(startBy).toISOString()}`];
    return { do: 'append', events: [{ type: 'run.stopped', data: { reason: 'expired', because } }] };
  }
  return (
    sample(run, context) ?? { do: 'sleep', until: Math.min(startBy + 1, nextSampleAt(run)), waitsFor: 'an approval' }
  );
};

const staying = (run: Run, context: DecideContext): Next => {
  const until = run.stayUntil ?? context.now;
  if (run.rollbackAsked !== null) return decideTurn(run, context, 'rollback');
  const looked = lookInStay(run, context) ?? changed(run);
  if (looked !== null) return looked;
  const lookAt = nextLookAt(run, context);
  if (waitsForPerson(run)) return { do: 'sleep', until: lookAt, waitsFor: 'a person to resume' };
  if (context.now < until) return { do: 'sleep', until: Math.min(until, lookAt), waitsFor: 'the stay' };
  return decideTurn(run, context, 'stay-over');
};

const changed = (run: Run): Next | null => {
  const event = gateTransition(run);
  return event === null ? null : { do: 'append', events: [event] };
};

const running = (run: Run, context: DecideContext): Next => {
  if (run.rollbackAsked !== null) return decideTurn(run, context, 'rollback');
  const foreign = foreignSets(run);
  if (
    foreign.length > 0 &&
    !run.envelope.goesOnWithoutForeignSets &&
    run.engineHold === null &&
    run.personHold === null
  ) {
    return { do: 'reread', sets: foreign };
  }
  return sample(run, context) ?? changed(run) ?? decideStep(run, context, nextSampleAt(run));
};

/**
 * The next effect of a run: a pure function of its events, one snapshot and the time. Nothing that a person asked can be
 * overlooked here, because asks are events of the run themselves.
 */
export const decide = (run: Run, whole: DecideContext): Next => {
  // Whoever resumes has seen to the cause: the snapshot of before would hold the run again for what is over.
  const isStale = run.resumedAt !== null && whole.snapshot !== null && whole.snapshot.facts.at < run.resumedAt;
  const context = isStale ? { ...whole, snapshot: null } : whole;
  const open = unresolved(run).map(({ planned }) => planned.batch);
  if (open.length > 0) return { do: 'settle', batches: open };
  if (isEnded(run)) return { do: 'end' };
  switch (run.stage) {
    case 'waiting':
      return waiting(run, context);
    case 'approved':
      return sample(run, context) ?? decideStart(run, context, nextSampleAt(run));
    case 'staying':
      return staying(run, context);
    default:
      return running(run, context);
  }
};
