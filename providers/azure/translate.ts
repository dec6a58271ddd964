import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { type Endpoint, endpointKind, endpointsOf, type Profile, writable } from './profile.ts';

/** An endpoint whose weight nobody has said weighs this (swagger 2022-04-01, EndpointProperties.weight). */
const UNSAID_WEIGHT = 1;

export const isDisabled = ({ properties }: Endpoint): boolean => properties.endpointStatus === 'Disabled';

/** Answers follow weights only here: any other method, and a profile that is off, have none. */
export const isWeighted = ({ properties }: Profile): boolean =>
  properties.trafficRoutingMethod === 'Weighted' && properties.profileStatus !== 'Disabled';

/** By its name; with its kind before it where two kinds of endpoint have one name, which must be seen to be refused. */
const memberNames = (endpoints: readonly Endpoint[]): readonly string[] => {
  const times = Map.groupBy(endpoints, ({ name }) => name);
  return endpoints.map((endpoint) =>
    (times.get(endpoint.name)?.length ?? 0) > 1 ? `${endpointKind(endpoint)}/${endpoint.name}` : endpoint.name,
  );
};

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** The endpoint without what steer writes and without what Azure reports. */
const keptOf = (endpoint: Endpoint): unknown => {
  const { weight: _, endpointStatus: __, ...properties } = endpoint.properties;
  return { ...endpoint, properties };
};

const byMember = (a: MemberState, b: MemberState): number => (a.member < b.member ? -1 : 1);

/**
 * A profile as a set: a member for each endpoint. What belongs to the profile (method, TTL, probes) stands in every member, so
 * that a foreigner's change of it makes a write stale. No profile: no members.
 */
export const setStateOf = (ref: SetRef, profile: Profile | null): SetState => {
  if (profile === null) return { set: ref.set, members: [] };
  const held = writable(profile);
  const { endpoints: _, ...properties } = held.properties;
  const shared = { ...held, properties };
  const endpoints = endpointsOf(held);
  const names = memberNames(endpoints);
  const members = endpoints.map((endpoint, index): MemberState => {
    const own = keptOf(endpoint);
    const serves = isWeighted(profile) && !isDisabled(endpoint);
    return {
      member: names[index] ?? endpoint.name,
      weight: serves ? (endpoint.properties.weight ?? UNSAID_WEIGHT) : null,
      present: true,
      ttlSeconds: profile.properties.dnsConfig.ttl,
      // Probes belong to the profile, not to one endpoint.
      healthCheck: null,
      kept: asJson({ endpoint: own, profile: shared }),
      cost: { elements: 1, characters: JSON.stringify(own).length },
    };
  });
  return { set: ref.set, members: members.toSorted(byMember) };
};

const written = (endpoint: Endpoint, weight: number | null | undefined): Endpoint => {
  if (weight === undefined) return endpoint;
  const { properties } = endpoint;
  // The weight of a disabled endpoint stays, as a person at the console would leave it.
  return weight === null
    ? { ...endpoint, properties: { ...properties, endpointStatus: 'Disabled' } }
    : { ...endpoint, properties: { ...properties, endpointStatus: 'Enabled', weight } };
};

/** The profile just read as it shall be written: weights and switches of `left`, everything else as it is. */
export const profileOf = (profile: Profile, left: SetState): Profile => {
  const held = writable(profile);
  const names = memberNames(endpointsOf(held));
  const weights = new Map(left.members.map(({ member, weight }) => [member, weight]));
  const endpoints = endpointsOf(held).map((endpoint, index) => written(endpoint, weights.get(names[index] ?? '')));
  return { ...held, properties: { ...held.properties, endpoints } };
};
