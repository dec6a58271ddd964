import type { SafetyLimits } from './config.ts';

/** Which direction of a limit lets less through. */
export type Strictness = 'higher-is-stricter' | 'lower-is-stricter';

/** One line per limit of a mode: what the weakening table and "stricter limits apply at once" both go by. */
export const STRICTNESS: Readonly<Record<Exclude<keyof SafetyLimits, 'approvals'>, Strictness>> = {
  minimumHealthyCapacity: 'higher-is-stricter',
  minimumServingRegions: 'higher-is-stricter',
  servingShareMinimum: 'higher-is-stricter',
  capacityRemovedPerHour: 'lower-is-stricter',
  maximumDestinationUtilisation: 'lower-is-stricter',
  firstStep: 'lower-is-stricter',
  largestStep: 'lower-is-stricter',
  leverStepMaximum: 'lower-is-stricter',
  restoreCanaryShare: 'lower-is-stricter',
  shortestBakeMs: 'higher-is-stricter',
  passesToProceed: 'higher-is-stricter',
  factsMaximumAgeMs: 'lower-is-stricter',
  commitWindowMs: 'lower-is-stricter',
  startWithinMs: 'lower-is-stricter',
  finishWithinMs: 'lower-is-stricter',
};

/**
 * What a run goes by that was approved under one config while another came into force: of each limit the stricter of the
 * two. So a looser config never reaches a run that was approved before it, and a stricter one does at once (design rule 8).
 */
export const strictest = (approved: SafetyLimits, now: SafetyLimits): SafetyLimits => {
  const of = (key: keyof typeof STRICTNESS): number =>
    STRICTNESS[key] === 'higher-is-stricter' ? Math.max(approved[key], now[key]) : Math.min(approved[key], now[key]);
  return {
    minimumHealthyCapacity: of('minimumHealthyCapacity'),
    minimumServingRegions: of('minimumServingRegions'),
    servingShareMinimum: of('servingShareMinimum'),
    capacityRemovedPerHour: of('capacityRemovedPerHour'),
    maximumDestinationUtilisation: of('maximumDestinationUtilisation'),
    firstStep: of('firstStep'),
    largestStep: of('largestStep'),
    leverStepMaximum: of('leverStepMaximum'),
    restoreCanaryShare: of('restoreCanaryShare'),
    shortestBakeMs: of('shortestBakeMs'),
    passesToProceed: of('passesToProceed'),
    factsMaximumAgeMs: of('factsMaximumAgeMs'),
    commitWindowMs: of('commitWindowMs'),
    startWithinMs: of('startWithinMs'),
    finishWithinMs: of('finishWithinMs'),
    approvals: approved.approvals === 'none' && now.approvals === 'none' ? 'none' : 'one-other-person',
  };
};
