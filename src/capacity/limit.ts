/**
 * Rounding noise of binary fractions: 0.1 + 0.2 must not break a limit of 0.3. Far below anything that a weight, a
 * percentage or a request a second can express.
 */
const NOISE = 1e-9;

/** Whether `value` stays within `limit`; all limits are inclusive. False for anything that is no number (design rule 7). */
export const within = (value: number, limit: number): boolean =>
  value <= limit + NOISE * Math.max(1, Math.abs(value), Math.abs(limit));

/** Whether `value` lies above `limit` by more than rounding noise. False for anything that is no number. */
export const above = (value: number, limit: number): boolean =>
  value > limit + NOISE * Math.max(1, Math.abs(value), Math.abs(limit));
