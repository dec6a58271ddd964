import type { CloudWatchFake } from '../cloudwatch/cloudwatch-fake.ts';
import { type Cell, type CellState, createCell, steadyState } from './cell.ts';
import { createDemand, type Demand } from './demand.ts';
import { createHistory, type History, type PeriodRecord } from './history.ts';
import { publishCell } from './publish.ts';
import type { ServiceSpec, WorldSpec } from './spec.ts';
import { conditionOf, type RegionCondition, type Side, type WorldFault } from './world-faults.ts';

/** The part of a service's traffic that each region gets now, 0 to 1; what is missing to 1 finds no answer. */
export type Shares = (service: string) => Readonly<Record<string, number>>;

type RegionState = RegionCondition & { readonly region: string };

/** What a health probe of a service in a region gets; `hang`: no answer at all. */
export type ProbeResult = 'healthy' | 'unhealthy' | 'hang';

export type WorldState = {
  readonly atMs: number;
  readonly regions: readonly RegionState[];
  readonly services: readonly {
    readonly service: string;
    readonly demandRps: number;
    readonly unansweredRps: number;
  }[];
  readonly cells: readonly CellState[];
};

export type World = {
  readonly spec: WorldSpec;
  /** Lives through the time until `nowMs`; a clock that stands still or goes back changes nothing. */
  readonly tick: (nowMs: number) => void;
  readonly state: () => WorldState;
  /** Breaks something; call the function that it gives to heal it. */
  readonly break: (fault: WorldFault) => () => void;
  /** Without a service: the region as a whole. Undefined: no such region or service. */
  readonly probe: (region: string, service: string | undefined, from: Side) => ProbeResult | undefined;
};

export type WorldOptions = {
  readonly spec: WorldSpec;
  readonly shares: Shares;
  /** Where the world publishes its metrics and alarms. */
  readonly cloudWatch: Pick<CloudWatchFake, 'series' | 'putAlarm' | 'break'>;
};

/** A longer step would let a whole scaling delay pass unseen. */
const LONGEST_STEP_MS = 15_000;

/** A service that fails half of its requests fails its health check too. */
const UNHEALTHY_ERROR_RATE = 0.5;

type Place = { readonly region: string; readonly cell: Cell; readonly history: History };
type Site = {
  readonly service: ServiceSpec;
  readonly demand: Demand;
  readonly places: readonly Place[];
  /** What users asked in the last step that was lived through. */
  demandRps: number;
};

const WELL = conditionOf('', []);

/** How a period was before the world began: everybody at home, capacity fitting the load. */
const recordBefore = (site: Site, region: string, timeMs: number, periodMs: number): PeriodRecord => {
  const offeredRps = site.demand(timeMs) * (site.service.homeShares[region] ?? 0);
  const state = steadyState(site.service, region, offeredRps, WELL);
  const requests = (offeredRps * periodMs) / 1000;
  const { latencyP99Ms, capacityRps, utilisation } = state;
  return {
    requests: Math.round(requests),
    errors: Math.round(requests * state.errorRate),
    latencyP99Ms,
    capacityRps,
    utilisation,
  };
};

const createSite = (service: ServiceSpec, spec: WorldSpec): Site => {
  const demand = createDemand(service, spec.seed);
  const places = spec.regions.map((region) => {
    const homeRps = demand(spec.startMs) * (service.homeShares[region] ?? 0);
    const cell = createCell(service, region, homeRps, WELL);
    return { region, cell, history: createHistory(spec.startMs, spec.periodMs) };
  });
  return { service, demand, places, demandRps: demand(spec.startMs) };
};

const probeState = (state: CellState | undefined, condition: RegionCondition, from: Side): ProbeResult => {
  if (condition.dead === 'hang') return 'hang';
  if (condition.dead !== undefined || condition.redFrom.includes(from)) return 'unhealthy';
  return state !== undefined && state.errorRate >= UNHEALTHY_ERROR_RATE ? 'unhealthy' : 'healthy';
};

/** Regions with capacity and health, moved by demand, by the shares that DNS gives them, and by what is broken. */
export const createWorld = ({ spec, shares, cloudWatch }: WorldOptions): World => {
  const sites = spec.services.map((service) => createSite(service, spec));
  const faults = new Set<WorldFault>();
  let conditions: ReadonlyMap<string, RegionCondition> = new Map();
  let atMs = spec.startMs;

  const judgeRegions = (): void => {
    conditions = new Map(spec.regions.map((region) => [region, conditionOf(region, faults)]));
  };
  judgeRegions();

  for (const site of sites)
    for (const { region, history } of site.places)
      publishCell(cloudWatch, { service: site.service.name, region, periodMs: spec.periodMs }, (timeMs) => {
        const record = history.at(timeMs);
        return record === undefined ? recordBefore(site, region, timeMs, spec.periodMs) : record;
      });

  const live = (untilMs: number, sharesNow: readonly Readonly<Record<string, number>>[]): void => {
    const seconds = (untilMs - atMs) / 1000;
    for (const [index, site] of sites.entries()) {
      site.demandRps = site.demand(atMs);
      for (const { region, cell, history } of site.places) {
        const condition = conditions.get(region) ?? WELL;
        const state = cell.advance(site.demandRps * (sharesNow[index]?.[region] ?? 0), condition, atMs);
        history.add(state, atMs, seconds, condition.silent);
      }
    }
    atMs = untilMs;
  };

  const start = (fault: WorldFault): (() => void) => {
    // Two faults with the same words are two faults: healing one must not heal the other.
    const own = { ...fault };
    faults.add(own);
    judgeRegions();
    const healMonitoring = fault.kind === 'monitoring-down' ? cloudWatch.break({ kind: 'down' }) : undefined;
    return () => {
      faults.delete(own);
      judgeRegions();
      healMonitoring?.();
    };
  };

  return {
    spec,
    tick: (nowMs) => {
      if (nowMs <= atMs) return;
      const sharesNow = sites.map(({ service }) => shares(service.name));
      while (atMs < nowMs) {
        const periodEndMs = (Math.floor(atMs / spec.periodMs) + 1) * spec.periodMs;
        live(Math.min(nowMs, periodEndMs, atMs + LONGEST_STEP_MS), sharesNow);
      }
    },
    state: () => ({
      atMs,
      regions: spec.regions.map((region) => ({ region, ...(conditions.get(region) ?? WELL) })),
      services: sites.map(({ service, demandRps, places }) => {
        const offered = places.reduce((sum, { cell }) => sum + cell.state().offeredRps, 0);
        return { service: service.name, demandRps, unansweredRps: Math.max(0, demandRps - offered) };
      }),
      cells: sites.flatMap(({ places }) => places.map(({ cell }) => cell.state())),
    }),
    break: start,
    probe: (region, service, from) => {
      const condition = conditions.get(region);
      if (condition === undefined) return undefined;
      if (service === undefined) return probeState(undefined, condition, from);
      const site = sites.find((one) => one.service.name === service);
      const place = site?.places.find((one) => one.region === region);
      return place && probeState(place.cell.state(), condition, from);
    },
  };
};
