import type { ResourceRecordSetFailover, ResourceRecordSetRegion, RRType } from '@aws-sdk/client-route-53';
import { z } from 'zod';

/** The vendor's own words are kept as they are: a type or region that is newer than this file must survive a round trip. */
const text = <T extends string>() => z.custom<T>((value) => typeof value === 'string' && value !== '');

/**
 * Every field of a record set that the API has (2013-04-01, model of 2026-11). Strict: a field that is not here would be
 * lost on the way back, and a record must be given back whole or not at all.
 */
export const RECORD_SET = z.strictObject({
  Name: z.string().min(1),
  Type: text<RRType>(),
  SetIdentifier: z.string().optional(),
  Weight: z.int().min(0).max(255).optional(),
  Region: text<ResourceRecordSetRegion>().optional(),
  GeoLocation: z
    .strictObject({
      ContinentCode: z.string().optional(),
      CountryCode: z.string().optional(),
      SubdivisionCode: z.string().optional(),
    })
    .optional(),
  Failover: text<ResourceRecordSetFailover>().optional(),
  MultiValueAnswer: z.boolean().optional(),
  TTL: z.number().optional(),
  ResourceRecords: z.array(z.strictObject({ Value: z.string() })).optional(),
  AliasTarget: z
    .strictObject({ HostedZoneId: z.string(), DNSName: z.string(), EvaluateTargetHealth: z.boolean() })
    .optional(),
  HealthCheckId: z.string().optional(),
  TrafficPolicyInstanceId: z.string().optional(),
  CidrRoutingConfig: z.strictObject({ CollectionId: z.string(), LocationName: z.string() }).optional(),
  GeoProximityLocation: z
    .strictObject({
      AWSRegion: z.string().optional(),
      LocalZoneGroup: z.string().optional(),
      Coordinates: z.strictObject({ Latitude: z.string(), Longitude: z.string() }).optional(),
      Bias: z.int().optional(),
    })
    .optional(),
});

export type RecordSet = z.infer<typeof RECORD_SET>;

const OTHER_POLICIES = [
  'Region',
  'GeoLocation',
  'Failover',
  'MultiValueAnswer',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const satisfies readonly (keyof RecordSet)[];

/** Routing policies of a record set other than weights; a steered member has none. */
export const otherPoliciesOf = (record: Omit<RecordSet, 'Weight'>): readonly string[] =>
  OTHER_POLICIES.filter((policy) => record[policy] !== undefined);

/** A record with an identifier and no other policy is weighted: at Route 53 it can be nothing else. */
export const isWeighted = (record: Omit<RecordSet, 'Weight'>): boolean =>
  record.SetIdentifier !== undefined && otherPoliciesOf(record).length === 0;
