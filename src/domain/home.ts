import { apportion } from './apportion.ts';
import type { ServiceConfig } from './config.ts';
import type { RegionId } from './ids.ts';
import { keysOf, recordOf, valuesOf } from './records.ts';
import type { MembersByRegion, Shares } from './steering.ts';
import { WHOLE } from './units.ts';

/**
 * Home shares of one set: its own where it has some, else the service's, for the regions this set has members in; they add up
 * to 10000 again. All zero where the set has standbys only.
 */
export const homeOf = (
  service: Pick<ServiceConfig, 'home'>,
  { members, home }: { readonly members: MembersByRegion; readonly home?: Shares },
): Shares => {
  if (home !== undefined)
    return recordOf(keysOf<RegionId>(members).map((region) => [region, home[region] ?? 0] as const));
  const parts = recordOf(keysOf<RegionId>(members).map((region) => [region, service.home[region] ?? 0] as const));
  return valuesOf(parts).every((part) => part === 0) ? parts : apportion(parts, WHOLE, 0);
};
