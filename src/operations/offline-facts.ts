import type { CapacitySource, ChangeWindow, Config, Mode, ServiceConfig, SteeringSetConfig } from '../domain/config.ts';
import type { DemandFacts, Facts, Reading, RegionFacts, ServiceFacts, SetFacts } from '../domain/facts.ts';
import { homeOf } from '../domain/home.ts';
import type { ProviderId, RegionId } from '../domain/ids.ts';
import { entriesOf, mapValues, recordOf, valuesOf } from '../domain/records.ts';
import { type SetState, type SteeringCapabilities, weightRangeOf, zoneKey } from '../domain/steering.ts';
import type { Instant } from '../domain/units.ts';
import { type WeightRange, weightsFor, weightTotal } from '../domain/weights.ts';
import { demandFacts } from '../facts/demand.ts';

/** The world as a config alone describes it, and what that cannot tell. */
export interface OfflineFacts {
  readonly facts: Facts;
  /** One sentence for each reason why a limit could not be judged, with the services it is true of. */
  readonly notJudged: readonly string[];
}

export type VendorCapabilities = Readonly<Record<ProviderId, SteeringCapabilities>>;

/** Stands for the digest of a config that nobody has accepted. */
export const OF_THE_FILE = 'the file';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 4 January 1970 was a Sunday. */
const FIRST_SUNDAY = 3;

/** A moment at which the config allows to move: whether a region could be evacuated does not depend on the hour of the check. */
export const instantInside = ([window]: readonly ChangeWindow[]): Instant =>
  (FIRST_SUNDAY + (window?.days[0] ?? 0)) * DAY_MS + (window?.fromMinute ?? 0) * MINUTE_MS;

/** One address record a member: enough for the size of a batch, and no vendor holds less. */
const COST = { elements: 2, characters: 60 };

/** The records as they should be on a normal day: home shares, the configured TTL, no health checks. */
const atHome = (service: ServiceConfig, set: SteeringSetConfig, range: WeightRange): SetState => {
  const { members, drain, ttlSeconds, ref } = set;
  const home = homeOf(service, set);
  const isServing = valuesOf(home).some((share) => share > 0);
  const weights = isServing ? weightsFor(home, members, range, weightTotal([home], range)) : {};
  return {
    set: ref.set,
    members: valuesOf(members)
      .toSorted()
      .map((member) => {
        const weight = weights[member] ?? null;
        const present = weight !== null || drain !== 'remove';
        return { member, weight, present, ttlSeconds, healthCheck: null, kept: null, cost: COST };
      }),
  };
};

const referenceIn = (source: CapacitySource): number | null => {
  if (source.kind === 'fixed') return source.value;
  return source.reference === 'highest-of-24h' ? null : source.reference;
};

/**
 * What each region of a service can serve, as far as the file says. Where it names a metric, capacity is taken to be in
 * proportion to the home shares, and a standby to be as large as the largest of the others: then floor and budget can
 * still be judged, since both are parts of the whole.
 */
const capacityOf = (service: ServiceConfig): { readonly of: Record<RegionId, number>; readonly isKnown: boolean } => {
  const known = mapValues<RegionId, CapacitySource, number | null>(service.capacity, referenceIn);
  if (valuesOf(known).every((value) => value !== null))
    return { of: mapValues(known, (value) => value ?? 0), isKnown: true };
  const largest = Math.max(1, ...valuesOf(service.home));
  return { of: mapValues(known, (_, region) => service.home[region] || largest), isKnown: false };
};

const NOTHING_ASKED = (at: Instant): DemandFacts => ({
  measured: { value: 0, at },
  beforeTrouble: null,
  lastWeek: null,
  forecastPeak: null,
});

const whyNotJudged = (service: ServiceConfig, isKnown: boolean): string | null => {
  if (!isKnown)
    return 'headroom is not judged, because capacity comes from a metric; floor and budget are judged as if it were in proportion to the home shares; use --live';
  if (service.demand.kind !== 'fixed') return 'headroom is not judged, because demand comes from a metric; use --live';
  const isMeasured = valuesOf(service.capacity).some(({ kind }) => kind === 'signal');
  return isMeasured
    ? 'headroom is judged as if all of the reference capacity ran; for what runs now, use --live'
    : null;
};

const healthy = (capacity: Reading | null): RegionFacts => ({
  capacityNow: capacity,
  capacityReference: capacity,
  traffic: null,
  health: 'healthy',
  quietHealth: 'healthy',
  gates: [],
});

const serviceFacts = (service: ServiceConfig, regions: readonly RegionId[], now: Instant): ServiceFacts => {
  const { of, isKnown } = capacityOf(service);
  const demand = isKnown && service.demand.kind === 'fixed';
  return {
    demand: demand ? demandFacts(service, new Map(), () => 0, now) : NOTHING_ASKED(now),
    regions: recordOf(
      regions.map((region) => {
        const value = of[region];
        return [region, healthy(value === undefined ? null : { value, at: now })] as const;
      }),
    ),
    gates: [],
  };
};

/**
 * Facts made of a config alone, as if every record were at home and every region healthy: no store, no vendor, no clock.
 * Where demand or capacity is a metric, demand is left at nothing, so that headroom never binds; `notJudged` says so.
 */
export const offlineFacts = (config: Config, vendors: VendorCapabilities, mode: Mode): OfflineFacts => {
  const at = instantInside(config.changeWindows);
  const sets = config.services.flatMap((service) =>
    service.sets.flatMap((set) => {
      const known = vendors[set.ref.provider];
      // What its vendor would hold nobody can say: that set is unknown, and the planner refuses it.
      if (known === undefined) return [];
      const facts: SetFacts = {
        state: atHome(service, set, weightRangeOf(set.ref, known)),
        observedAt: at,
        source: 'listed',
        checks: {},
      };
      return [[set.ref.set, facts] as const];
    }),
  );
  const reasons = config.services.flatMap((service) => {
    const why = whyNotJudged(service, capacityOf(service).isKnown);
    return why === null ? [] : [{ service: service.service, why }];
  });
  return {
    facts: {
      at,
      sets: recordOf(sets),
      fences: recordOf(
        config.services.flatMap((service) => service.sets.map(({ ref }) => [zoneKey(ref), null] as const)),
      ),
      vendors: recordOf(
        entriesOf<ProviderId, SteeringCapabilities>(vendors).map(
          ([provider, capabilities]) => [provider, { capabilities, zeroOnAliasProven: false }] as const,
        ),
      ),
      services: recordOf(
        config.services.map((service) => [service.service, serviceFacts(service, config.regions, at)] as const),
      ),
      charges: [],
      freezes: [],
      out: [],
      otherRuns: [],
      configDigest: OF_THE_FILE,
      limitsInForce: config.safety[mode],
      declared: null,
      missing: [],
    },
    notJudged: [...Map.groupBy(reasons, ({ why }) => why)].map(
      ([why, those]) => `${those.map(({ service }) => service).join(', ')}: ${why}`,
    ),
  };
};
