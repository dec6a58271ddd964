import fc from 'fast-check';
import { RECORD_SET, type RecordSet } from '../../../providers/route53/record.ts';

const dropUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.string({ minLength: 1, maxLength: 12 });

const target = fc.oneof(
  fc.record({
    TTL: fc.integer({ min: 0, max: 2_147_483_647 }),
    ResourceRecords: fc.array(fc.record({ Value: fc.string({ minLength: 1, maxLength: 40 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    AliasTarget: fc.record({ HostedZoneId: word, DNSName: word, EvaluateTargetHealth: fc.boolean() }),
  }),
);

const policy = fc.oneof(
  fc.constant({}),
  fc.record({ SetIdentifier: word, Weight: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ SetIdentifier: word, Region: fc.constantFrom('us-east-1', 'xx-future-9') }),
  fc.record({
    SetIdentifier: word,
    GeoLocation: fc.record({ ContinentCode: maybe(word), CountryCode: maybe(word), SubdivisionCode: maybe(word) }),
  }),
  fc.record({ SetIdentifier: word, Failover: fc.constantFrom('PRIMARY', 'SECONDARY') }),
  fc.record({ SetIdentifier: word, MultiValueAnswer: fc.constant(true) }),
  fc.record({ SetIdentifier: word, CidrRoutingConfig: fc.record({ CollectionId: word, LocationName: word }) }),
  fc.record({
    SetIdentifier: word,
    GeoProximityLocation: fc.record({
      AWSRegion: maybe(word),
      LocalZoneGroup: maybe(word),
      Coordinates: maybe(fc.record({ Latitude: word, Longitude: word })),
      Bias: maybe(fc.integer({ min: -99, max: 99 })),
    }),
  }),
);

/** Any record set that the service can hold: every policy, alias or values, with and without the rest. */
export const anyRecord: fc.Arbitrary<RecordSet> = fc
  .tuple(
    fc.record({
      Name: fc.constantFrom('www.example.com.', '\\052.example.com.', 'example.com.'),
      Type: fc.constantFrom('A', 'AAAA', 'TXT', 'HTTPS', 'FUTURE'),
      HealthCheckId: maybe(word),
      TrafficPolicyInstanceId: maybe(word),
    }),
    target,
    policy,
  )
  .map(([base, its, routing]) => RECORD_SET.parse(dropUndefined({ ...base, ...its, ...routing })));

export const weighted = (member: string, weight: number, extra: Partial<RecordSet> = {}): RecordSet => ({
  Name: 'www.example.com.',
  Type: 'A',
  SetIdentifier: member,
  Weight: weight,
  TTL: 60,
  ResourceRecords: [{ Value: '192.0.2.1' }],
  ...extra,
});
