import type { DemandFacts } from '../domain/facts.ts';

/**
 * D: the highest of what is measured now, the last value before any region left PASS, the same time last week, the
 * forecast peak, and what the plan was approved with. A burning region asks for little; its users still come.
 */
export const highestDemand = (facts: DemandFacts | undefined, planned: number): number => {
  let highest = planned;
  if (facts === undefined) return highest;
  for (const reading of [facts.measured, facts.beforeTrouble, facts.lastWeek, facts.forecastPeak])
    if (reading !== null) highest = Math.max(highest, reading.value);
  return highest;
};
