/** One size and what it cost. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The steepest slope between neighbouring sizes on a log-log scale: 1 where cost grows like the size, 2 where it grows like
 * its square. The steepest and not the average, because a square shows only once it outgrows what is fixed.
 */
export const steepestSlope = (points: readonly Point[]): number => {
  const slopes = points.slice(1).map(({ size, cost }, i) => {
    const before = points[i] ?? { size, cost };
    return Math.log(cost / before.cost) / Math.log(size / before.size);
  });
  return Math.max(...slopes);
};
