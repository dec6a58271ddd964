import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetAccountLimitCommand,
  GetHostedZoneCommand,
  GetHostedZoneLimitCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  TestDNSAnswerCommand,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../../providers/route53/fake/records.ts';
import {
  ACCOUNT,
  arrange,
  change,
  clientOf,
  EAST,
  OTHER_ACCOUNT,
  OTHER_KEY,
  refusalOf,
  sdkSet,
  weighted,
} from './arrange.ts';

const plain = (name: string): RecordSet => ({ name, type: 'A', ttlSeconds: 60, values: [EAST] });

const list = (world: ReturnType<typeof arrange>, input: Partial<ListResourceRecordSetsCommandInput> = {}) =>
  world.client.send(new ListResourceRecordSetsCommand({ HostedZoneId: world.zoneId, ...input }));

describe('a list of record sets', () => {
  it('is sorted by labels from the right, with lower-case names, trailing dots and an escaped star', async () => {
    const world = arrange({}, ['b.a.example.com', 'A.example.com', '*.a.example.com', 'a-b.example.com'].map(plain));

    const { ResourceRecordSets: sets } = await list(world, { MaxItems: 300 });

    expect(sets?.map((set) => `${set.Name} ${set.Type}`)).toEqual([
      'example.com. NS',
      'example.com. SOA',
      'a-b.example.com. A',
      'a.example.com. A',
      '\\052.a.example.com. A',
      'b.a.example.com. A',
    ]);
  });

  it('can be walked one by one through a weighted group, by all three marks of the next record', async () => {
    const world = arrange({}, [weighted('c', 1, EAST), weighted('a', 1, EAST), weighted('b', 1, EAST)]);
    const seen: (string | undefined)[] = [];
    let from: Partial<ListResourceRecordSetsCommandInput> = {};

    for (let page = 0; page < 5; page += 1) {
      const answer = await list(world, { ...from, MaxItems: 1 });
      seen.push(...(answer.ResourceRecordSets ?? []).map((set) => set.SetIdentifier ?? set.Type));
      from = {
        StartRecordName: answer.NextRecordName,
        StartRecordType: answer.NextRecordType,
        StartRecordIdentifier: answer.NextRecordIdentifier,
      };
    }

    expect(seen).toEqual(['NS', 'SOA', 'a', 'b', 'c']);
    expect(from.StartRecordName).toBeUndefined();
  });

  it.each([
    ['holds 100 when maxitems is missing', {}, undefined, 100],
    ['holds what the knob says when maxitems is missing', { defaultPageSize: 300 }, undefined, 300],
    ['holds at most 300', {}, 1000, 300],
    ['holds what was asked for', {}, 17, 17],
  ])('%s', async (_, options, MaxItems, expected) => {
    const world = arrange(
      options,
      Array.from({ length: 400 }, (__, index) => plain(`h${index}.example.com`)),
    );

    const answer = await list(world, { MaxItems });

    expect([answer.ResourceRecordSets?.length, answer.IsTruncated, answer.MaxItems]).toEqual([
      expected,
      true,
      expected,
    ]);
  });

  it('starts at the next record when the one it shall start with does not exist', async () => {
    const world = arrange({}, [plain('a.example.com'), plain('c.example.com')]);

    const answer = await list(world, { StartRecordName: 'B.example.com' });

    expect(answer.ResourceRecordSets?.map((set) => set.Name)).toEqual(['c.example.com.']);
  });

  it('refuses a type without a name, an identifier without a type, and a page of nothing', async () => {
    const world = arrange();

    const names = await Promise.all(
      [
        { StartRecordType: 'A' as const },
        { StartRecordName: 'a.example.com', StartRecordIdentifier: 'x' },
        { MaxItems: 0 },
      ].map(async (input) => (await refusalOf(list(world, input))).name),
    );

    expect(names).toEqual(['InvalidInput', 'InvalidInput', 'InvalidInput']);
  });

  it('keeps every field of every policy on its way out', async () => {
    const base = {
      Name: 'p.example.com.',
      Type: 'A',
      SetIdentifier: 's',
      TTL: 60,
      ResourceRecords: [{ Value: EAST }],
    } as const;
    const cidr = { CollectionId: '00000000-0000-4000-8000-000000000001', LocationName: '*' };
    const sets = [
      { ...base, Name: 'geo.example.com.', GeoLocation: { CountryCode: 'US', SubdivisionCode: 'CA' } },
      {
        ...base,
        Name: 'near.example.com.',
        GeoProximityLocation: { Coordinates: { Latitude: '1.5', Longitude: '-2' }, Bias: -3 },
      },
      { ...base, Name: 'net.example.com.', CidrRoutingConfig: cidr },
      { ...base, Name: 'many.example.com.', MultiValueAnswer: true },
      { ...base, Name: 'fail.example.com.', Failover: 'SECONDARY' as const },
      {
        ...base,
        Name: 'text.example.com.',
        Type: 'TXT' as const,
        Weight: 0,
        ResourceRecords: [{ Value: '" 007 <&>\n"' }],
      },
    ].map((set) => ({ ...set, ResourceRecords: [...set.ResourceRecords] }));
    const world = arrange({}, []);
    const Changes = sets.map((set) => change('CREATE', set));
    await world.client.send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId: world.zoneId, ChangeBatch: { Changes } }),
    );

    const answer = await list(world, { MaxItems: 300 });

    expect(answer.ResourceRecordSets).toEqual(expect.arrayContaining(sets));
  });
});

describe('zones', () => {
  it('are made with NS and SOA, by a caller reference that is used once', async () => {
    const { client } = arrange();
    const input = { Name: 'New.Example.org', CallerReference: 'ref-1', HostedZoneConfig: { Comment: 'c' } };

    const made = await client.send(new CreateHostedZoneCommand(input));
    const again = await refusalOf(client.send(new CreateHostedZoneCommand(input)));

    expect(made.HostedZone).toMatchObject({
      Name: 'new.example.org.',
      ResourceRecordSetCount: 2,
      Config: { Comment: 'c', PrivateZone: false },
    });
    expect(made.Location).toContain('/2013-04-01/hostedzone/Z');
    expect(made.DelegationSet?.NameServers).toHaveLength(4);
    expect(again).toMatchObject({ name: 'HostedZoneAlreadyExists', status: 409 });
  });

  it('may share a name, and are listed by id in pages of at most 100', async () => {
    const { client, fake } = arrange();
    for (let index = 0; index < 120; index += 1) fake.createZone({ accountId: ACCOUNT, name: 'same.example.org' });

    const first = await client.send(new ListHostedZonesCommand({ MaxItems: 500 }));
    const second = await client.send(new ListHostedZonesCommand({ Marker: first.NextMarker }));

    expect([first.HostedZones?.length, first.IsTruncated, second.HostedZones?.length, second.IsTruncated]).toEqual([
      100,
      true,
      21,
      false,
    ]);
    expect(new Set([...(first.HostedZones ?? []), ...(second.HostedZones ?? [])].map((zone) => zone.Id)).size).toBe(
      121,
    );
  });

  it('are listed by name from a name on, and a page goes on where it ended', async () => {
    const { client, fake } = arrange();
    for (const name of ['b.test', 'a.test', 'a.test', 'test']) fake.createZone({ accountId: ACCOUNT, name });

    const first = await client.send(new ListHostedZonesByNameCommand({ DNSName: 'a.test', MaxItems: 1 }));
    const rest = await client.send(
      new ListHostedZonesByNameCommand({ DNSName: first.NextDNSName, HostedZoneId: first.NextHostedZoneId }),
    );

    expect([...(first.HostedZones ?? []), ...(rest.HostedZones ?? [])].map((zone) => zone.Name)).toEqual([
      'a.test.',
      'a.test.',
      'b.test.',
    ]);
  });

  it('of another account do not exist', async () => {
    const { fake, zoneId } = arrange();
    const stranger = clientOf(fake, OTHER_KEY);
    fake.createZone({ accountId: OTHER_ACCOUNT, name: 'other.test' });

    const refusal = await refusalOf(stranger.send(new GetHostedZoneCommand({ Id: zoneId })));
    const listed = await stranger.send(new ListHostedZonesCommand({}));

    expect(refusal.name).toBe('NoSuchHostedZone');
    expect(listed.HostedZones?.map((zone) => zone.Name)).toEqual(['other.test.']);
  });

  it('show who owns them and whether accelerated recovery is on', async () => {
    const { client, fake } = arrange();
    const id = fake.createZone({
      accountId: ACCOUNT,
      name: 'owned.test',
      linkedService: 'servicediscovery.amazonaws.com',
      acceleratedRecovery: 'ENABLED',
    });

    const { HostedZone: zone } = await client.send(new GetHostedZoneCommand({ Id: id }));

    expect(zone?.LinkedService?.ServicePrincipal).toBe('servicediscovery.amazonaws.com');
    expect(zone?.Features?.AcceleratedRecoveryStatus).toBe('ENABLED');
  });

  it('can be deleted only when nothing but NS and SOA is left', async () => {
    const { client, fake, zoneId } = arrange();
    const empty = fake.createZone({ accountId: ACCOUNT, name: 'empty.test' });

    const full = await refusalOf(client.send(new DeleteHostedZoneCommand({ Id: zoneId })));
    await client.send(new DeleteHostedZoneCommand({ Id: empty }));
    const gone = await refusalOf(client.send(new GetHostedZoneCommand({ Id: empty })));

    expect([full.name, gone.name]).toEqual(['HostedZoneNotEmpty', 'NoSuchHostedZone']);
    expect(fake.answer({ name: 'empty.test', type: 'SOA' }).rcode).toBe('REFUSED');
  });

  it('and accounts have limits that can be read', async () => {
    const { client, zoneId } = arrange({ limits: { zones: 1, recordSets: 5 } });

    const account = await client.send(new GetAccountLimitCommand({ Type: 'MAX_HOSTED_ZONES_BY_OWNER' }));
    const zone = await client.send(new GetHostedZoneLimitCommand({ HostedZoneId: zoneId, Type: 'MAX_RRSETS_BY_ZONE' }));
    const vpcs = await refusalOf(
      client.send(new GetHostedZoneLimitCommand({ HostedZoneId: zoneId, Type: 'MAX_VPCS_ASSOCIATED_BY_ZONE' })),
    );
    const tooMany = await refusalOf(client.send(new CreateHostedZoneCommand({ Name: 'x.test', CallerReference: 'r' })));

    expect([account.Limit?.Value, account.Count, zone.Limit?.Value, zone.Count]).toEqual([1, 1, 5, 4]);
    expect([vpcs.name, tooMany.name]).toEqual(['HostedZoneNotPrivate', 'TooManyHostedZones']);
  });
});

describe('TestDNSAnswer', () => {
  it('answers from the configuration, also before it has propagated', async () => {
    const { client, fake, zoneId } = arrange({ propagationMs: 60_000 }, []);
    const batch = { Changes: [change('CREATE', sdkSet('a', 1, EAST))] };
    await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: batch }));

    const answer = await client.send(
      new TestDNSAnswerCommand({ HostedZoneId: zoneId, RecordName: 'www.example.com', RecordType: 'A' }),
    );

    expect([answer.RecordData, answer.ResponseCode, answer.Protocol]).toEqual([[EAST], 'NOERROR', 'UDP']);
    expect(fake.answer({ name: 'www.example.com', type: 'A' }).rcode).toBe('NXDOMAIN');
  });
});
