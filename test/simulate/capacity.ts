import type { MemoryZone } from '../../providers/memory/vendor.ts';
import type { ServiceConfig } from '../../src/domain/config.ts';
import type { RegionId } from '../../src/domain/ids.ts';
import { entriesOf } from '../../src/domain/records.ts';
import { recordsOf } from './zone-sets.ts';

/** What each region of a service gets of its traffic, by the records alone: parts of 1. */
export const sharesIn = (service: ServiceConfig, zones: (id: string) => MemoryZone): Map<RegionId, number> => {
  const shares = new Map<RegionId, number>();
  for (const set of service.sets) {
    const records = recordsOf(zones(set.ref.zone), set);
    const whole = records.reduce((sum, { weight }) => sum + weight, 0);
    for (const [region, member] of entriesOf<RegionId, string>(set.members)) {
      const weight = records.find((record) => record.member === member)?.weight ?? 0;
      const share = whole === 0 ? 0 : (weight / whole) * (set.part / 10_000);
      shares.set(region, (shares.get(region) ?? 0) + share);
    }
  }
  return shares;
};

/**
 * What is in service, a part of K (design section 4), reckoned anew and apart from the product: every region of the model
 * has the same reference capacity. A dead region is not in service, so that leaving it takes nothing out.
 */
export const servedIn = (
  service: ServiceConfig,
  zones: (id: string) => MemoryZone,
  dead: ReadonlySet<RegionId>,
): number => {
  const shares = sharesIn(service, zones);
  const homes = entriesOf<RegionId, number>(service.home).filter(([, home]) => home > 0);
  const alive = homes.filter(([region]) => !dead.has(region));
  const served = alive.reduce(
    (sum, [region, home]) => sum + Math.min(1, (shares.get(region) ?? 0) / (home / 10_000)),
    0,
  );
  return Math.min(1, served / homes.length);
};
