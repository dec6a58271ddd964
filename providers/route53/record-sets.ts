import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import { canonicalName } from '../../src/domain/rdata/name.ts';
import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';
import type { AliasTarget, RecordSet, RoutingProfile } from '../../src/domain/record-sets.ts';
import { decimalEscapes, octalEscapes, vendorName } from './escapes.ts';
import { comparableName } from './names.ts';
import { locationOf, regionsOf } from './places.ts';
import { isWeighted, RECORD_SET, type RecordSet as VendorSet } from './record.ts';

/** What a record set has beside what every vendor has. */
const KEPT = z
  .strictObject({ healthCheckId: z.string().optional(), evaluateTargetHealth: z.boolean().optional() })
  .nullable();

type Kept = z.infer<typeof KEPT>;

const nameOf = (name: string): string => {
  const canonical = canonicalName(decimalEscapes(name.endsWith('.') ? name : `${name}.`));
  return canonical.ok ? canonical.value : comparableName(name);
};

/** A value that cannot be read is shown as it is: it can be taken away, not written. */
const shownValue = (type: string, value: string): string => {
  const canonical = canonicalValue(type, decimalEscapes(value));
  return canonical.ok ? canonical.value : value;
};

/** Policies that steer does not model, by the words of the Developer Guide. */
const otherPolicy = (set: VendorSet): string | null => {
  if (set.TrafficPolicyInstanceId !== undefined) return `the traffic policy instance ${set.TrafficPolicyInstanceId}`;
  if (set.Region !== undefined) return `latency (${set.Region})`;
  if (set.MultiValueAnswer !== undefined) return 'multivalue answer';
  if (set.CidrRoutingConfig !== undefined) return 'IP-based routing';
  if (set.GeoProximityLocation !== undefined) return 'geoproximity';
  return null;
};

const profileOf = (set: VendorSet): RoutingProfile => {
  const what = otherPolicy(set);
  if (what !== null) return { kind: 'other', what };
  if (set.GeoLocation !== undefined) return { kind: 'geo', regions: regionsOf(set.GeoLocation) };
  if (set.Failover !== undefined)
    return { kind: 'failover', role: set.Failover === 'PRIMARY' ? 'primary' : 'secondary' };
  if (isWeighted(set)) return { kind: 'weighted', weight: set.Weight === 0 ? null : (set.Weight ?? null) };
  return { kind: 'basic' };
};

/** An alias that a failover set is made of must evaluate its target (API reference, AliasTarget, 2026-11); others need not. */
const evaluatesByDefault = (profile: RoutingProfile): boolean => profile.kind === 'failover';

const keptOf = (set: VendorSet, profile: RoutingProfile): Json => {
  if (profile.kind === 'other') return JSON.parse(JSON.stringify(set));
  const { HealthCheckId: healthCheckId, AliasTarget } = set;
  const evaluateTargetHealth = AliasTarget?.EvaluateTargetHealth ?? evaluatesByDefault(profile);
  const isUsual = evaluateTargetHealth === evaluatesByDefault(profile);
  if (healthCheckId === undefined && isUsual) return null;
  return { ...(healthCheckId === undefined ? {} : { healthCheckId }), ...(isUsual ? {} : { evaluateTargetHealth }) };
};

const aliasOf = ({ AliasTarget }: VendorSet): AliasTarget | null =>
  AliasTarget === undefined ? null : { target: nameOf(AliasTarget.DNSName), zone: AliasTarget.HostedZoneId };

/** One record set of the vendor as every vendor's are shown. */
export const recordSetOf = (set: VendorSet): RecordSet => {
  const profile = profileOf(set);
  const values = (set.ResourceRecords ?? []).map(({ Value }) => shownValue(set.Type, Value));
  return {
    name: nameOf(set.Name),
    type: set.Type,
    qualifier: set.SetIdentifier ?? null,
    ttlSeconds: set.TTL ?? null,
    values: [...new Set(values)].toSorted(compareValues),
    alias: aliasOf(set),
    profile,
    kept: keptOf(set, profile),
  };
};

const MOST_IDENTIFIER = 128;

const contentProblem = ({ alias, ttlSeconds }: RecordSet): string | null => {
  if (alias === null) return ttlSeconds === null ? 'a set with values needs a TTL here, e.g. 300' : null;
  if (ttlSeconds !== null) return 'an alias has no TTL of its own; leave it null';
  if (alias.zone === null) return 'an alias needs the id of the hosted zone of its target';
  const target = canonicalName(alias.target);
  return target.ok && target.value === alias.target
    ? null
    : 'the target of an alias is a whole name, e.g. lb.example.com.';
};

/** What Route 53 has against a set beyond the capabilities; null when nothing. */
export const problemOf = (set: RecordSet): string | null => {
  if (!KEPT.safeParse(set.kept).success) return 'its `kept` is not from a record set of Route 53';
  if ((set.qualifier ?? '').length > MOST_IDENTIFIER) return `a qualifier has at most ${MOST_IDENTIFIER} characters`;
  if (set.profile.kind === 'geo' && locationOf(set.profile.regions) === null) {
    return 'a place is {"continent":["EU"]}, {"country":["DE"]}, {"subdivision":["US-CA"]} or {"default":["*"]}, and one of them';
  }
  return contentProblem(set);
};

const policyOf = (profile: RoutingProfile): Partial<VendorSet> => {
  switch (profile.kind) {
    case 'weighted':
      return { Weight: profile.weight ?? 0 };
    case 'geo': {
      const location = locationOf(profile.regions);
      return location === null ? {} : { GeoLocation: location };
    }
    case 'failover':
      return { Failover: profile.role === 'primary' ? 'PRIMARY' : 'SECONDARY' };
    case 'basic':
    case 'other':
      return {};
  }
};

const contentOf = (set: RecordSet, kept: Kept): Partial<VendorSet> => {
  const { alias, ttlSeconds } = set;
  if (alias === null) {
    const ResourceRecords = set.values.map((value) => ({ Value: octalEscapes(value) }));
    return { ...(ttlSeconds === null ? {} : { TTL: ttlSeconds }), ResourceRecords };
  }
  const EvaluateTargetHealth = kept?.evaluateTargetHealth ?? evaluatesByDefault(set.profile);
  const AliasTarget = { HostedZoneId: alias.zone ?? '', DNSName: vendorName(alias.target), EvaluateTargetHealth };
  return { AliasTarget };
};

/** The set as the vendor takes it. Only for a set without a problem, of a profile that is modelled. */
export const vendorSetOf = (set: RecordSet): VendorSet => {
  const kept = KEPT.parse(set.kept);
  return {
    Name: vendorName(set.name),
    Type: RECORD_SET.shape.Type.parse(set.type),
    ...(set.qualifier === null ? {} : { SetIdentifier: set.qualifier }),
    ...policyOf(set.profile),
    ...contentOf(set, kept),
    ...(kept?.healthCheckId === undefined ? {} : { HealthCheckId: kept.healthCheckId }),
  };
};
