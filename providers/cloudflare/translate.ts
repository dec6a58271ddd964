import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { type Balancer, type BalancerPatch, defaultWeightOf, type Pool, weightAtVendor } from './balancer.ts';
import { UNITS_IN_ONE } from './capabilities.ts';

export type PoolsById = ReadonlyMap<string, Pool>;

/** Written by the vendor at every change: they say when, never what. */
const VOLATILE: ReadonlySet<string> = new Set(['created_on', 'modified_on']);

const KEPT = z.looseObject({
  balancer: z.looseObject({ id: z.string() }),
  /** Only of a member that was taken out: the order of the balancer's pools at that moment. */
  order: z.array(z.string()).optional(),
});

/** Parts of one as units. Six digits are left, so that 0.07 is 7 and a foreign editor's 0.125 is 12.5. */
export const unitsOf = (weight: number): number => Math.round(weight * UNITS_IN_ONE * 1e6) / 1e6;

export const vendorWeightOf = (units: number): number => units / UNITS_IN_ONE;

export const isPoolOn = (pool: Pool | undefined): boolean => pool?.enabled !== false;

/** Through JSON, because the journal keeps it so: a field set to undefined and a field left out become the same. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** What of the balancer is nobody's member: it stands in every member, so that a change of it is seen as one. */
const restOf = (balancer: Balancer): Record<string, unknown> => {
  const { default_pools, random_steering, ...rest } = balancer;
  const members = new Set(default_pools);
  const others = Object.entries(random_steering?.pool_weights ?? {}).filter(([pool]) => !members.has(pool));
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => !VOLATILE.has(key))),
    random_steering: {
      ...random_steering,
      default_weight: defaultWeightOf(balancer),
      pool_weights: Object.fromEntries(others),
    },
  };
};

const poolKept = (pool: Pool | undefined): Json =>
  pool === undefined
    ? null
    : asJson({
        name: pool.name ?? null,
        enabled: isPoolOn(pool),
        addresses: (pool.origins ?? []).flatMap(({ address, enabled }) =>
          address === null || address === undefined || enabled === false ? [] : [address],
        ),
      });

/** The second mention of one pool gets a name of its own: it must be seen to be refused. */
const namesOf = (pools: readonly string[]): readonly string[] =>
  pools.map((pool, index) => {
    const earlier = pools.slice(0, index).filter((other) => other === pool).length;
    return earlier === 0 ? pool : `${pool} (${earlier + 1})`;
  });

/**
 * The pools of a balancer as members, sorted. A pool that is switched off is drained, whatever it weighs: it gets no traffic
 * in any balancer. A weight of 0 is shown as what it is, because nobody says what the vendor does with it.
 */
export const membersOf = (balancer: Balancer, pools: PoolsById): readonly MemberState[] => {
  const rest = restOf(balancer);
  const names = namesOf(balancer.default_pools);
  return balancer.default_pools
    .map((id, index): MemberState => {
      const pool = pools.get(id);
      return {
        member: names[index] ?? id,
        weight: isPoolOn(pool) ? unitsOf(weightAtVendor(balancer, id)) : null,
        present: true,
        ttlSeconds: balancer.proxied === true ? null : (balancer.ttl ?? null),
        healthCheck: null,
        kept: asJson({ balancer: rest, pool: poolKept(pool) }),
        cost: { elements: 1, characters: 0 },
      };
    })
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));
};

export const setStateOf = (ref: SetRef, balancer: Balancer | undefined, pools: PoolsById): SetState => ({
  set: ref.set,
  members: balancer === undefined ? [] : membersOf(balancer, pools),
});

const keptOf = ({ member, kept }: MemberState): z.infer<typeof KEPT> => {
  const read = KEPT.safeParse(kept);
  if (read.success) return read.data;
  throw new ProviderError('rejected', `"${member}" carries no Cloudflare load balancer; read the set again`);
};

/** The id of the balancer that a set was read from. Throws `rejected` when its members carry none, or two. */
export const balancerIdOf = (state: SetState): string => {
  const ids = [...new Set(state.members.map((member) => keptOf(member).balancer.id))];
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  throw new ProviderError('rejected', `set ${state.set} was read from ${ids.length} load balancers; read it again`);
};

/** Where a pool that comes back stood: behind the last of those that stood before it and are there now. */
const placed = (pools: readonly string[], pool: string, order: readonly string[]): readonly string[] => {
  const at = order.indexOf(pool);
  if (at < 0) return [...pools, pool];
  const before = new Set(order.slice(0, at));
  const behind = pools.findLastIndex((other) => before.has(other)) + 1;
  return pools.toSpliced(behind, 0, pool);
};

/** What is to be sent so that `balancer`, as it was read a moment ago, holds `left`. */
export const patchOf = (balancer: Balancer, left: SetState): BalancerPatch => {
  const held = new Set(balancer.default_pools);
  const out = new Set(left.members.filter(({ present }) => !present).map(({ member }) => member));
  const staying: readonly string[] = balancer.default_pools.filter((pool) => !out.has(pool));
  const default_pools = left.members
    .filter(({ member, present }) => present && !held.has(member))
    .reduce((pools, member) => placed(pools, member.member, keptOf(member).order ?? []), staying);
  const weights = { ...balancer.random_steering?.pool_weights };
  for (const pool of out) delete weights[pool];
  for (const { member, weight, present } of left.members) {
    // A pool that is switched off keeps the weight it has; it is named all the same, for the default is another one.
    if (present) weights[member] = weight === null ? weightAtVendor(balancer, member) : vendorWeightOf(weight);
  }
  return { default_pools, random_steering: { default_weight: defaultWeightOf(balancer), pool_weights: weights } };
};

const withOrder = (member: MemberState, order: readonly string[] | undefined): MemberState => {
  const { order: _, ...kept } = keptOf(member);
  return { ...member, kept: asJson(order === undefined ? kept : { ...kept, order }) };
};

/** As the vendor will show it: what only a member that is out carries has gone from those that are in. */
export const withoutOrder = (state: SetState): SetState => ({
  ...state,
  members: state.members.map((member) => (member.present ? withOrder(member, undefined) : member)),
});

/** As the journal shall keep it: a member that was taken out knows where it stood. */
export const withOrderOf = (state: SetState, before: Balancer): SetState => ({
  ...state,
  members: state.members.map((member) =>
    member.present || !before.default_pools.includes(member.member) ? member : withOrder(member, before.default_pools),
  ),
});
