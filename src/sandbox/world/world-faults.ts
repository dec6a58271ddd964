/** From where a region's health is checked: by steer itself, or by a vendor's checkers outside of everything. */
export type Side = 'steer' | 'outside';

/** What can be broken in the world, as plain data. */
export type WorldFault =
  /** Nothing is served and health checks fail; `answer` is what a health probe gets. */
  | { readonly kind: 'region-dead'; readonly region: string; readonly answer: '503' | 'hang' }
  /** Everything still answers, only worse; health checks, being shallow, stay green. */
  | {
      readonly kind: 'region-degraded';
      readonly region: string;
      /** Added to the errors that the load causes, 0 to 1. */
      readonly errorRate: number;
      readonly latencyFactor: number;
    }
  /** Metrics of the region are lost; traffic and health checks go on. */
  | { readonly kind: 'region-silent'; readonly region: string }
  /** Autoscaling cannot order more than this part of its maximum; what runs keeps running. */
  | { readonly kind: 'capacity-short'; readonly region: string; readonly maximumFactor: number }
  /** Every region's check fails at once, as seen from one side, while traffic is fine: the checks are wrong, not the regions. */
  | { readonly kind: 'all-checks-red'; readonly side: Side }
  /** The metrics service answers every request with 503. */
  | { readonly kind: 'monitoring-down' };

/** What the faults in force mean for one region. */
export type RegionCondition = {
  readonly dead: '503' | 'hang' | undefined;
  readonly silent: boolean;
  /** Sides from which checks fail although the region is well. */
  readonly redFrom: readonly Side[];
  readonly errorRate: number;
  readonly latencyFactor: number;
  readonly maximumFactor: number;
};

const WELL: RegionCondition = {
  dead: undefined,
  silent: false,
  redFrom: [],
  errorRate: 0,
  latencyFactor: 1,
  maximumFactor: 1,
};

const worsen = (condition: RegionCondition, fault: WorldFault): RegionCondition => {
  switch (fault.kind) {
    case 'region-dead':
      return { ...condition, dead: fault.answer };
    case 'region-degraded': {
      const errorRate = 1 - (1 - condition.errorRate) * (1 - fault.errorRate);
      return { ...condition, errorRate, latencyFactor: condition.latencyFactor * fault.latencyFactor };
    }
    case 'region-silent':
      return { ...condition, silent: true };
    case 'capacity-short':
      return { ...condition, maximumFactor: condition.maximumFactor * fault.maximumFactor };
    case 'all-checks-red':
      return { ...condition, redFrom: [...condition.redFrom, fault.side] };
    case 'monitoring-down':
      return condition;
  }
};

/** A region's condition under all faults in force; several faults add up. */
export const conditionOf = (region: string, faults: Iterable<WorldFault>): RegionCondition => {
  let condition = WELL;
  for (const fault of faults) if (!('region' in fault) || fault.region === region) condition = worsen(condition, fault);
  return condition;
};
