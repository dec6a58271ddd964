import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import { createZoneDirectory } from '../../../providers/route53/zones.ts';
import { never } from '../../contracts/steering/world.ts';
import { ACCOUNT, apiOverFake, type FakeWorld } from './wire.ts';

const withZones = (count: number): FakeWorld & { readonly ids: readonly string[] } => {
  const world = apiOverFake();
  const ids = Array.from({ length: count }, (_, n) =>
    world.fake.createZone({ accountId: ACCOUNT, name: `z${n}.test` }),
  );
  return { ...world, ids };
};

const actions = ({ calls }: FakeWorld): readonly string[] => calls.map(({ action }) => action);

describe('the directory of zones', () => {
  it('asks for one or two zones by their ids, and never again', async () => {
    const world = withZones(3);
    const directory = createZoneDirectory(world.api);

    const zones = await directory.zones(world.ids.slice(0, 2), never());
    await directory.zones(world.ids.slice(0, 2), never());

    expect(zones.map(({ name }) => name)).toEqual(['z0.test.', 'z1.test.']);
    expect(actions(world)).toEqual(['GetHostedZone', 'GetHostedZone']);
  });

  it('finds ten zones among 120 in two calls', async () => {
    const world = withZones(120);
    const wanted = world.ids.filter((_, n) => n % 12 === 0);

    const zones = await createZoneDirectory(world.api).zones(wanted, never());

    expect(zones.map(({ id }) => id)).toEqual(wanted);
    expect(actions(world)).toEqual(['ListHostedZones', 'ListHostedZones']);
  });

  it('finds ten zones among 500 in five calls', async () => {
    const world = withZones(500);
    const wanted = world.ids.filter((_, n) => n % 50 === 49);

    const zones = await createZoneDirectory(world.api).zones(wanted, never());

    expect(zones.map(({ id }) => id)).toEqual(wanted);
    expect(actions(world)).toHaveLength(5);
  });

  it.each([1, 4])('says not-found of a zone that is not there, among %i', async (count) => {
    const world = withZones(count);

    const found = createZoneDirectory(world.api).zones([...world.ids.slice(1), 'ZNOWHERE'], never());

    await expect(found).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('asks for each zone where it may not list the account', async () => {
    const world = withZones(4);
    const denied = () => Promise.reject(new ProviderError('unauthorised', 'no right to list'));

    const zones = await createZoneDirectory({ ...world.api, listZones: denied }).zones(world.ids, never());

    expect(zones.map(({ id }) => id)).toEqual(world.ids);
    expect(actions(world)).toEqual(Array.from({ length: 4 }, () => 'GetHostedZone'));
  });

  it('knows whose zone it is', async () => {
    const world = apiOverFake();
    const id = world.fake.createZone({
      accountId: ACCOUNT,
      name: 'map.test',
      linkedService: 'servicediscovery.amazonaws.com',
    });

    const [zone] = await createZoneDirectory(world.api).zones([id], never());

    expect(zone?.linkedService).toBe('servicediscovery.amazonaws.com');
  });
});
