import type { Facts } from '../domain/facts.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';

export interface Deaths {
  /** Whether this region of this service counts as dead. */
  readonly isDead: (service: ServiceId, region: RegionId) => boolean;
  /** Regions that are called dead and were not out before, by name. More than one: none of them counts. */
  readonly called: readonly RegionId[];
  readonly tooMany: boolean;
}

/**
 * If more than one region is called dead beyond those already out, none is: it is far likelier that whoever calls them
 * dead is wrong than that two regions died together, and believing it would empty the fleet (design section 4).
 */
export const deathsIn = (facts: Pick<Facts, 'services' | 'out'>): Deaths => {
  const out = new Set(facts.out.map(({ service, region }) => `${service} ${region}`));
  const called = new Set<RegionId>();
  for (const [service, { regions }] of entriesOf<ServiceId, Facts['services'][ServiceId]>(facts.services))
    for (const [region, { health }] of entriesOf<RegionId, (typeof regions)[RegionId]>(regions))
      if (health === 'dead' && !out.has(`${service} ${region}`)) called.add(region);
  const tooMany = called.size > 1;
  return {
    called: [...called].sort(),
    tooMany,
    isDead: (service, region) =>
      facts.services[service]?.regions[region]?.health === 'dead' && (!tooMany || out.has(`${service} ${region}`)),
  };
};
