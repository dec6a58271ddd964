import { z } from 'zod';

/** Of an endpoint what steer reads; every other field is kept as it came. */
export const ENDPOINT = z.looseObject({
  name: z.string(),
  /** `Microsoft.Network/trafficManagerProfiles/externalEndpoints` and its likes. */
  type: z.string(),
  properties: z.looseObject({
    endpointStatus: z.enum(['Enabled', 'Disabled']).nullish(),
    weight: z.number().nullish(),
    alwaysServe: z.string().nullish(),
  }),
});

/** A Traffic Manager profile, api-version 2022-04-01. Unknown fields are kept: a PUT gives them back. */
export const PROFILE = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    profileStatus: z.string().nullish(),
    trafficRoutingMethod: z.string(),
    dnsConfig: z.looseObject({ relativeName: z.string().nullish(), fqdn: z.string().nullish(), ttl: z.number() }),
    monitorConfig: z.looseObject({}).nullish(),
    endpoints: z.array(ENDPOINT).nullish(),
  }),
});

export const PROFILES = z.looseObject({ value: z.array(PROFILE) });

export type Endpoint = z.infer<typeof ENDPOINT>;
export type Profile = z.infer<typeof PROFILE>;

export const endpointsOf = (profile: Profile): readonly Endpoint[] => profile.properties.endpoints ?? [];

/** `externalEndpoints` of `Microsoft.Network/trafficManagerProfiles/externalEndpoints`. */
export const endpointKind = ({ type }: Endpoint): string => type.split('/').at(-1) ?? type;

const endpointWithoutStatus = (endpoint: Endpoint): Endpoint => {
  const { endpointMonitorStatus: _, ...properties } = endpoint.properties;
  return { ...endpoint, properties };
};

/**
 * What of a profile may be sent back: everything but the health that Azure reports and the name that it makes. Those change by
 * themselves, and a write that carried them would say something that nobody meant.
 */
export const writable = (profile: Profile): Profile => {
  const { fqdn: _, ...dnsConfig } = profile.properties.dnsConfig;
  const { monitorConfig, endpoints, ...rest } = profile.properties;
  const properties = { ...rest, dnsConfig };
  const { profileMonitorStatus: __, ...monitor } = monitorConfig ?? {};
  return {
    ...profile,
    properties: {
      ...properties,
      ...(monitorConfig === undefined || monitorConfig === null ? {} : { monitorConfig: monitor }),
      ...(endpoints === undefined || endpoints === null ? {} : { endpoints: endpoints.map(endpointWithoutStatus) }),
    },
  };
};
