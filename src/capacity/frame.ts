import type { ProviderId, RegionId, ServiceId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedService, PlannedSet } from '../domain/plan.ts';
import { entriesOf, keysOf, recordOf } from '../domain/records.ts';
import type { DrainMethod, Shares, Weights } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';

/** One region's member in every set of a pattern. `region` is an index into the regions of the service. */
export interface Place {
  readonly region: number;
  readonly owner: RegionId;
  readonly name: string;
}

/**
 * What planned sets have in common that differ in nothing but their names, their parts and their records. A fleet has few
 * of them: ten thousand names that leave a region are mostly the same few moves.
 */
export interface SetPattern {
  readonly places: readonly Place[];
  /** How many regions the service has. */
  readonly regions: number;
  readonly provider: ProviderId;
  readonly drain: DrainMethod;
  readonly from: Shares;
  readonly to: Shares;
  /** For sets that move as a whole; null for sets of weights. */
  readonly flipsAt: BasisPoints | null;
  /** The weights that every member had when the plan was made, strangers too. */
  readonly base: Weights;
}

export interface FramedSet {
  readonly planned: PlannedSet;
  readonly pattern: SetPattern;
  /** Part of the service's traffic, 0..1. */
  readonly part: number;
}

/** One service of the plan as no snapshot changes it. Arrays run over `regions`. */
export interface ServiceFrame {
  readonly planned: PlannedService;
  readonly regions: readonly RegionId[];
  readonly sets: readonly FramedSet[];
  /** Whether the plan wants the region to gain, on its way out and on its way back. */
  readonly gainsOut: readonly boolean[];
  readonly gainsBack: readonly boolean[];
}

export interface Frame {
  /** The services that the envelope describes. */
  readonly services: ReadonlyMap<ServiceId, ServiceFrame>;
  readonly sets: ReadonlyMap<SetId, FramedSet>;
}

const regionsOf = (planned: PlannedService | undefined, sets: readonly PlannedSet[]): readonly RegionId[] =>
  keysOf<RegionId>(Object.assign({}, planned?.home, planned?.capacityReference, ...sets.map(({ members }) => members)));

const wants = (sets: readonly PlannedSet[], region: RegionId, less: 'from' | 'to', more: 'from' | 'to'): boolean =>
  sets.some((set) => set.members[region] !== undefined && (set[more][region] ?? 0) > (set[less][region] ?? 0));

/** The pattern of a set; the same object for all sets that share it. */
const patterns = (): ((set: PlannedSet, regions: readonly RegionId[]) => SetPattern) => {
  const known = new Map<string, SetPattern>();
  return ({ ref: { provider }, members, drain, from, to, flipsAt = null, base: { members: held } }, regions) => {
    const weights = held.map(({ member, weight }) => [member, weight] as const);
    const key = JSON.stringify([regions, provider, members, drain, from, to, flipsAt, weights]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const places = entriesOf<RegionId, string>(members).map(
      ([owner, name]): Place => ({ region: regions.indexOf(owner), owner, name }),
    );
    const base = recordOf(weights);
    const pattern: SetPattern = { places, regions: regions.length, provider, drain, from, to, flipsAt, base };
    known.set(key, pattern);
    return pattern;
  };
};

const frame = (envelope: Envelope): Frame => {
  const patternOf = patterns();
  const described = new Map(envelope.services.map((service) => [service.service, service]));
  const setsOf = Map.groupBy(envelope.sets, ({ service }) => service);
  const services = new Map<ServiceId, ServiceFrame>();
  const sets = new Map<SetId, FramedSet>();
  for (const service of new Set([...described.keys(), ...setsOf.keys()])) {
    const planned = described.get(service);
    const own = setsOf.get(service) ?? [];
    const regions = regionsOf(planned, own);
    const framed = own.map(
      (set): FramedSet => ({ planned: set, pattern: patternOf(set, regions), part: set.part / WHOLE }),
    );
    for (const one of framed) sets.set(one.planned.ref.set, one);
    if (planned === undefined) continue;
    const gainsOut = regions.map((region) => wants(own, region, 'from', 'to'));
    const gainsBack = regions.map((region) => wants(own, region, 'to', 'from'));
    services.set(service, { planned, regions, sets: framed, gainsOut, gainsBack });
  }
  return { services, sets };
};

const frames = new WeakMap<Envelope, Frame>();

/**
 * What only the envelope decides. It never changes once it is made, and it is judged anew for every step of the forecast
 * and before every write of the run, so that this is worked out once for each.
 */
export const frameOf = (envelope: Envelope): Frame => {
  const known = frames.get(envelope);
  if (known !== undefined) return known;
  const made = frame(envelope);
  frames.set(envelope, made);
  return made;
};
