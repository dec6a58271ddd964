import type { Instant } from '../domain/units.ts';
import type { DecideContext, Next } from './next.ts';
import type { Run, StepRun } from './state.ts';

/** A vendor that has not propagated when expected is asked again after this part of what it normally takes. */
const ASK_AGAIN = 0.25;

const expectedMs = (step: StepRun, context: DecideContext): number => {
  const vendors = context.snapshot?.facts.vendors ?? {};
  const providers = new Set(step.batches.map(({ planned }) => planned.provider));
  return Math.max(
    0,
    ...Object.entries(vendors)
      .filter(([provider]) => [...providers].some((p) => p === provider))
      .map(([, { capabilities }]) => capabilities.typicalPropagationMs),
  );
};

/** Everything has landed: the vendor is asked when it should be done, and seldom again, because asking costs quota. */
export const decidePropagation = (step: StepRun, context: DecideContext, nextSampleAt: Instant): Next => {
  const landed = step.batches.filter(({ state }) => state === 'landed');
  if (landed.length === 0) return { do: 'append', events: [{ type: 'step.propagated', data: { step: step.step } }] };
  // Without a snapshot nobody knows how long this vendor takes, and asking every second would eat its budget.
  if (context.snapshot === null) return { do: 'gather', listed: false, purpose: 'how long the vendor takes' };
  const lastLanded = Math.max(...landed.map(({ landedAt }) => landedAt ?? 0));
  const expected = expectedMs(step, context);
  const askAt =
    step.propagationAskedAt === null
      ? lastLanded + expected
      : Math.max(step.propagationAskedAt, lastLanded) + Math.max(1000, expected * ASK_AGAIN);
  if (context.now >= askAt) return { do: 'ask-propagation', step: step.step };
  return { do: 'sleep', until: Math.min(askAt, nextSampleAt), waitsFor: 'every authoritative server of the vendor' };
};

/** One TTL and the metric lag at least, and the gates' passes in a row: both, however long the other takes. */
export const decideBake = (run: Run, step: StepRun, context: DecideContext, nextSampleAt: Instant): Next => {
  const bakedAt = (step.propagatedAt ?? context.now) + run.envelope.bakeMs;
  if (context.now < bakedAt) {
    return { do: 'sleep', until: Math.min(bakedAt, nextSampleAt), waitsFor: 'the bake (one TTL and the metric lag)' };
  }
  if (run.engineHold !== null) {
    return { do: 'sleep', until: nextSampleAt, waitsFor: run.engineHold.because.join('; ') };
  }
  const seenSince = run.lastObservation !== null && run.lastObservation.at >= bakedAt - run.envelope.sampleEveryMs;
  if (seenSince && run.lastObservation?.data.verdict.go === true) {
    return { do: 'append', events: [{ type: 'step.baked', data: { step: step.step } }] };
  }
  return { do: 'sleep', until: nextSampleAt, waitsFor: 'the gates: more passes in a row' };
};
