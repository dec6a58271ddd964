import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { SetChange } from '../steering.ts';
import type { Balancer } from './balancer.ts';
import { STEERING } from './capabilities.ts';
import { isPoolOn, type PoolsById } from './translate.ts';

export interface Tolerance {
  /** Whether a balancer that keeps sessions on their old pool may be steered without a drain duration. */
  readonly sessionAffinity: 'refuse' | 'accept';
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

const byPlace = (balancer: Balancer): readonly string[] =>
  (['region_pools', 'country_pools', 'pop_pools', 'pool_sets'] as const)
    .filter((key) => !isEmpty(balancer[key]))
    .map((key) => `${key} chooses pools by place, beside the weights; empty it`);

const byRule = (balancer: Balancer): readonly string[] =>
  (balancer.rules ?? [])
    .filter(({ disabled, overrides }) => disabled !== true && !isEmpty(overrides))
    .map(
      ({ name }, index) => `rule "${name ?? index + 1}" overrides the balancer; disable it or take its overrides out`,
    );

const bySession = ({ session_affinity, session_affinity_attributes }: Balancer, tolerance: Tolerance) => {
  if (session_affinity === null || session_affinity === undefined) return [];
  if (session_affinity === 'none' || session_affinity === '' || tolerance.sessionAffinity === 'accept') return [];
  if ((session_affinity_attributes?.drain_duration ?? 0) > 0) return [];
  return [
    `session affinity "${session_affinity}" keeps clients on a drained pool; set session_affinity_attributes.drain_duration, or \`sessionAffinity: accept\` in the provider's settings`,
  ];
};

const byPool = (balancer: Balancer, pools: PoolsById): readonly string[] => [
  ...balancer.default_pools
    .filter((pool, index, all) => all.indexOf(pool) !== index)
    .map((pool) => `pool ${pool} is listed twice; take one out`),
  ...balancer.default_pools
    .filter((pool) => !pools.has(pool))
    .map((pool) => `pool ${pool} is none of this account; look at \`accountId\` in the provider's settings`),
];

const byFallback = ({ fallback_pool }: Balancer, left: SetState): readonly string[] => {
  const fallback = left.members.find(({ member }) => member === fallback_pool);
  if (fallback === undefined || (fallback.present && fallback.weight !== null)) return [];
  return [
    `fallback_pool is ${fallback.member}, which would be drained: it would get everything once no other pool is healthy; choose another fallback_pool first`,
  ];
};

/**
 * Throws `rejected` with every reason why writing weights to this balancer would not do what they say. Looked at where it was
 * just read, not when the plan was made. Fields as in the vendor's OpenAPI of 2024-08; `pool_sets` as in its package 7.3.0.
 */
export const assertSteerable = (
  ref: SetRef,
  balancer: Balancer,
  pools: PoolsById,
  left: SetState,
  tolerance: Tolerance,
): void => {
  const policy = balancer.steering_policy ?? '';
  const objections = [
    ...(balancer.enabled === false ? ['it is switched off; enable it'] : []),
    ...(policy === 'random' ? [] : [`its steering_policy is "${policy}"; only "random" goes by weight`]),
    ...byPlace(balancer),
    ...byRule(balancer),
    ...bySession(balancer, tolerance),
    ...byPool(balancer, pools),
    ...byFallback(balancer, left),
  ];
  if (objections.length > 0) {
    throw new ProviderError('rejected', `load balancer ${ref.name} in ${ref.zone}: ${objections.join('; ')}`);
  }
};

/** Throws `rejected` for a drain that this vendor has no safe way to express. */
export const assertDrain = ({ ref, drain, expects, weights }: SetChange): void => {
  if (STEERING.drain.includes(drain) || drain === 'lever') return;
  const drained = expects.members.find(({ member, weight }) => weight !== null && weights[member] === null);
  if (drained === undefined) return;
  const why =
    drain === 'zero' ? 'nobody says what a pool weight of 0 does' : "a pool's own switch stops it in every balancer";
  throw new ProviderError('rejected', `${ref.name} ${ref.type}: ${why}; declare \`drain: remove\``);
};

/** Throws `rejected` when a pool that somebody switched off shall serve: that switch belongs to every balancer. */
export const assertSwitchedOn = ({ ref }: SetChange, balancer: Balancer, pools: PoolsById, left: SetState): void => {
  const off = left.members.find(
    ({ member, weight, present }) => present && weight !== null && pools.has(member) && !isPoolOn(pools.get(member)),
  );
  if (off === undefined) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: pool ${off.member} of load balancer ${balancer.id} is switched off for every balancer; enable the pool at Cloudflare first`,
  );
};
