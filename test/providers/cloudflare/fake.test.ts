import { describe, expect, it } from 'vitest';
import { createCloudflareFake } from '../../../providers/cloudflare/fake.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';

const ACCOUNT = '01a7362d577a6c3019a474fd6f485823';

const arrange = () => {
  const fake = createCloudflareFake({ now: () => 0, tokens: { good: ACCOUNT, strange: 'f'.repeat(32) } });
  const zone = fake.createZone(ACCOUNT, 'example.com');
  for (const pool of ['east', 'west']) fake.createPool(ACCOUNT, pool, ['192.0.2.1']);
  const id = fake.createBalancer(zone, { name: 'www.example.com', default_pools: ['east', 'west'] });
  const ask = async (request: Partial<FakeRequest>) => {
    const answer = await fake.handle({
      method: 'PATCH',
      path: `/client/v4/zones/${zone}/load_balancers/${id}`,
      query: {},
      headers: { authorization: 'Bearer good', 'content-type': 'application/json' },
      body: '',
      ...request,
    });
    if (typeof answer === 'string') return [0, 0];
    return [answer.status, JSON.parse(answer.body).errors[0]?.code ?? null];
  };
  return { fake, zone, id, ask };
};

const patch = (value: unknown): Partial<FakeRequest> => ({ body: JSON.stringify(value) });

describe('the fake of Cloudflare', () => {
  it.each<readonly [string, Partial<FakeRequest>, number, number]>([
    ['no credentials', { headers: {} }, 400, 6003],
    ['a token that it does not know', { headers: { authorization: 'Bearer bad' } }, 401, 10000],
    ['another account’s zone', { headers: { authorization: 'Bearer strange' } }, 404, 7003],
    ['a path that it does not have', { path: '/client/v4/nothing' }, 404, 7000],
    ['a path of another API', { path: '/v5/zones' }, 404, 7000],
    ['a body of another kind', { headers: { authorization: 'Bearer good' }, body: '{}' }, 415, 6009],
    ['a body that is no JSON', { body: '{' }, 400, 6007],
    ['a property that it does not know', patch({ default_pool: ['east'] }), 400, 1002],
    ['no pool at all', patch({ default_pools: [] }), 400, 1002],
    ['a pool that it does not have', patch({ default_pools: ['north'] }), 400, 1002],
    ['a fallback that it does not have', patch({ fallback_pool: 'north' }), 400, 1002],
    ['a pool weight above 1', patch({ random_steering: { pool_weights: { east: 50 } } }), 400, 1002],
    ['a default weight between tenths', patch({ random_steering: { default_weight: 0.25 } }), 400, 1002],
    ['a policy that it does not know', patch({ steering_policy: 'weighted' }), 400, 1002],
  ])('refuses %s', async (_, request, status, code) => {
    const { fake, zone, ask } = arrange();
    const before = fake.balancer(zone, 'www.example.com');

    const refusal = await ask(request);

    expect(refusal).toEqual([status, code]);
    expect(fake.balancer(zone, 'www.example.com')).toEqual(before);
    expect(fake.log.every(({ tookEffect }) => !tookEffect)).toBe(true);
  });

  it('replaces a property whole: a pool that a write does not name weighs the default', async () => {
    const { fake, zone, ask } = arrange();
    await ask(patch({ random_steering: { default_weight: 0.5, pool_weights: { east: 0.5, west: 0.1 } } }));

    const [status] = await ask(patch({ random_steering: { pool_weights: { east: 0.5 } } }));

    expect(status).toBe(200);
    expect(fake.parts(zone, 'www.example.com')).toEqual({ east: 0.5 / 1.5, west: 1 / 1.5 });
  });

  it('sends everything to the fallback when no pool is left switched on', async () => {
    const { fake, zone } = arrange();
    fake.editPool('east', { enabled: false });
    fake.editPool('west', { enabled: false });

    expect(fake.parts(zone, 'www.example.com')).toEqual({ west: 1 });
  });
});
