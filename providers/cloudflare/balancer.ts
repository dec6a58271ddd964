import { z } from 'zod';

const POOLS_BY_PLACE = z.record(z.string(), z.unknown()).nullish();

/** One rule of a balancer: under its condition `overrides` replace what the balancer itself says. */
const RULE = z.looseObject({
  name: z.string().nullish(),
  disabled: z.boolean().nullish(),
  overrides: z.record(z.string(), z.unknown()).nullish(),
});

/** A load balancer as the vendor shows it. What is not named here is kept and shown, and never sent. */
export const BALANCER = z.looseObject({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean().nullish(),
  proxied: z.boolean().nullish(),
  ttl: z.number().nullish(),
  steering_policy: z.string().nullish(),
  default_pools: z.array(z.string()),
  fallback_pool: z.string().nullish(),
  random_steering: z
    .looseObject({
      default_weight: z.number().nullish(),
      pool_weights: z.record(z.string(), z.number()).nullish(),
    })
    .nullish(),
  region_pools: POOLS_BY_PLACE,
  country_pools: POOLS_BY_PLACE,
  pop_pools: POOLS_BY_PLACE,
  /** Newer than the published description: sets of pools chosen by place. Whatever its form, it is not followed here. */
  pool_sets: z.unknown().optional(),
  rules: z.array(RULE).nullish(),
  session_affinity: z.string().nullish(),
  session_affinity_attributes: z.looseObject({ drain_duration: z.number().nullish() }).nullish(),
});

export type Balancer = z.infer<typeof BALANCER>;

/** Of a pool only what says whether it answers and with what: it belongs to all balancers that use it. */
export const POOL = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  enabled: z.boolean().nullish(),
  origins: z.array(z.looseObject({ address: z.string().nullish(), enabled: z.boolean().nullish() })).nullish(),
});

export type Pool = z.infer<typeof POOL>;

/** The vendor's own default for a pool that `pool_weights` does not name (OpenAPI of 2024-08, `random_steering`). */
const DEFAULT_WEIGHT = 1;

export const defaultWeightOf = ({ random_steering }: Balancer): number =>
  random_steering?.default_weight ?? DEFAULT_WEIGHT;

/** What the vendor reckons with for this pool, 0..1: its own weight, else the balancer's default. */
export const weightAtVendor = (balancer: Balancer, pool: string): number =>
  balancer.random_steering?.pool_weights?.[pool] ?? defaultWeightOf(balancer);

/** The two properties that steer writes, each replaced as a whole by the vendor. */
export interface BalancerPatch {
  readonly default_pools: readonly string[];
  readonly random_steering: {
    readonly default_weight: number;
    readonly pool_weights: Readonly<Record<string, number>>;
  };
}
