import type { Run } from '../run/state.ts';

/** What of the step under way is there already, for people who have to decide without the vendor; nothing between steps. */
export const landedText = ({ step }: Run): readonly string[] => {
  if (step === null) return [];
  const landed = step.batches.filter(({ state }) => state === 'landed').map(({ planned }) => planned.zone);
  const names = landed.length === 0 ? '' : ` (${landed.join(', ')})`;
  return [`step ${step.step} has landed in ${landed.length} of ${step.batches.length} zones${names}`];
};
