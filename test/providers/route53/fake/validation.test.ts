import { ChangeResourceRecordSetsCommand, type ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { arrange, change, EAST, refusalOf, sdkSet, WEST } from './arrange.ts';

const create = async (...sets: ResourceRecordSet[]) => {
  const { client, zoneId } = arrange();
  const changes = sets.map((set) => change('CREATE', set));
  return refusalOf(
    client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes: changes } })),
  );
};

const simple = (name: string, type: ResourceRecordSet['Type'], ...values: string[]): ResourceRecordSet => ({
  Name: name,
  Type: type,
  TTL: 60,
  ResourceRecords: values.map((Value) => ({ Value })),
});

const x = { Name: 'x.example.com.' };
const { Weight: _weight, ...noPolicy } = sdkSet('a', 1, EAST, x);
const { SetIdentifier: _identifier, ...noIdentifier } = sdkSet('a', 1, EAST, x);
const { TTL: _ttl, ...noTtl } = sdkSet('a', 1, EAST, x);
const alias = { HostedZoneId: 'ZELB', DNSName: 'lb.elsewhere.test.', EvaluateTargetHealth: true };

describe('a record set that is wrong by itself is InvalidInput', () => {
  it.each<readonly [string, ResourceRecordSet]>([
    ['a weight of 256', sdkSet('a', 256, EAST, x)],
    ['a weight below zero', sdkSet('a', -1, EAST, x)],
    ['a weight with a fraction', sdkSet('a', 1.5, EAST, x)],
    ['a set identifier without a policy', noPolicy],
    ['a policy without a set identifier', noIdentifier],
    ['two policies', sdkSet('a', 1, EAST, { ...x, Region: 'us-east-1' })],
    ['a set identifier of 129 characters', sdkSet('a'.repeat(129), 1, EAST, x)],
    ['an alias with a TTL', { ...noTtl, ResourceRecords: undefined, TTL: 60, AliasTarget: alias }],
    ['an alias with values', { ...noTtl, AliasTarget: alias }],
    ['values without a TTL', noTtl],
    ['neither values nor alias', { ...noTtl, ResourceRecords: undefined }],
    ['a type that nobody knows', simple('x.example.com', 'WKS' as never, '1')],
    ['a name with an empty label', simple('x..example.com', 'A', EAST)],
    ['a label of 64 characters', simple(`${'x'.repeat(64)}.example.com`, 'A', EAST)],
    ['a value of 4,001 characters', simple('x.example.com', 'TXT', 'x'.repeat(4001))],
    [
      'a country beside a continent',
      sdkSet('a', 1, EAST, { ...x, Weight: undefined, GeoLocation: { CountryCode: 'US', ContinentCode: 'NA' } }),
    ],
    [
      'a country that there is not',
      sdkSet('a', 1, EAST, { ...x, Weight: undefined, GeoLocation: { CountryCode: 'QQ' } }),
    ],
    [
      'a continent that there is not',
      sdkSet('a', 1, EAST, { ...x, Weight: undefined, GeoLocation: { ContinentCode: 'XX' } }),
    ],
    [
      'a state that there is not',
      sdkSet('a', 1, EAST, { ...x, Weight: undefined, GeoLocation: { CountryCode: 'US', SubdivisionCode: 'QQ' } }),
    ],
    [
      'a multivalue alias',
      { ...noTtl, Weight: undefined, ResourceRecords: undefined, MultiValueAnswer: true, AliasTarget: alias },
    ],
    [
      'a failover alias that does not evaluate its target',
      {
        ...noTtl,
        Weight: undefined,
        ResourceRecords: undefined,
        Failover: 'PRIMARY',
        AliasTarget: { ...alias, EvaluateTargetHealth: false },
      },
    ],
  ])('%s', async (_, set) => {
    const refusal = await create(set);

    expect(refusal).toMatchObject({ name: 'InvalidInput', status: 400 });
  });
});

describe('a record set that does not fit its zone is InvalidChangeBatch', () => {
  it.each<readonly [string, readonly ResourceRecordSet[], RegExp]>([
    ['a simple set beside weighted ones', [simple('www.example.com', 'A', EAST)], /routing policy/],
    [
      'another policy beside weighted ones',
      [sdkSet('n', 1, EAST, { Weight: undefined, Region: 'us-east-1' })],
      /routing policy/,
    ],
    ['another TTL in a weighted group', [sdkSet('n', 1, EAST, { TTL: 61 })], /weighted sets must contain the same TTL/],
    [
      'two values in a weighted set',
      [sdkSet('n', 1, EAST, { ...x, ResourceRecords: [{ Value: EAST }, { Value: WEST }] })],
      /one value only/,
    ],
    [
      '101 weighted sets of one name',
      Array.from({ length: 99 }, (_, index) => sdkSet(`m${index}`, 1, EAST)),
      /limit of 100 weighted sets/,
    ],
    ['a CNAME at the apex', [simple('example.com', 'CNAME', 'a.test')], /not permitted at apex/],
    ['a CNAME beside another type', [simple('www.example.com', 'CNAME', 'a.test')], /conflicts with other records/],
    ['a CNAME with two values', [simple('x.example.com', 'CNAME', 'a.test', 'b.test')], /exactly one value/],
    ['a name outside the zone', [simple('a.other.org', 'A', EAST)], /not permitted in zone example\.com\./],
    ['a name that only ends alike', [simple('badexample.com', 'A', EAST)], /not permitted in zone/],
    ['an A value that is no address', [simple('x.example.com', 'A', 'nope')], /ARRDATAIllegalIPv4Address/],
    ['an A value above 255', [simple('x.example.com', 'A', '192.0.2.256')], /ARRDATAIllegalIPv4Address/],
    [
      'an AAAA value that is no address',
      [simple('x.example.com', 'AAAA', '2001:db8:::1')],
      /AAAARRDATAIllegalIPv6Address/,
    ],
    ['a TXT value without quotation marks', [simple('x.example.com', 'TXT', 'hello')], /InvalidCharacterString/],
    ['an MX value without a number', [simple('x.example.com', 'MX', 'mail.test')], /MXRRDATA/],
    ['a value given twice', [simple('x.example.com', 'A', EAST, EAST)], /Duplicate Resource Record/],
    [
      'two primaries',
      ['p', 'q'].map((id) => sdkSet(id, 1, EAST, { ...x, Weight: undefined, Failover: 'PRIMARY' })),
      /same routing value/,
    ],
    [
      'a primary without a health check',
      [sdkSet('p', 1, EAST, { ...x, Weight: undefined, Failover: 'PRIMARY' })],
      /must have an associated health check/,
    ],
    ['a second SOA at the apex', [simple('example.com', 'SOA', 'a. b. 1 2 3 4 5')], /already exists/],
  ])('%s', async (_, sets, text) => {
    const refusal = await create(...sets);

    expect(refusal).toMatchObject({ name: 'InvalidChangeBatch', status: 400 });
    expect(refusal.message).toMatch(text);
  });

  it('an alias to a name of this zone that does not exist', async () => {
    const { client, zoneId } = arrange();
    const target = { HostedZoneId: zoneId, DNSName: 'missing.example.com', EvaluateTargetHealth: true };
    const set = { ...noTtl, ResourceRecords: undefined, AliasTarget: target };

    const refusal = await refusalOf(
      client.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: { Changes: [change('CREATE', set)] },
        }),
      ),
    );

    expect(refusal.message).toMatch(/that target was not found/);
  });

  it('the loss of the name servers of the zone', async () => {
    const { client, fake, zoneId } = arrange();
    const servers = fake.zone(zoneId).control.find((set) => set.type === 'NS');
    const set = simple('example.com', 'NS', ...(servers?.values ?? []));

    const refusal = await refusalOf(
      client.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: { Changes: [change('DELETE', { ...set, TTL: 172_800 })] },
        }),
      ),
    );

    expect(refusal.message).toMatch(/at least one NS record/);
  });
});

describe('what a batch refers to must exist', () => {
  it('an unknown health check is NoSuchHealthCheck', async () => {
    const refusal = await create(sdkSet('a', 1, EAST, { ...x, HealthCheckId: 'deadbeef' }));

    expect(refusal).toMatchObject({ name: 'NoSuchHealthCheck', status: 404 });
  });

  it('an unknown zone is NoSuchHostedZone', async () => {
    const { client } = arrange();
    const batch = { Changes: [change('CREATE', sdkSet('a', 1, EAST, x))] };

    const refusal = await refusalOf(
      client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: 'ZNOPE', ChangeBatch: batch })),
    );

    expect(refusal).toMatchObject({ name: 'NoSuchHostedZone', status: 404 });
  });
});

describe('good values', () => {
  it.each([
    ['AAAA', '2001:db8::1'],
    ['AAAA', '::ffff:192.0.2.1'],
    ['AAAA', '2001:db8:1:2:3:4:5:6'],
    ['TXT', '"a" "b \\" c"'],
    ['MX', '10 mail.example.com.'],
    ['SRV', '1 10 5269 xmpp.example.com.'],
    ['CAA', '0 issue "ca.example.net"'],
    ['CNAME', 'target.example.net'],
  ] as const)('of type %s are accepted: %s', async (type, value) => {
    const refusal = await create(simple('good.example.com', type, value));

    expect(refusal.name).toBe('accepted');
  });
});
