import type { Facts } from '../domain/facts.ts';
import type { Instant } from '../domain/units.ts';

/**
 * The same facts seen from `now`, the instant they were gathered at kept: what lies on record is as much longer ago as time
 * has passed since. The forecast assumes that monitoring will go on telling what it tells today, no older and no younger,
 * and it costs less to let a few charges recede than to carry every reading along.
 */
export const seenFrom = (facts: Facts, now: Instant): Facts => {
  const passed = now - facts.at;
  return passed === 0
    ? facts
    : { ...facts, charges: facts.charges.map((charge) => ({ ...charge, at: charge.at - passed })) };
};
