/**
 * steer's unit is a thousandth of Cloud DNS's weight. Weights there are doubles, and 0.8 beside 0.2 is as usual as 80 beside
 * 20: in thousandths both are whole numbers, and what steer writes adds up to at most 10 (10000 units, a share's precision).
 */
export const UNITS_PER_WEIGHT = 1000;

/** Cloud DNS has no upper limit; a weight above this is shown and never written. */
export const LARGEST_WEIGHT = 10_000;

/** The vendor's weight of so many units. The division rounds to the double that the decimal text stands for. */
export const weightOf = (units: number): number => units / UNITS_PER_WEIGHT;

/** Units of the vendor's weight, or null where it is no whole number of thousandths and could not be put back as it was. */
export const unitsOf = (weight: number): number | null => {
  const units = Math.round(weight * UNITS_PER_WEIGHT);
  return weightOf(units) === weight ? units : null;
};
