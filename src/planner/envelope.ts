import { highestDemand } from '../capacity/demand.ts';
import type { ServiceConfig, SteeringSetConfig } from '../domain/config.ts';
import type { ServiceFacts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Envelope, PlannedService, PlannedSet } from '../domain/plan.ts';
import { keysOf, recordOf } from '../domain/records.ts';
import { weightRangeOf, zoneKey } from '../domain/steering.ts';
import { WHOLE } from '../domain/units.ts';
import { deadNow } from './dead.ts';
import { endsIn } from './ends.ts';
import { chooseLayer } from './layers.ts';
import { movingServices, type ProposeInput } from './request.ts';
import { wavesOf } from './waves.ts';
import { wholeMoves } from './whole-moves.ts';

export interface Built {
  readonly envelope: Envelope | null;
  readonly objections: readonly Objection[];
}

const refusal = (code: Objection['code'], because: string, more: Partial<Objection> = {}): Objection => ({
  code,
  severity: 'refuse',
  value: null,
  limit: null,
  override: 'nobody',
  because,
  mayPass: false,
  ...more,
});

const NO_FACTS: ServiceFacts = {
  demand: { measured: null, beforeTrouble: null, lastWeek: null, forecastPeak: null },
  regions: {},
  gates: [],
};

/** An emergency takes at most this many steps while nothing limits them: a bake is worth minutes of an outage. */
const EMERGENCY_STEPS = 3;

const plannedService = (service: ServiceConfig, input: ProposeInput): PlannedService => {
  const facts = input.facts.services[service.service] ?? NO_FACTS;
  const { measured } = facts.demand;
  const age = input.config.safety[input.request.mode].factsMaximumAgeMs;
  return {
    service: service.service,
    unit: service.unit,
    fleetWeight: service.fleetWeight,
    home: service.home,
    tier: service.tier,
    capacityReference: recordOf(
      input.config.regions.map((region) => [region, facts.regions[region]?.capacityReference?.value ?? null] as const),
    ),
    demand: highestDemand(facts.demand, 0),
    demandOnOldFacts: measured === null || measured.at < input.now - age,
    gates: service.gates,
  };
};

const plannedSets = (
  service: ServiceConfig,
  sets: readonly SteeringSetConfig[],
  planned: PlannedService,
  input: ProposeInput,
  problems: Objection[],
): readonly PlannedSet[] => {
  const { request, facts } = input;
  const endsOf = endsIn({ service, planned, facts: facts.services[service.service] ?? NO_FACTS, input });
  const found = sets.flatMap((set): PlannedSet[] => {
    const known = facts.sets[set.ref.set];
    if (known === undefined) {
      problems.push(
        refusal('facts-missing', `${set.ref.set} could not be read from ${set.ref.provider}`, {
          set: set.ref.set,
          mayPass: true,
        }),
      );
      return [];
    }
    const { ref, part, members, drain } = set;
    const { from, to } = endsOf(set, known.state);
    if (to !== null) return [{ ref, service: service.service, part, members, drain, base: known.state, from, to }];
    const because = `${ref.name} ${ref.type} has no member in any destination: nothing could answer for ${request.region}`;
    problems.push(refusal('impossible-move', because, { set: ref.set, service: service.service }));
    return [];
  });
  const whole = wholeMoves(found, facts.vendors, request);
  problems.push(...whole.objections);
  return whole.sets;
};

const gainersOf = (sets: readonly PlannedSet[]): readonly RegionId[] => {
  const gaining = new Set<RegionId>();
  for (const { from, to } of sets) {
    for (const region of keysOf<RegionId>(to)) if ((to[region] ?? 0) > (from[region] ?? 0)) gaining.add(region);
  }
  return [...gaining].sort();
};

/**
 * Whether a set is where the move would put it, as near as the vendor's whole weights can say: half a unit of the largest
 * weight either way. A region that is drained and one that serves are never the same, however small the share.
 */
const stands = ({ ref, from, to }: PlannedSet, { facts }: ProposeInput): boolean => {
  const vendor = facts.vendors[ref.provider];
  const finest = vendor === undefined ? 1 : WHOLE / weightRangeOf(ref, vendor.capabilities).maximum;
  return keysOf<RegionId>({ ...from, ...to }).every((region) => {
    const now = from[region] ?? 0;
    const then = to[region] ?? 0;
    return now === then || (now > 0 && then > 0 && Math.abs(now - then) <= finest / 2);
  });
};

/** Minus infinity where no member has one. */
const longestTtlMs = (sets: readonly PlannedSet[]): number => {
  let longest = Number.NEGATIVE_INFINITY;
  for (const { base } of sets)
    for (const { ttlSeconds } of base.members) longest = Math.max(longest, (ttlSeconds ?? 0) * 1000);
  return longest;
};

/** The envelope for a request, from the config in force and one snapshot. Decides nothing about whether it may run. */
export const buildEnvelope = (input: ProposeInput): Built => {
  const { request, config, facts, now } = input;
  const problems: Objection[] = [];
  const moving = movingServices(config, request);
  const all = moving.map((service) => {
    const planned = plannedService(service, input);
    const layer = chooseLayer(service, facts, request);
    problems.push(...layer.objections);
    return { service, planned, still: layer.still, sets: plannedSets(service, layer.sets, planned, input, problems) };
  });
  const busy = all.filter(({ sets }) => sets.some((set) => !stands(set, input)));
  const sets = busy.flatMap(({ sets: own }) => own);
  if (sets.length === 0) {
    const where = request.region === null ? 'home' : request.region;
    problems.push(refusal('nothing-to-do', `every share is where ${request.verb} ${where} would put it already`));
    return { envelope: null, objections: problems };
  }
  const limits = config.safety[request.mode];
  const ttlMs = longestTtlMs(sets);
  const services = busy.map(({ planned }) => planned);
  const emergency = request.mode === 'emergency';
  const still = busy.flatMap((one) => one.still);
  const zones = new Set(sets.map(({ ref }) => zoneKey(ref)));
  const envelope: Envelope = {
    version: 1,
    store: input.store,
    request,
    askedBy: input.asker.person,
    madeAt: now,
    source: request.verb === 'restore' ? null : request.region,
    destinations: gainersOf(sets),
    services,
    sets,
    ...(still.length === 0 ? {} : { stillLayers: still }),
    waves: emergency
      ? [{ services: services.map(({ service }) => service) }]
      : wavesOf(busy.map(({ service }) => service)),
    fences: recordOf([...zones].map((zone) => [zone, facts.fences[zone] ?? null] as const)),
    limits,
    emergencyFactsAgeMs: config.emergencyFactsAgeMs,
    fleetWeights: recordOf(config.services.map((service) => [service.service, service.fleetWeight] as const)),
    changeWindows: config.changeWindows,
    sampleEveryMs: config.sampleEveryMs,
    metricLagMs: config.metricLagMs,
    bakeMs: Math.max(limits.shortestBakeMs, ttlMs + config.metricLagMs),
    startBy: now + limits.startWithinMs,
    finishBy: now + limits.finishWithinMs,
    stayMs: emergency ? null : request.stayMs,
    returnsByItself: !emergency && request.stayMs !== null,
    goesOnWithoutForeignSets: emergency,
    overrides: request.overrides,
    configDigest: input.configDigest,
    dead: deadNow(facts, services, config),
    onOldFacts: services.some(({ demandOnOldFacts }) => demandOnOldFacts),
    mostSteps: emergency ? EMERGENCY_STEPS : null,
  };
  return { envelope, objections: problems };
};
