import { z } from 'zod';
import { WHOLE } from '../../domain/units.ts';
import { choice, count, duration, percent } from '../leaf.ts';

/** Zero would switch the guard off or forbid everything, and reads like a forgotten value: never accepted for a limit. */
const PART = { from: 1, to: WHOLE };

/** Limits of one mode. Every key is required: what is left out is refused, never filled in (rule 8). */
export const safetyLimits = z.strictObject({
  minimumHealthyCapacity: percent(
    'Least part of the normal capacity that stays in service over healthy regions after a step.',
    PART,
  ),
  minimumServingRegions: count('Least number of regions that keep serving each service.', { from: 1, to: 100 }),
  servingShareMinimum: percent('A region with a smaller share of the traffic does not count as serving.', PART),
  capacityRemovedPerHour: percent('Most capacity that all runs together take out of service within 60 minutes.', PART),
  maximumDestinationUtilisation: percent(
    'Highest utilisation of running capacity that a move may cause at a destination.',
    PART,
  ),
  firstStep: percent('Most traffic that the first step moves. Later steps grow while gates pass.', PART),
  largestStep: percent('Most traffic that any step moves.', PART),
  leverStepMaximum: percent('Most traffic that one lever may move at once, in place of largestStep.', PART),
  restoreCanaryShare: percent('Most traffic that the first step back to a drained region carries.', PART),
  shortestBake: duration('Shortest wait after a step; at least the longest TTL plus metricLag.'),
  passesToProceed: count('How many judgements in a row must pass before the next step.', { from: 1, to: 1000 }),
  factsMaximumAge: duration('Older measurements count as unknown.'),
  commitWindow: duration('A write that would leave later than this after its snapshot is not sent.'),
  startWithin: duration('A plan that has not started within this time is void.'),
  finishWithin: duration('A run that has not finished within this time stops moving and holds.'),
  approvals: choice('Who approves a plan: somebody else than who asked, or nobody.', ['one-other-person', 'none']),
});

export const safety = z.strictObject({
  drill: safetyLimits.describe('Limits of scheduled exercises.'),
  planned: safetyLimits.describe('Limits of planned moves.'),
  emergency: safetyLimits.describe('Limits of moves that a person called an emergency.'),
});

/** Settings of the whole fleet that guards rest on; required like the limits. */
export const fleetSafety = {
  emergencyFactsAge: duration('How old demand and capacity may be in an emergency; the plan then says ON OLD FACTS.'),
  emergencyHorizon: duration('How far ahead the forecast peak of an emergency looks.'),
  soloAfter: duration('How long an admin waits who goes on without a second person.'),
  metricLag: duration('How late monitoring shows what happened.'),
  sampleEvery: duration('How often signals are read while a run moves or bakes.'),
};
