import { advanceFleet, type Fleet, steadyFleet, warmingRps } from './autoscaler.ts';
import { errorRateAt, latencyP99MsAt } from './load-curve.ts';
import type { ServiceSpec } from './spec.ts';
import type { RegionCondition } from './world-faults.ts';

/** How one service does in one region at one instant. */
export type CellState = {
  readonly service: string;
  readonly region: string;
  /** What users send there, served or not. */
  readonly offeredRps: number;
  readonly servedRps: number;
  /** 0 to 1. */
  readonly errorRate: number;
  readonly latencyP99Ms: number;
  /** What can be served now; 0 in a dead region. */
  readonly capacityRps: number;
  readonly warmingRps: number;
  /** Offered over capacity; 0 where there is no capacity, and above 1 where load is shed. */
  readonly utilisation: number;
};

/** One service in one region: its capacity, which remembers, and its state, which follows. */
export type Cell = {
  readonly state: () => CellState;
  /** Lets the load rest on the cell at this instant. */
  readonly advance: (offeredRps: number, condition: RegionCondition, nowMs: number) => CellState;
};

const IDLE_LIMITS = { minimumRps: 0, maximumRps: 0 };

const stateUnder = (
  service: ServiceSpec,
  region: string,
  fleet: Fleet,
  offeredRps: number,
  condition: RegionCondition,
): CellState => {
  const capacityRps = condition.dead === undefined ? fleet.runningRps : 0;
  const utilisation = capacityRps > 0 ? offeredRps / capacityRps : 0;
  const errorRate = capacityRps > 0 ? 1 - (1 - errorRateAt(utilisation)) * (1 - condition.errorRate) : 1;
  return {
    service: service.name,
    region,
    offeredRps,
    servedRps: offeredRps * (1 - errorRate),
    errorRate,
    latencyP99Ms: latencyP99MsAt(utilisation, service.baseLatencyMs) * condition.latencyFactor,
    capacityRps,
    warmingRps: warmingRps(fleet),
    utilisation,
  };
};

const limitsOf = (service: ServiceSpec, region: string) => service.capacity[region] ?? IDLE_LIMITS;

/** The state at a steady load: how things were before the world began. */
export const steadyState = (
  service: ServiceSpec,
  region: string,
  offeredRps: number,
  condition: RegionCondition,
): CellState => {
  const fleet = steadyFleet(offeredRps, service.autoscaling, limitsOf(service, region));
  return stateUnder(service, region, fleet, offeredRps, condition);
};

export const createCell = (service: ServiceSpec, region: string, homeRps: number, condition: RegionCondition): Cell => {
  const limits = limitsOf(service, region);
  let fleet = steadyFleet(homeRps, service.autoscaling, limits);
  let state = stateUnder(service, region, fleet, homeRps, condition);
  return {
    state: () => state,
    advance: (offeredRps, now, nowMs) => {
      // A dead region's autoscaler is as dead as the rest: what ran before is there again once it heals.
      if (now.dead === undefined) {
        const maximumRps = limits.maximumRps * now.maximumFactor;
        fleet = advanceFleet(fleet, offeredRps, service.autoscaling, { ...limits, maximumRps }, nowMs);
      }
      state = stateUnder(service, region, fleet, offeredRps, now);
      return state;
    },
  };
};
