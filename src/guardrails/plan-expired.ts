import type { Objection } from '../domain/objections.ts';
import { durationText } from '../domain/units.ts';
import type { Standing, StepContext } from './context.ts';
import { refuse } from './objection.ts';

/** A plan that has not started by its start-by is void: the world it was made for is gone (design rule 5). */
export const planExpired = ({ envelope, now, started }: Standing): readonly Objection[] => {
  if (started || now <= envelope.startBy) return [];
  const because = `the plan had to start ${durationText(now - envelope.startBy)} ago; make a new one`;
  return [refuse('plan-expired', because, { value: now, limit: envelope.startBy })];
};

/** A run that has not finished by its finish-by stops moving. Going back is never overdue (design rule 14). */
export const planOverdue = ({ envelope, now, started, step }: StepContext): readonly Objection[] => {
  if (!started || step.rollingBack || now <= envelope.finishBy) return [];
  const because = `the run had to be finished ${durationText(now - envelope.finishBy)} ago; roll back, or stop it and make a new plan`;
  return [refuse('plan-overdue', because, { value: now, limit: envelope.finishBy })];
};
