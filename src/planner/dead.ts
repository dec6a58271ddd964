import type { Config } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { PlannedService } from '../domain/plan.ts';

/**
 * Regions that are called dead when the plan is made. If more than one is called dead beyond those already out, none is:
 * then it is rather monitoring that is broken, or steer's own uplink (design section 4).
 */
export const deadNow = (facts: Facts, services: readonly PlannedService[], config: Config): readonly RegionId[] => {
  const out = new Set(facts.out.map(({ region }) => region));
  const called = config.regions.filter((region) => {
    const verdicts = services.map(({ service }) => facts.services[service]?.regions[region]?.health ?? 'unknown');
    return verdicts.includes('dead') && !verdicts.includes('healthy');
  });
  const fresh = called.filter((region) => !out.has(region));
  return fresh.length > 1 ? [] : called;
};
