import type { FakeBalancer, FakeWorld } from './state.ts';

/** Parts of one that each pool gets, by the documented formula: its weight by the sum of all; a pool without one weighs the default. */
export const partsOf = (world: FakeWorld, balancer: FakeBalancer): Readonly<Record<string, number>> => {
  if (!balancer.enabled) return {};
  const on = balancer.default_pools.filter((id) => world.pools.get(id)?.enabled === true);
  const weightOf = (id: string): number =>
    balancer.random_steering?.pool_weights[id] ?? balancer.random_steering?.default_weight ?? 1;
  const whole = on.reduce((sum, id) => sum + weightOf(id), 0);
  // Nobody says what all-zero does, so that this fake says nothing either; without a pool the fallback gets it all.
  if (on.length === 0) return { [balancer.fallback_pool]: 1 };
  return whole === 0 ? {} : Object.fromEntries(on.map((id) => [id, weightOf(id) / whole]));
};
