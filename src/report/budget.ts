import type { ServiceId } from '../domain/ids.ts';
import { keysOf } from '../domain/records.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import type { StepCharge } from '../run/events.ts';
import { type Figure, known, unknown } from './figure.ts';
import { framesOf, type Story } from './frames.ts';

/** What this run alone took out of service, as parts of K. The limit counts all runs of 60 minutes; this is one run's part. */
export interface BudgetUsed {
  readonly service: ServiceId;
  /** Sum of all removals: the measure of drills and planned runs. */
  readonly sum: BasisPoints;
  /** Highest S less the lowest S that came after it: the measure of emergencies and of going back. */
  readonly highestDrop: BasisPoints;
}

const usedBy = (service: ServiceId, charges: readonly StepCharge[]): BudgetUsed => {
  let sum = 0;
  let highest = 0;
  let drop = 0;
  for (const { servedBefore, servedAfter } of charges) {
    sum += Math.max(0, servedBefore - servedAfter);
    highest = Math.max(highest, servedBefore, servedAfter);
    drop = Math.max(drop, highest - servedAfter);
  }
  return { service, sum: Math.round(sum * WHOLE), highestDrop: Math.round(drop * WHOLE) };
};

/** By service, in the plan's order. The charge is part of the intent, so a step that never landed is counted too. */
export const budgetOf = (story: Story): readonly BudgetUsed[] => {
  const charges = framesOf(story, 'step.intended').flatMap(({ event }) => event.data.charges);
  return story.envelope.services.map(({ service }) =>
    usedBy(
      service,
      charges.filter((charge) => charge.service === service),
    ),
  );
};

/** The fleet's figure: the mean of the services' percentages, weighted by the config, so that units never add. */
export const fleetMean = (story: Story, used: readonly BudgetUsed[], of: 'sum' | 'highestDrop'): Figure => {
  const { fleetWeights } = story.envelope;
  let weighted = 0;
  let all = 0;
  for (const service of keysOf<ServiceId>(fleetWeights)) {
    const weight = fleetWeights[service] ?? 0;
    all += weight;
    weighted += weight * (used.find((one) => one.service === service)?.[of] ?? 0);
  }
  return all > 0 ? known(Math.round(weighted / all)) : unknown('no service of the fleet has a weight in its budget');
};
