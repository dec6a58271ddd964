import { z } from 'zod';
import { Refusal } from './envelope.ts';
import { type FakeBalancer, type FakePool, type FakeWorld, type FakeZone, timeText } from './state.ts';

const TENTHS = 10;

const POOL_IDS = z.array(z.string()).min(1);
const BY_PLACE = z.record(z.string(), z.array(z.string()));

/** What a PATCH may name: every property replaces its former value as a whole, and none beside them is known. */
const PATCH = z.strictObject({
  adaptive_routing: z.strictObject({ failover_across_pools: z.boolean().optional() }).optional(),
  country_pools: BY_PLACE.optional(),
  default_pools: POOL_IDS.optional(),
  description: z.string().optional(),
  enabled: z.boolean().optional(),
  fallback_pool: z.string().optional(),
  name: z.string().optional(),
  pop_pools: BY_PLACE.optional(),
  proxied: z.boolean().optional(),
  random_steering: z
    .strictObject({
      default_weight: z
        .number()
        .min(0)
        .max(1)
        .refine((weight) => Math.abs(weight * TENTHS - Math.round(weight * TENTHS)) < 1e-9, 'a multiple of 0.1')
        .optional(),
      pool_weights: z.record(z.string(), z.number().min(0).max(1)).optional(),
    })
    .optional(),
  region_pools: BY_PLACE.optional(),
  session_affinity: z.enum(['none', 'cookie', 'ip_cookie', 'header', '']).optional(),
  session_affinity_ttl: z.number().optional(),
  steering_policy: z
    .enum([
      'off',
      'geo',
      'random',
      'dynamic_latency',
      'proximity',
      'least_outstanding_requests',
      'least_connections',
      '',
    ])
    .optional(),
  ttl: z.number().optional(),
});

export const shownBalancer = ({ modifiedAt, ...balancer }: FakeBalancer): Record<string, unknown> => ({
  ...balancer,
  created_on: timeText(0),
  modified_on: timeText(modifiedAt),
});

export const shownPool = ({ account: _, modifiedAt, ...pool }: FakePool): Record<string, unknown> => ({
  ...pool,
  description: '',
  minimum_origins: 1,
  monitor: 'f1aba936b94213e5b8dca0c0dbf1f9cc',
  check_regions: ['WNAM', 'ENAM'],
  created_on: timeText(0),
  modified_on: timeText(modifiedAt),
});

const jsonOf = (body: string): { readonly json: unknown } | 'no JSON' => {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return 'no JSON';
  }
};

export const parsedBody = (body: string): unknown => {
  const parsed = jsonOf(body);
  if (parsed === 'no JSON') throw new Refusal(400, 6007, 'Malformed JSON in request body');
  return parsed.json;
};

/** Throws the refusal when the body is not as the schema says. */
export const validated = <T>(schema: z.ZodType<T>, body: unknown, code: number): T => {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(400, code, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`.trim());
};

const assertPools = (world: FakeWorld, zone: FakeZone, ids: readonly string[]): void => {
  const strange = ids.find((id) => world.pools.get(id)?.account !== zone.account);
  if (strange !== undefined) throw new Refusal(400, 1002, `default_pools: cannot find pool ${strange}`);
};

/** The vendor's PATCH: checks everything, then replaces each property that is given. */
export const patchBalancer = (
  world: FakeWorld,
  zone: FakeZone,
  balancer: FakeBalancer,
  body: string,
  now: number,
): FakeBalancer => {
  const given = validated(PATCH, parsedBody(body), 1002);
  assertPools(world, zone, given.default_pools ?? []);
  assertPools(world, zone, given.fallback_pool === undefined ? [] : [given.fallback_pool]);
  const { random_steering, adaptive_routing, ...rest } = given;
  const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const next: FakeBalancer = {
    ...balancer,
    ...plain,
    ...(adaptive_routing === undefined ? {} : { adaptive_routing }),
    ...(random_steering === undefined
      ? {}
      : {
          random_steering: {
            default_weight: random_steering.default_weight ?? 1,
            pool_weights: random_steering.pool_weights ?? {},
          },
        }),
    modifiedAt: now,
  };
  zone.balancers.set(balancer.id, next);
  return next;
};
