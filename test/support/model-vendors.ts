import { groupRecordName } from '../../providers/memory/groups.ts';
import { MemoryVendor, type MemoryVendorOptions } from '../../providers/memory/vendor.ts';
import type { Config, ServiceConfig, SteeringSetConfig } from '../../src/domain/config.ts';
import type { ProviderId, RegionId } from '../../src/domain/ids.ts';
import { entriesOf } from '../../src/domain/records.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { MODEL } from './fleet-config.ts';

export interface ModelVendorOptions {
  readonly propagationMs?: number;
  /** A vendor that somebody watches; a plain one where left out. */
  readonly makeVendor?: (options: MemoryVendorOptions) => MemoryVendor;
}

const seedSet = (vendor: MemoryVendor, service: ServiceConfig, set: SteeringSetConfig): void => {
  const { ref, members, ttlSeconds, home = service.home } = set;
  const isGroup = ref.group !== undefined;
  for (const [region, member] of entriesOf<RegionId, string>(members)) {
    const weight = home[region] ?? 0;
    if (isGroup && weight === 0) continue;
    const name = ref.group === undefined ? member : groupRecordName(ref.group, member);
    const key = { name: ref.name, type: ref.type, member: name };
    vendor.edit(ref.zone, key, {
      ...key,
      // Home shares of thirds become 100 each; those of one region alone stay what they are.
      weight: isGroup ? 1 : Math.round(weight / (home === service.home ? 33.34 : 100)),
      ttlSeconds,
      healthCheck: null,
      value: isGroup ? member : `192.0.2.${region.length}`,
      extra: null,
    });
  }
};

/** One vendor in memory for each provider of the config, every set at home and long propagated. */
export const modelVendors = (
  config: Config,
  clock: Clock,
  { propagationMs = 30_000, makeVendor = (options) => new MemoryVendor(options) }: ModelVendorOptions,
): ReadonlyMap<ProviderId, MemoryVendor> => {
  const refs = config.services.flatMap(({ sets }) => sets.map(({ ref }) => ref));
  let isSeeded = false;
  const vendors = new Map(
    [...new Set([MODEL, ...refs.map(({ provider }) => provider)])].map((provider) => {
      const zones = new Set(refs.filter((ref) => ref.provider === provider).map(({ zone }) => zone));
      const now = (): number => (isSeeded ? clock.now() : clock.now() - 3_600_000);
      return [provider, makeVendor({ now, zones: [...zones], propagationMs, reached: async () => {} })] as const;
    }),
  );
  for (const service of config.services)
    for (const set of service.sets) {
      const vendor = vendors.get(set.ref.provider);
      if (vendor !== undefined) seedSet(vendor, service, set);
    }
  isSeeded = true;
  return vendors;
};
