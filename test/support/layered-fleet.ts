import type { MemoryVendor } from '../../providers/memory/vendor.ts';
import type { Config, ServiceConfig, SteeringSetConfig } from '../../src/domain/config.ts';
import { type ProviderId, providerId, type RegionId, setId } from '../../src/domain/ids.ts';
import { entriesOf, keysOf, recordOf } from '../../src/domain/records.ts';
import { WHOLE } from '../../src/domain/units.ts';
import { EAST, EUROPE, MODEL, WEST } from './fleet-config.ts';
import type { ModelOptions } from './model.ts';

/** The vendor of the geo layer; the weights below it are at the model's own. */
export const GEO: ProviderId = providerId('geo');

/** The directional groups, the region each belongs to, and the part of the traffic that its territories make. */
export const GROUPS = [
  { group: 'Americas-North', region: EAST, part: 2000 },
  { group: 'Americas-South', region: EAST, part: 1334 },
  { group: 'Pacific', region: WEST, part: 3333 },
  { group: 'Europe', region: EUROPE, part: 3333 },
] as const;

const entryOf = (region: RegionId): string => `${region}.entry.example.com.`;

const onlyIn = (regions: readonly RegionId[], home: RegionId) =>
  recordOf(regions.map((region) => [region, region === home ? WHOLE : 0] as const));

const weightsSet = (service: ServiceConfig, region: RegionId): SteeringSetConfig => ({
  ref: { set: setId(`entry/${region}`), provider: MODEL, zone: 'zone-0', name: entryOf(region), type: 'A' },
  part: service.home[region] ?? 0,
  members: recordOf(keysOf<RegionId>(service.home).map((one) => [one, `m-${one}`] as const)),
  drain: 'zero',
  ttlSeconds: 60,
  home: onlyIn(keysOf<RegionId>(service.home), region),
  layer: 'weights',
});

const geoSet = (service: ServiceConfig, { group, region, part }: (typeof GROUPS)[number]): SteeringSetConfig => {
  const regions = keysOf<RegionId>(service.home);
  return {
    ref: {
      set: setId(`geo/${group}`),
      provider: GEO,
      zone: 'geo-zone',
      name: 'www.example.com.',
      type: 'CNAME',
      group,
      targets: regions.map(entryOf),
    },
    part,
    members: recordOf(regions.map((one) => [one, entryOf(one)] as const)),
    drain: 'remove',
    ttlSeconds: 60,
    home: onlyIn(regions, region),
    layer: 'geo',
  };
};

const layered = (config: Config): Config => ({
  ...config,
  services: config.services.map((service) => ({
    ...service,
    layers: ['weights', 'geo'],
    sets: [
      ...keysOf<RegionId>(service.home).map((region) => weightsSet(service, region)),
      ...GROUPS.map((group) => geoSet(service, group)),
    ],
  })),
});

/** Where each group points now, by what its vendor's servers answer. */
export const pointsAt = (vendor: MemoryVendor | undefined): Readonly<Record<string, string>> => {
  const answers = vendor?.answers({ zone: 'geo-zone', name: 'www.example.com.', type: 'CNAME' }) ?? {};
  return Object.fromEntries(Object.keys(answers).map((record) => record.split(' -> ')));
};

/** What users really get: the group of their territory names an entry, and the weights of that entry name a region. */
export const arrives = (region: RegionId, vendors: ReadonlyMap<ProviderId, MemoryVendor>): number => {
  const groups = pointsAt(vendors.get(GEO));
  const parts = GROUPS.map(({ group, part }) => {
    const entry = groups[group];
    if (entry === undefined) return 0;
    const weights = vendors.get(MODEL)?.answers({ zone: 'zone-0', name: entry, type: 'A' }) ?? {};
    return (part / WHOLE) * (weights[`m-${region}`] ?? 0);
  });
  return parts.reduce((sum, part) => sum + part, 0);
};

/** A service behind two layers, as large companies have it: groups by territory at one vendor, weights below at another. */
export const layeredFleet = (options: ModelOptions = {}): ModelOptions => ({
  reshape: layered,
  traffic: (_, region, vendors) => arrives(region, vendors),
  ...options,
});

/** Records of one vendor, to be compared before and after. */
export const recordsAt = (vendor: MemoryVendor | undefined, zone: string): unknown =>
  entriesOf<string, unknown>(Object.fromEntries(vendor?.zone(zone).records ?? [])).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
