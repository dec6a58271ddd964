import { describe, expect, it } from 'vitest';
import type { FakeProfileInput } from '../../../providers/azure/fake/profile-schema.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { arrangeAzure, endpoint, profile } from '../../contracts/steering/azure-world.ts';
import { changeOf, kindOf, never, readOne, refOf, weightsOf, writeOf } from '../../contracts/steering/world.ts';

type Azure = Awaited<ReturnType<typeof arrangeAzure>>;

const WWW = refOf('www', 'home');

const put = (
  azure: Azure,
  change: (properties: FakeProfileInput['properties']) => Partial<FakeProfileInput['properties']>,
) => {
  const base = profile('steer-www', [endpoint('east', 100), endpoint('west', 100), endpoint('spare', 1, 'Disabled')]);
  azure.fake.put('home', 'www', { ...base, properties: { ...base.properties, ...change(base.properties) } });
};

/** What a write of `east` says, as it was read just now. */
const written = async ({ world }: Azure, ref: SetRef, weights: Record<string, number | null>): Promise<string> => {
  const state = await readOne(world, ref);
  try {
    await world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, weights, 'state')]), never());
    return 'ok';
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
};

describe('steering Traffic Manager', () => {
  it.each(['Priority', 'Performance', 'Geographic', 'MultiValue', 'Subnet'] as const)(
    'reads a profile of the method %s without weights, and refuses to write it',
    async (trafficRoutingMethod) => {
      const azure = await arrangeAzure();
      put(azure, () => ({ trafficRoutingMethod }));

      const state = await readOne(azure.world, WWW);
      const said = await written(azure, WWW, { east: 30 });

      expect(weightsOf(state)).toEqual({ east: null, west: null, spare: null });
      expect(said).toMatch(new RegExp(`routing method is ${trafficRoutingMethod}.*only Weighted`));
      expect(azure.fake.counts().landed).toBe(0);
    },
  );

  it('refuses a profile that is switched off', async () => {
    const azure = await arrangeAzure();
    put(azure, () => ({ profileStatus: 'Disabled' }));

    expect(await written(azure, WWW, { east: 30 })).toMatch(/is Disabled and answers nothing; enable it first/);
  });

  it('refuses a profile with a nested one in it', async () => {
    const azure = await arrangeAzure();
    const nested = {
      name: 'child',
      type: 'Microsoft.Network/trafficManagerProfiles/nestedEndpoints',
      properties: { targetResourceId: '/subscriptions/s', minChildEndpoints: 1, weight: 10 },
    };
    put(azure, ({ endpoints = [] }) => ({ endpoints: [...endpoints, nested] }));

    expect(await written(azure, WWW, { east: 30 })).toMatch(/"child" is a nested profile, another layer/);
  });

  it('refuses to drain an endpoint with alwaysServe, and still moves weights between such ones', async () => {
    const azure = await arrangeAzure();
    const always = (name: string) => ({
      ...endpoint(name, 100),
      properties: { ...endpoint(name, 100).properties, alwaysServe: 'Enabled' as const },
    });
    put(azure, () => ({ endpoints: [always('east'), always('west')] }));

    expect(await written(azure, WWW, { east: null })).toMatch(/"east" has alwaysServe Enabled/);
    expect(await written(azure, WWW, { east: 30 })).toBe('ok');
  });

  it('rule 1: never disables every endpoint, whatever it is asked', async () => {
    const azure = await arrangeAzure();

    const said = await written(azure, WWW, { east: null, west: null });

    expect(said).toMatch(/no member would be left serving/);
    expect(azure.fake.counts().landed).toBe(0);
  });

  it('leaves the weight of a disabled endpoint as it is, and the drained one answers nothing', async () => {
    const azure = await arrangeAzure();

    await written(azure, WWW, { east: null });

    const east = azure.fake.profile('home', 'www')?.properties.endpoints.find(({ name }) => name === 'east');
    expect(east?.properties).toMatchObject({ endpointStatus: 'Disabled', weight: 100 });
    expect(azure.fake.answers('home', 'www')).toEqual({ west: 1 });
  });

  it('does not bring a drained endpoint back when every other one is degraded', async () => {
    const azure = await arrangeAzure();
    await written(azure, WWW, { east: null });
    azure.fake.health('www', 'west', 'Degraded');

    expect(azure.fake.answers('home', 'www')).toEqual({ west: 1 });
    expect(azure.world.steering.capabilities.failOpen).toMatchObject({
      drainedIsLastResort: false,
      noneHealthyServesAll: true,
    });
  });

  it('counts an endpoint that is still being checked among those that answer', async () => {
    const azure = await arrangeAzure();
    azure.fake.health('www', 'east', 'CheckingEndpoint');

    expect(azure.fake.answers('home', 'www')).toEqual({ east: 0.5, west: 0.5 });
  });

  it('finds a profile by its own name in DNS where the settings name none', async () => {
    const { world, fake } = await arrangeAzure();
    const ref = { ...WWW, name: 'Steer-WWW.trafficmanager.net.' };
    const state = await readOne(world, ref);

    await world.steering.replace(writeOf('home', [changeOf(ref, state, { east: 30 }, 'state')]), never());

    expect(weightsOf(await readOne(world, ref))).toEqual({ east: 30, west: 100, spare: null });
    expect(fake.counts().landed).toBe(1);
  });

  it('reads all sets of a resource group in one call, and writes one in three', async () => {
    const { world, fake } = await arrangeAzure();
    const refs = [WWW, refOf('api', 'home')];
    const before = fake.counts().requests;

    const [reading] = await world.steering.read(refs, never());
    const read = fake.counts().requests - before;
    const [state] = reading?.sets ?? [];
    if (state === undefined) throw new Error('nothing was read');
    await world.steering.replace(writeOf('home', [changeOf(WWW, state, { east: 30 }, 'state')]), never());

    expect(read).toBe(1);
    expect(fake.counts().requests - before - read).toBe(3);
  });

  it('rule 2: refuses a write when the profile has been taken away meanwhile', async () => {
    const azure = await arrangeAzure();
    const ref = { ...WWW, name: 'steer-www.trafficmanager.net.' };
    const state = await readOne(azure.world, ref);
    azure.fake.put('home', 'www', profile('renamed', [endpoint('east', 100)]));

    const kind = await kindOf(
      azure.world.steering.replace(writeOf('home', [changeOf(ref, state, { east: 30 }, 'state')]), never()),
    );

    expect(kind).toBe('conflict');
    expect(azure.fake.counts().landed).toBe(0);
  });
});
