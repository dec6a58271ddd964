import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { arrange, change, EAST, refusalOf, sdkSet, WEST } from './arrange.ts';

type World = ReturnType<typeof arrange>;

const send = (world: World, changes: Change[], comment?: string) =>
  world.client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: world.zoneId,
      ChangeBatch: { Changes: changes, ...(comment === undefined ? {} : { Comment: comment }) },
    }),
  );

const weightsOf = (world: World) =>
  Object.fromEntries(
    world.fake
      .zone(world.zoneId)
      .control.filter((set) => set.weight !== undefined)
      .map((set) => [set.setIdentifier, set.weight]),
  );

const bulk = (count: number, action: 'CREATE' | 'UPSERT', value = '192.0.2.9', type: 'A' | 'TXT' = 'A') =>
  Array.from({ length: count }, (_, index) =>
    change(action, { Name: `h${index}.example.com`, Type: type, TTL: 60, ResourceRecords: [{ Value: value }] }),
  );

describe('a batch', () => {
  it('moves weights by deleting what was read and creating what shall be', async () => {
    const world = arrange();

    const answer = await send(
      world,
      [
        change('DELETE', sdkSet('east', 100, EAST)),
        change('DELETE', sdkSet('west', 100, WEST)),
        change('CREATE', sdkSet('east', 0, EAST)),
        change('CREATE', sdkSet('west', 200, WEST)),
      ],
      'plan <1> & "q"',
    );

    expect(weightsOf(world)).toEqual({ east: 0, west: 200 });
    expect(answer.ChangeInfo).toMatchObject({ Id: expect.stringMatching(/^\/change\/C/), Comment: 'plan <1> & "q"' });
  });

  it('changes nothing when its last change is refused', async () => {
    const world = arrange();

    const refusal = await refusalOf(
      send(world, [
        change('DELETE', sdkSet('east', 100, EAST)),
        change('CREATE', sdkSet('east', 0, EAST)),
        change('DELETE', sdkSet('west', 99, WEST)),
      ]),
    );

    expect(refusal).toMatchObject({ name: 'InvalidChangeBatch', status: 400 });
    expect(weightsOf(world)).toEqual({ east: 100, west: 100 });
  });

  it('names every error at once, in the words of the service', async () => {
    const world = arrange();

    const refusal = await refusalOf(
      send(world, [
        change('DELETE', sdkSet('east', 99, EAST)),
        change('CREATE', sdkSet('west', 5, WEST)),
        change('DELETE', sdkSet('north', 1, EAST)),
      ]),
    );

    expect(refusal.message).toBe(
      "[Tried to delete resource record set [name='www.example.com.', type='A', set-identifier='east'] but the values provided do not match the current values, " +
        "Tried to create resource record set [name='www.example.com.', type='A', set-identifier='west'] but it already exists, " +
        "Tried to delete resource record set [name='www.example.com.', type='A', set-identifier='north'] but it was not found]",
    );
  });

  it('cannot delete one set twice', async () => {
    const world = arrange();
    const twice = change('DELETE', sdkSet('east', 100, EAST));

    const refusal = await refusalOf(send(world, [twice, twice]));

    expect(refusal.name).toBe('InvalidChangeBatch');
  });

  it('given the knob, deletes a set whose weight alone is stale, so that a self-test can be seen to fail', async () => {
    const world = arrange({ deleteIgnoresWeight: true });

    const stale = await refusalOf(
      send(world, [change('DELETE', sdkSet('east', 8, EAST)), change('CREATE', sdkSet('east', 9, EAST))]),
    );
    const otherTtl = await refusalOf(send(world, [change('DELETE', sdkSet('east', 9, EAST, { TTL: 61 }))]));

    expect(stale.name).toBe('accepted');
    expect(otherTtl.name).toBe('InvalidChangeBatch');
  });

  it('may replace the TTL of a whole weighted group at once, one member after the other', async () => {
    const world = arrange();

    await send(world, [
      change('DELETE', sdkSet('east', 100, EAST)),
      change('CREATE', sdkSet('east', 100, EAST, { TTL: 30 })),
      change('DELETE', sdkSet('west', 100, WEST)),
      change('CREATE', sdkSet('west', 100, WEST, { TTL: 30 })),
    ]);

    expect(world.fake.zone(world.zoneId).control.map((set) => set.ttlSeconds)).toContain(30);
  });

  it.each([
    ['1,000 elements', bulk(1000, 'CREATE'), 'accepted', ''],
    ['1,001 elements', bulk(1001, 'CREATE'), 'InvalidChangeBatch', '[Number of records limit of 1000 exceeded.]'],
    ['500 elements upserted, counted twice', bulk(500, 'UPSERT'), 'accepted', ''],
    ['501 elements upserted', bulk(501, 'UPSERT'), 'InvalidChangeBatch', '[Number of records limit of 1000 exceeded.]'],
    ['32,000 characters', bulk(160, 'CREATE', `"${'x'.repeat(198)}"`, 'TXT'), 'accepted', ''],
    [
      'more than 32,000 characters once doubled',
      bulk(81, 'UPSERT', `"${'x'.repeat(198)}"`, 'TXT'),
      'InvalidChangeBatch',
      '[RDATA character limit of 32000 exceeded.]',
    ],
  ])('of %s is judged by the limits', async (_, changes, name, message) => {
    const world = arrange();

    const refusal = await refusalOf(send(world, changes));

    expect(refusal).toMatchObject({ name, message });
  });

  it('without changes, or with a comment of 257 characters, is bad input', async () => {
    const world = arrange();
    const good = [change('UPSERT', sdkSet('east', 1, EAST))];

    const empty = await refusalOf(send(world, []));
    const long = await refusalOf(send(world, good, 'c'.repeat(257)));
    const longest = await refusalOf(send(world, good, 'c'.repeat(256)));

    expect([empty.name, long.name, longest.name]).toEqual(['InvalidInput', 'InvalidInput', 'accepted']);
  });
});

describe('DELETE compares every field', () => {
  const base: ResourceRecordSet = {
    Name: 'x.example.com.',
    Type: 'A',
    SetIdentifier: 'a',
    TTL: 60,
    ResourceRecords: [{ Value: EAST }],
  };
  const alias = { HostedZoneId: 'ZELB', DNSName: 'lb.elsewhere.test.', EvaluateTargetHealth: true };
  const aliased: ResourceRecordSet = { Name: 'x.example.com.', Type: 'A', SetIdentifier: 'a', Weight: 1 };
  const near = { AWSRegion: 'us-east-1', Bias: 5 };
  const cidr = { CollectionId: '00000000-0000-4000-8000-000000000001', LocationName: 'office' };

  it.each<readonly [string, ResourceRecordSet, ResourceRecordSet]>([
    ['Weight', { ...base, Weight: 1 }, { ...base, Weight: 2 }],
    ['TTL', { ...base, Weight: 1 }, { ...base, Weight: 1, TTL: 61 }],
    ['values', { ...base, Weight: 1 }, { ...base, Weight: 1, ResourceRecords: [{ Value: WEST }] }],
    ['Region', { ...base, Region: 'us-east-1' }, { ...base, Region: 'us-west-2' }],
    ['Failover', { ...base, Failover: 'SECONDARY' }, { ...base, Failover: 'PRIMARY' }],
    ['GeoLocation', { ...base, GeoLocation: { CountryCode: '*' } }, { ...base, GeoLocation: { CountryCode: 'US' } }],
    ['the policy itself', { ...base, MultiValueAnswer: true }, { ...base, Weight: 1 }],
    [
      'CidrRoutingConfig',
      { ...base, CidrRoutingConfig: cidr },
      { ...base, CidrRoutingConfig: { ...cidr, LocationName: '*' } },
    ],
    [
      'GeoProximityLocation',
      { ...base, GeoProximityLocation: near },
      { ...base, GeoProximityLocation: { ...near, Bias: 6 } },
    ],
    [
      'the alias zone',
      { ...aliased, AliasTarget: alias },
      { ...aliased, AliasTarget: { ...alias, HostedZoneId: 'ZELC' } },
    ],
    [
      'the alias name',
      { ...aliased, AliasTarget: alias },
      { ...aliased, AliasTarget: { ...alias, DNSName: 'b.test.' } },
    ],
    [
      'EvaluateTargetHealth',
      { ...aliased, AliasTarget: alias },
      { ...aliased, AliasTarget: { ...alias, EvaluateTargetHealth: false } },
    ],
  ])('%s', async (_, stored, stale) => {
    const world = arrange();
    await send(world, [change('CREATE', stored)]);

    const refused = await refusalOf(send(world, [change('DELETE', stale)]));
    const exact = await refusalOf(send(world, [change('DELETE', stored)]));

    expect(refused.name).toBe('InvalidChangeBatch');
    expect(exact.name).toBe('accepted');
  });

  it('HealthCheckId, also when it is left out', async () => {
    const world = arrange();
    const made = await world.client.send(
      new CreateHealthCheckCommand({
        CallerReference: 'h1',
        HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'east.example.com' },
      }),
    );
    const stored = sdkSet('hc', 1, EAST, { Name: 'hc.example.com.', HealthCheckId: made.HealthCheck?.Id });
    const { HealthCheckId: _, ...without } = stored;
    await send(world, [change('CREATE', stored)]);

    const refused = await refusalOf(send(world, [change('DELETE', without)]));

    expect(refused.name).toBe('InvalidChangeBatch');
  });

  it('but not the order of values, nor the letter case and the last dot of the name', async () => {
    const world = arrange();
    const values = [{ Value: EAST }, { Value: WEST }];
    const stored = { Name: 'Multi.example.com', Type: 'A', TTL: 60, ResourceRecords: values } as const;
    await send(world, [change('CREATE', { ...stored, ResourceRecords: [...values] })]);

    const answer = await refusalOf(
      send(world, [change('DELETE', { ...stored, Name: 'multi.EXAMPLE.com.', ResourceRecords: values.toReversed() })]),
    );

    expect(answer.name).toBe('accepted');
  });
});
