import { apportion } from './apportion.ts';
import type { RegionId } from './ids.ts';
import { entriesOf, recordOf } from './records.ts';
import type { Shares } from './steering.ts';
import { type BasisPoints, WHOLE } from './units.ts';

/**
 * The point `progress` of the straight way between two share vectors, in whole basis points that add up to 10000.
 * `progress` 0 is exactly `from`, 10000 exactly `to`.
 */
export const between = (from: Shares, to: Shares, progress: BasisPoints): Shares => {
  if (progress <= 0) return from;
  if (progress >= WHOLE) return to;
  const regions = new Set([...entriesOf<RegionId, number>(from), ...entriesOf<RegionId, number>(to)].map(([r]) => r));
  const parts = [...regions].map((region) => {
    const a = from[region] ?? 0;
    const b = to[region] ?? 0;
    return [region, a + ((b - a) * progress) / WHOLE] as const;
  });
  return apportion(recordOf(parts), WHOLE, 0);
};
