import { describe, expect, it } from 'vitest';
import type { VendorCall } from '../../../providers/calls.ts';
import type { FakeBalancer } from '../../../providers/cloudflare/fake/state.ts';
import { ProviderError } from '../../../providers/errors.ts';
import type { Weights } from '../../../src/domain/steering.ts';
import { ACCOUNT, arrangeCloudflare, type CloudflareWorld } from '../../contracts/steering/cloudflare-world.ts';
import { changeOf, never, readOne, refOf, weightsOf, writeOf } from '../../contracts/steering/world.ts';

const NAME = 'www.example.com';

const wwwOf = (world: CloudflareWorld) => refOf('www', world.zones.home);

const edited = (world: CloudflareWorld, how: Partial<FakeBalancer>): void =>
  world.fake.editBalancer(world.zones.home, NAME, () => how);

/** What a write of these weights ends with: the vendor's or our own sentence, or `ok`. */
const written = async (
  world: CloudflareWorld,
  weights: Weights,
  drain: 'remove' | 'zero' | 'state' = 'remove',
): Promise<string> => {
  const ref = wwwOf(world);
  const change = changeOf(ref, await readOne(world, ref), weights, drain);
  try {
    await world.steering.replace(writeOf(ref.zone, [change]), never());
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? `${failure.kind}: ${failure.message}` : String(failure);
  }
};

describe('what Cloudflare is not asked to do', () => {
  it.each<readonly [string, Partial<FakeBalancer>]>([
    ['its steering_policy is "geo"', { steering_policy: 'geo' }],
    ['its steering_policy is "least_connections"', { steering_policy: 'least_connections' }],
    ['it is switched off', { enabled: false }],
    ['region_pools chooses pools by place', { region_pools: { WNAM: ['east'] } }],
    ['country_pools chooses pools by place', { country_pools: { GB: ['east'] } }],
    ['pop_pools chooses pools by place', { pop_pools: { LAX: ['east'] } }],
    ['rule "to testing" overrides', { rules: [{ name: 'to testing', overrides: { default_pools: ['east'] } }] }],
    ['session affinity "cookie" keeps clients', { session_affinity: 'cookie' }],
  ])('a balancer is read and not written when %s', async (because, how) => {
    const world = await arrangeCloudflare();
    edited(world, how);

    const state = await readOne(world, wwwOf(world));
    const outcome = await written(world, { east: 20 });

    expect(weightsOf(state)).toEqual({ east: 50, west: 50 });
    expect(outcome).toContain(`rejected: load balancer ${NAME}. in ${world.zones.home}: `);
    expect(outcome).toContain(because);
    expect(world.landedWrites()).toBe(0);
  });

  it('sets of pools by place, which are newer than the description, are refused whatever their form', async () => {
    const world = await arrangeCloudflare();
    world.fake.editBalancer(world.zones.home, NAME, (balancer) => ({ ...balancer, pool_sets: [{ pools: ['east'] }] }));

    expect(await written(world, { east: 20 })).toContain('pool_sets chooses pools by place');
  });

  it('a rule that is disabled or overrides nothing stands in nobody’s way', async () => {
    const world = await arrangeCloudflare();
    edited(world, { rules: [{ disabled: true, overrides: { default_pools: ['east'] } }, { name: 'says sorry' }] });

    expect(await written(world, { east: 20 })).toBe('ok');
  });

  it('names every objection at once', async () => {
    const world = await arrangeCloudflare();
    edited(world, { steering_policy: 'off', region_pools: { WNAM: ['east'] }, session_affinity: 'header' });

    const outcome = await written(world, { east: 20 });

    expect(outcome).toContain('steering_policy');
    expect(outcome).toContain('region_pools');
    expect(outcome).toContain('session affinity');
  });

  it('a drain duration, or the config, lets a balancer with session affinity be steered', async () => {
    const drained = await arrangeCloudflare();
    edited(drained, { session_affinity: 'cookie', session_affinity_attributes: { drain_duration: 100 } });
    const accepted = await arrangeCloudflare({
      config: { settings: { accountId: ACCOUNT, sessionAffinity: 'accept' } },
    });
    edited(accepted, { session_affinity: 'cookie' });

    expect([await written(drained, { east: 20 }), await written(accepted, { east: 20 })]).toEqual(['ok', 'ok']);
  });

  it('rule 1: drains no pool that everything falls back to', async () => {
    const world = await arrangeCloudflare();
    edited(world, { fallback_pool: 'east' });

    const outcome = await written(world, { east: null, west: 100 });

    expect(outcome).toContain('fallback_pool is east, which would be drained');
    expect(world.landedWrites()).toBe(0);
  });

  it('rule 1: counts a pool that somebody switched off as drained, and leaves no balancer with such pools alone', async () => {
    const world = await arrangeCloudflare();
    world.fake.editPool('west', { enabled: false });

    const outcome = await written(world, { east: null });

    expect(outcome).toContain('never-empty');
    expect(world.landedWrites()).toBe(0);
  });

  it('gives no weight to a pool that somebody switched off for every balancer', async () => {
    const world = await arrangeCloudflare();
    world.fake.editPool('west', { enabled: false });

    expect(await written(world, { west: 40 })).toContain('pool west of load balancer');
    expect(world.fake.balancer(world.zones.home, NAME)?.random_steering?.pool_weights).toMatchObject({ west: 0.5 });
  });

  it.each([
    ['zero', 'nobody says what a pool weight of 0 does'],
    ['state', "a pool's own switch stops it in every balancer"],
  ] as const)('drains nothing by %s', async (drain, because) => {
    const world = await arrangeCloudflare();

    expect(await written(world, { east: null }, drain)).toContain(because);
    expect(world.landedWrites()).toBe(0);
  });

  it('shows a weight of 0 as 0, neither serving nor drained, and takes such a pool out when it is to be drained', async () => {
    const world = await arrangeCloudflare();
    edited(world, { random_steering: { default_weight: 1, pool_weights: { east: 0, west: 1 } } });

    const before = weightsOf(await readOne(world, wwwOf(world)));
    const kept = await written(world, { west: 90 });
    const drained = await written(world, { east: null, west: 90 });

    expect(before).toEqual({ east: 0, west: 100 });
    expect(kept).toContain('rejected');
    expect(drained).toBe('ok');
    expect(world.fake.balancer(world.zones.home, NAME)?.default_pools).toEqual(['west']);
  });

  it('writes nothing to a balancer with a pool that the account does not have', async () => {
    const world = await arrangeCloudflare();
    edited(world, { default_pools: ['east', 'west', 'elsewhere'] });

    expect(await written(world, { elsewhere: 10 })).toContain('pool elsewhere is none of this account');
  });
});

describe('what Cloudflare is asked', () => {
  it('sends every pool that stays with its weight, the default as it was held, and nothing else', async () => {
    const world = await arrangeCloudflare();

    await written(world, { east: 7, west: 93 });

    const [patch] = world.requests.filter(({ method }) => method === 'PATCH');
    expect(JSON.parse(patch?.body ?? '')).toEqual({
      default_pools: ['east', 'west'],
      random_steering: { default_weight: 0.3, pool_weights: { east: 0.07, west: 0.93 } },
    });
  });

  it('reads a zone in two calls, however many names, and writes in four', async () => {
    const calls: VendorCall[] = [];
    const world = await arrangeCloudflare({ observe: (call) => calls.push(call) });
    const ref = wwwOf(world);
    const refs = [ref, refOf('api', world.zones.home), refOf('nothing-here', world.zones.home)];

    const [reading] = await world.steering.read(refs, never());
    const reads = calls.splice(0).map(({ action }) => action);
    const [state] = reading?.sets ?? [];
    await world.steering.replace(
      writeOf(ref.zone, [changeOf(ref, state ?? expect.fail(), { east: 20 }, 'remove')]),
      never(),
    );

    expect(reads).toEqual(['ListPools', 'ListLoadBalancers']);
    expect(calls.map(({ action }) => action)).toEqual([
      'ListPools',
      'LoadBalancerDetails',
      'PatchLoadBalancer',
      'LoadBalancerDetails',
    ]);
  });

  it('follows pages where the vendor says that there are more', async () => {
    const world = await arrangeCloudflare({ fake: { pageSize: 1 } });

    const [reading] = await world.steering.read([wwwOf(world), refOf('api', world.zones.home)], never());

    expect(reading?.sets.map(weightsOf)).toEqual([
      { east: 50, west: 50 },
      { east: 50, west: 50 },
    ]);
  });

  it('is a balancer by its name in any spelling, for type A alone', async () => {
    const world = await arrangeCloudflare();
    const ref = wwwOf(world);

    const shouted = await readOne(world, { ...ref, name: 'WWW.Example.com' });
    const other = await readOne(world, { ...ref, type: 'AAAA' });

    expect(weightsOf(shouted)).toEqual({ east: 50, west: 50 });
    expect(other.members).toEqual([]);
  });

  it('says that zones go by their id when it is given a name', async () => {
    const world = await arrangeCloudflare();

    await expect(world.steering.read([refOf('www', 'example.com')], never())).rejects.toThrow(
      'no zone "example.com": Cloudflare\'s zones go by their id',
    );
  });

  it('is a conflict when the balancer is gone', async () => {
    const world = await arrangeCloudflare();
    const ref = wwwOf(world);
    const state = await readOne(world, ref);
    world.fake.dropBalancer(ref.zone, NAME);

    const write = world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: 20 }, 'remove')]), never());

    await expect(write).rejects.toMatchObject({ kind: 'conflict' });
  });
});
