import { createRoute53Fake, type Route53Fake } from '../../providers/route53/fake.ts';
import { type AnswerLog, createAnswerLog } from './answer-log.ts';
import { createCheckedWorld, createRegionChecks } from './checkers.ts';
import { type CloudWatchFake, createCloudWatchFake } from './cloudwatch/cloudwatch-fake.ts';
import { DEFAULT_QUOTAS } from './cloudwatch/rate-limit.ts';
import type { DnsAnswerer } from './dns-types.ts';
import type { Pace } from './pace.ts';
import { createResolverFleet, type ResolverFleet, type Stretcher } from './resolvers.ts';
import { advanceScenario, NOTHING_HAPPENED, type Progress } from './scenario-clock.ts';
import type { Breakage, Scenario, ScenarioEvent, ScenarioName } from './scenarios.ts';
import { ACCOUNT, NAMES } from './steering-plan.ts';
import type { WireHandler } from './wire.ts';
import { defaultWorldSpec } from './world/default-world.ts';
import { createHealthEndpoint } from './world/health-endpoint.ts';
import type { WorldSpec } from './world/spec.ts';
import { createWorld, type World } from './world/world.ts';
import { createZones, regionOfAddress } from './zones.ts';

/** What a picture of the sandbox shows. */
export type Picture = {
  readonly atMs: number;
  /** Users by region, over all services, as their resolvers send them now; parts of 1. */
  readonly traffic: Readonly<Record<string, number>>;
  /** The same for resolvers that honour TTLs only. */
  readonly honouring: Readonly<Record<string, number>>;
  readonly utilisation: Readonly<Record<string, number>>;
};

export type Turn = { readonly broke: readonly ScenarioEvent[]; readonly healed: readonly ScenarioEvent[] };

const NOTHING: Turn = { broke: [], healed: [] };

export type LocalWorld = {
  readonly spec: WorldSpec;
  readonly world: World;
  readonly route53: Route53Fake;
  readonly cloudWatch: CloudWatchFake;
  readonly health: WireHandler;
  readonly answerer: DnsAnswerer;
  readonly zoneIds: Readonly<Record<string, string>>;
  /** The vendor's health check of each region. */
  readonly checkIds: Readonly<Record<string, string>>;
  /** Lives on until now: resolvers ask, regions serve, the scenario breaks and heals. Gives what broke and healed at this tick. */
  readonly tick: () => Promise<Turn>;
  readonly picture: () => Picture;
  /** From now on the scenario's seconds count. */
  readonly beginScenario: () => void;
  readonly broken: () => readonly string[];
  /** Breaks something beside the scenario; call the function that it gives to heal it. */
  readonly break: (breakage: Breakage) => () => void;
  /** What the name server answered in the last seconds. */
  readonly answersGiven: AnswerLog;
};

export type LocalWorldOptions = {
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly scenario: Scenario;
  readonly pace: Pace;
  /** Asks the name server as the users' resolvers do: over sockets, or the answerer itself. */
  readonly ask?: (name: string, type: string, resolver: string) => Promise<Awaited<ReturnType<DnsAnswerer>>>;
};

/** Resolvers that keep answers for longer than they may, as a few percent of users have in life. */
const stretchers = ({ timeScale }: Pace): readonly Stretcher[] => [
  { users: 0.02, stretch: { kind: 'factor', factor: 4 } },
  { users: 0.01, stretch: { kind: 'atLeast', ttlSeconds: 600 * timeScale } },
];

/** Where capacity is what the scenario is about, regions run as close to their need as thrifty people let them. */
const THRIFTY: ReadonlySet<ScenarioName> = new Set<ScenarioName>(['capacity-short', 'source-dead']);
const THRIFTY_UTILISATION = 0.6;

const HOUR_MS = 3_600_000;

/** As long as a picture looks back. */
const ANSWERS_KEPT_MS = 10_000;

const specOf = ({ now, scenario, pace }: LocalWorldOptions): WorldSpec => {
  const base = defaultWorldSpec(now(), scenario.seed);
  // Whatever the hour is here, the drill begins at the scenario's hour of the users' day.
  const hoursAhead = ((now() / HOUR_MS) % 24) - scenario.startHourUtc;
  const isThrifty = THRIFTY.has(scenario.name);
  const targetUtilisation = isThrifty ? THRIFTY_UTILISATION : pace.autoscaling.targetUtilisation;
  return {
    ...base,
    periodMs: pace.metricPeriodMs,
    services: base.services.map((service) => ({
      ...service,
      peakHourUtc: service.peakHourUtc + hoursAhead,
      autoscaling: { ...pace.autoscaling, targetUtilisation },
    })),
  };
};

/**
 * Numbers spread evenly over [0, 1): the name server deals its answers by weight without the noise that a few hundred
 * resolvers would have and the millions that they stand for have not (additive recurrence of the golden ratio).
 */
const evenly = (start: number): (() => number) => {
  let at = start;
  return () => {
    at = (at + (Math.sqrt(5) - 1) / 2) % 1;
    return at;
  };
};

/** The whole local world in memory: control plane, name server, metrics, regions and the resolvers that make the traffic. */
export const createLocalWorld = (options: LocalWorldOptions): LocalWorld => {
  const { now, random, sleep, scenario, pace } = options;
  const spec = specOf(options);
  const route53 = createRoute53Fake({
    now,
    random: evenly(random()),
    sleep,
    accounts: [{ id: ACCOUNT, userName: 'sandbox', accessKeyIds: [ACCOUNT] }],
    propagationMs: pace.propagationMs,
    sources: { endpoint: (config, at) => checked.endpoint(config, at) },
    checkSecondMs: 1000 * pace.timeScale,
  });
  const cloudWatch = createCloudWatchFake({ now, metricLagMs: pace.metricLagMs, ratesPerSecond: DEFAULT_QUOTAS });
  const zoneIds = createZones(route53, spec, pace);
  const checkIds = createRegionChecks(route53, spec.regions);
  const regions = regionOfAddress(spec);
  const answersGiven = createAnswerLog(ANSWERS_KEPT_MS);
  const answerer: DnsAnswerer = ({ name, type }) => {
    const answer = route53.answer({ name, type });
    for (const { data } of answer.answers) {
      const region = regions.get(data);
      if (region === undefined) continue;
      answersGiven.add({ atMs: now(), name: name.replace(/\.$/, ''), type, value: data, region });
    }
    return answer;
  };
  const ask =
    options.ask ?? ((name: string, type: string, from: string) => Promise.resolve(answerer({ name, type }, from)));
  const fleets = new Map<string, ResolverFleet>(
    NAMES.map(({ set, name, type }) => [
      set,
      createResolverFleet({
        resolvers: pace.resolvers,
        stretchers: stretchers(pace),
        names: [name],
        type,
        random,
        now,
        ask,
      }),
    ]),
  );

  const byRegion = (service: string, kind: 'all' | 'honouring'): Record<string, number> => {
    const total: Record<string, number> = Object.fromEntries(spec.regions.map((region) => [region, 0]));
    for (const { set, name, part } of NAMES.filter((candidate) => candidate.service === service)) {
      const shares = fleets.get(set)?.shares(name)[kind].shares ?? {};
      for (const [address, share] of Object.entries(shares)) {
        const region = regions.get(address);
        if (region !== undefined) total[region] = (total[region] ?? 0) + (share * part) / 100;
      }
    }
    return total;
  };
  const world = createWorld({ spec, shares: (service) => byRegion(service, 'all'), cloudWatch });
  const checked = createCheckedWorld(world);

  const healers = new Map<string, () => void>();
  let beganAt: number | null = null;
  let batchesBefore = 0;
  let progress: Progress = NOTHING_HAPPENED;
  const batches = (): number =>
    route53.log.entries().filter(({ operation, tookEffect }) => tookEffect && operation === 'ChangeResourceRecordSets')
      .length;

  const foreignEdit = (region: string, factor: number): void => {
    for (const id of Object.values(zoneIds)) {
      route53.foreignEdit(id, (records) => {
        for (const [key, record] of records) {
          if (record.setIdentifier !== region || record.weight === undefined) continue;
          records.set(key, { ...record, weight: Math.min(255, Math.max(1, Math.round(record.weight * factor))) });
        }
      });
    }
  };
  const apply = (breakage: Breakage): (() => void) => {
    switch (breakage.kind) {
      case 'world-fault':
        return world.break(breakage.fault);
      case 'route53-fault':
        if (breakage.fault === 'down') {
          route53.setOutage('unavailable');
          return () => route53.setOutage(undefined);
        }
        route53.faults.add({ kind: 'throttle', times: Number.POSITIVE_INFINITY });
        return () => route53.faults.clear();
      case 'foreign-edit':
        foreignEdit(breakage.region, breakage.weightFactor);
        return () => {};
      case 'process-crash':
        return () => {};
    }
  };
  for (const breakage of scenario.initially) apply(breakage);
  checked.look(now());

  const traffic = (kind: 'all' | 'honouring'): Record<string, number> => {
    const demand = new Map(world.state().services.map(({ service, demandRps }) => [service, demandRps]));
    const all = [...demand.values()].reduce((sum, rps) => sum + rps, 0) || 1;
    const total: Record<string, number> = Object.fromEntries(spec.regions.map((region) => [region, 0]));
    for (const { name } of spec.services) {
      const part = (demand.get(name) ?? 0) / all;
      for (const [region, share] of Object.entries(byRegion(name, kind)))
        total[region] = (total[region] ?? 0) + share * part;
    }
    return total;
  };
  const sourceShare = (): number => {
    const home = spec.services[0]?.homeShares[scenario.source] ?? 1;
    return Math.round(((traffic('honouring')[scenario.source] ?? 0) / home) * 10_000);
  };

  return {
    spec,
    world,
    route53,
    cloudWatch,
    health: createHealthEndpoint(world),
    answerer,
    zoneIds,
    checkIds,
    beginScenario: () => {
      beganAt = now();
      batchesBefore = batches();
    },
    tick: async () => {
      await Promise.all([...fleets.values()].map((fleet) => fleet.tick()));
      world.tick(now());
      checked.look(now());
      if (beganAt === null) return NOTHING;
      const seen = {
        elapsedSeconds: (now() - beganAt) / 1000 / pace.timeScale,
        sourceShareBasisPoints: sourceShare(),
        changeBatches: batches() - batchesBefore,
      };
      const moved = advanceScenario(scenario, progress, seen);
      progress = moved.progress;
      for (const event of moved.start) healers.set(event.id, apply(event.breaks));
      for (const event of moved.heal) {
        healers.get(event.id)?.();
        healers.delete(event.id);
      }
      return { broke: moved.start, healed: moved.heal };
    },
    broken: () => [...healers.keys()],
    break: apply,
    answersGiven,
    picture: () => ({
      atMs: now(),
      traffic: traffic('all'),
      honouring: traffic('honouring'),
      utilisation: Object.fromEntries(
        spec.regions.map((region) => [
          region,
          Math.max(
            0,
            ...world
              .state()
              .cells.filter((cell) => cell.region === region)
              .map((cell) => cell.utilisation),
          ),
        ]),
      ),
    }),
  };
};
