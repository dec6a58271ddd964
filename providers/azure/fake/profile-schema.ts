import { z } from 'zod';

const STATUS = z.enum(['Enabled', 'Disabled']);
const HEADERS = z.array(z.strictObject({ name: z.string(), value: z.string() }));

/** EndpointProperties of swagger 2022-04-01. Output-only fields may be sent and are ignored. */
const ENDPOINT_PROPERTIES = z.strictObject({
  target: z.string().optional(),
  targetResourceId: z.string().optional(),
  endpointStatus: STATUS.default('Enabled'),
  weight: z.int().min(1).max(1000).default(1),
  priority: z.int().min(1).max(1000).optional(),
  endpointLocation: z.string().optional(),
  endpointMonitorStatus: z.string().optional(),
  minChildEndpoints: z.int().min(1).optional(),
  minChildEndpointsIPv4: z.int().optional(),
  minChildEndpointsIPv6: z.int().optional(),
  geoMapping: z.array(z.string()).optional(),
  subnets: z.array(z.looseObject({})).optional(),
  customHeaders: HEADERS.optional(),
  alwaysServe: STATUS.default('Disabled'),
});

const PREFIX = 'Microsoft.Network/trafficManagerProfiles/';
const KINDS = ['azureEndpoints', 'externalEndpoints', 'nestedEndpoints'].map((kind) => PREFIX + kind);

const FAKE_ENDPOINT = z
  .strictObject({
    id: z.string().optional(),
    name: z.string().min(1),
    type: z.string().refine((type) => KINDS.some((kind) => kind.toLowerCase() === type.toLowerCase())),
    properties: ENDPOINT_PROPERTIES,
  })
  .refine(
    ({ type, properties }) =>
      type.toLowerCase().endsWith('externalendpoints')
        ? properties.target !== undefined
        : properties.targetResourceId !== undefined,
    'an external endpoint needs target, any other targetResourceId',
  )
  .refine(
    ({ type, properties }) =>
      !type.toLowerCase().endsWith('nestedendpoints') || properties.minChildEndpoints !== undefined,
    'a nested endpoint needs minChildEndpoints',
  );

const MONITOR = z.strictObject({
  profileMonitorStatus: z.string().optional(),
  protocol: z.enum(['HTTP', 'HTTPS', 'TCP']),
  port: z.int().min(1).max(65_535),
  path: z.string().nullish(),
  intervalInSeconds: z.union([z.literal(10), z.literal(30)]).default(30),
  timeoutInSeconds: z.int().min(5).max(10).default(10),
  toleratedNumberOfFailures: z.int().min(0).max(9).default(3),
  customHeaders: HEADERS.optional(),
  expectedStatusCodeRanges: z.array(z.strictObject({ min: z.int(), max: z.int() })).optional(),
});

const METHODS = ['Performance', 'Priority', 'Weighted', 'Geographic', 'MultiValue', 'Subnet'] as const;

const unique = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;

export const FAKE_PROFILE = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  location: z.literal('global'),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.strictObject({
    profileStatus: STATUS.default('Enabled'),
    trafficRoutingMethod: z.enum(METHODS),
    dnsConfig: z.strictObject({
      relativeName: z.string().min(1),
      fqdn: z.string().optional(),
      ttl: z.int().min(0).max(2_147_483_647),
    }),
    monitorConfig: MONITOR,
    endpoints: z
      .array(FAKE_ENDPOINT)
      .max(200)
      .refine((endpoints) => unique(endpoints.map(({ name }) => name)), 'endpoint names must be unique')
      .default([]),
    trafficViewEnrollmentStatus: STATUS.default('Disabled'),
    allowedEndpointRecordTypes: z.array(z.enum(['DomainName', 'IPv4Address', 'IPv6Address', 'Any'])).optional(),
    maxReturn: z.int().nullish(),
  }),
});

export type FakeProfile = z.infer<typeof FAKE_PROFILE>;
export type FakeEndpoint = z.infer<typeof FAKE_ENDPOINT>;
export type FakeProfileInput = z.input<typeof FAKE_PROFILE>;
