import { AZURE_STEERING } from '../../../providers/azure/capabilities.ts';
import type { FakeProfileInput } from '../../../providers/azure/fake/profile-schema.ts';
import { type AzureFakeOptions, createAzureFake } from '../../../providers/azure/fake.ts';
import type { WantedFault } from '../../../providers/fake-kit/faults.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { openProvider } from '../../../providers/registry.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { transportTo } from '../../support/fake-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ALL_FAULTS,
  HTTP_FAULTS,
  never,
  refOf,
  type SteeringTraits,
  type SteeringWorld,
  staleReads,
  type WorldFault,
} from './world.ts';

/** Nothing listens there: the transport is a function in this process, and the address only says "loopback". */
export const AZURE_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'azure',
  credentials: { kind: 'secrets', secrets: { clientSecret: { env: 'AZURE_SECRET' } } },
  assumeRole: null,
  endpoint: 'http://127.0.0.1:1',
  stsRegion: 'us-west-2',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
  settings: {
    tenantId: 'tenant-1',
    clientId: 'client-1',
    subscriptionId: 'subscription-1',
    resourceGroup: 'home',
    profiles: { 'www.example.com.': 'www', 'api.example.com.': 'api', 'far.example.net.': 'far' },
    login: 'http://127.0.0.1:2',
  },
};

export const azureTraits: SteeringTraits = {
  vendor: 'azure',
  ground: 'fake',
  capabilities: AZURE_STEERING,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: false,
  faults: ALL_FAULTS,
  staleReads: true,
  pace: { perSecond: 450 / 60, burst: 150 },
};

const EXTERNAL = 'Microsoft.Network/trafficManagerProfiles/externalEndpoints';

type Endpoints = NonNullable<FakeProfileInput['properties']['endpoints']>;

export const endpoint = (
  name: string,
  weight: number,
  status: 'Enabled' | 'Disabled' = 'Enabled',
): Endpoints[number] => ({
  name,
  type: EXTERNAL,
  properties: {
    target: `${name}.example.com`,
    weight,
    endpointStatus: status,
    endpointLocation: 'West Europe',
    customHeaders: [{ name: 'host', value: `${name}.example.com` }],
  },
});

export const profile = (relativeName: string, endpoints: Endpoints): FakeProfileInput => ({
  location: 'global',
  tags: { owner: 'team-1' },
  properties: {
    profileStatus: 'Enabled',
    trafficRoutingMethod: 'Weighted',
    dnsConfig: { relativeName, ttl: 60 },
    monitorConfig: { protocol: 'HTTPS', port: 443, path: '/healthz', intervalInSeconds: 10, timeoutInSeconds: 5 },
    endpoints,
    trafficViewEnrollmentStatus: 'Disabled',
  },
});

const isArm = ({ path }: FakeRequest): boolean => path.startsWith('/subscriptions/');
const HITS: Readonly<Record<'read' | 'write', (request: FakeRequest) => boolean>> = {
  read: (request) => isArm(request) && request.method === 'GET',
  write: (request) => isArm(request) && (request.method === 'PUT' || request.method === 'DELETE'),
};

/** A fault as the suites name it: once, or from now on where credentials are refused. */
export const azureFault = (on: 'read' | 'write', fault: WorldFault): WantedFault => {
  const isEver = fault === 'unauthorised';
  return { fault: HTTP_FAULTS[fault], on: isEver ? isArm : HITS[on], times: isEver ? Number.POSITIVE_INFINITY : 1 };
};

/** The real provider over the strict fake, in this process and on a clock that the test moves. */
export const arrangeAzure = async (extra: Partial<ProviderConfig> = {}, options: Partial<AzureFakeOptions> = {}) => {
  const clock = new ManualClock();
  const fake = createAzureFake({
    now: () => clock.now(),
    resourceGroups: ['home', 'other'],
    clientSecret: 'secret-1',
    sleep: (ms) => clock.advance(ms),
    ...options,
  });
  const secrets = { current: 'secret-1' };
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const trio = () => [endpoint('east', 100), endpoint('west', 100), endpoint('spare', 1, 'Disabled')];
  fake.put('home', 'www', profile('steer-www', trio()));
  fake.put('home', 'api', profile('api', trio()));
  fake.put('other', 'far', profile('steer-far', [endpoint('east', 10), endpoint('west', 20)]));

  const begun = clock.now();
  const { steering, records } = await openProvider(
    { ...AZURE_CONFIG, ...extra },
    null,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      http: transportTo(async (request) => {
        const answer = await fake.handle(request);
        if (answer === 'hang') hung();
        return answer;
      }),
      secret: async () => secrets.current,
    }),
  );

  // Logged in already: a login is another server's to count.
  await steering.read([refOf('www', 'home')], never());

  const nameOf = ({ name }: SetRef): string => name.split('.')[0] ?? name;
  const held = (ref: SetRef) => {
    const found = fake.profile(ref.zone, nameOf(ref));
    if (found === undefined) throw new Error(`there is no profile for ${ref.name}`);
    return found;
  };
  type Held = ReturnType<typeof held>;
  const edit = (ref: SetRef, change: (properties: Held['properties']) => Partial<Held['properties']>): void => {
    const { properties, ...rest } = held(ref);
    fake.put(ref.zone, nameOf(ref), { ...rest, properties: { ...properties, ...change(properties) } });
  };
  const editEndpoint = (
    ref: SetRef,
    member: string,
    fields: Partial<Held['properties']['endpoints'][number]['properties']>,
  ) =>
    edit(ref, ({ endpoints }) => ({
      endpoints: endpoints.map((one) =>
        one.name === member ? { ...one, properties: { ...one.properties, ...fields } } : one,
      ),
    }));

  const world: SteeringWorld = {
    steering,
    zones: { home: 'home', other: 'other' },
    propagationMs: AZURE_STEERING.typicalPropagationMs,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      async edit(ref, member, field) {
        // TTL and probes belong to the profile.
        if (field === 'ttl') edit(ref, ({ dnsConfig }) => ({ dnsConfig: { ...dnsConfig, ttl: 300 } }));
        if (field === 'healthCheck')
          edit(ref, ({ monitorConfig }) => ({ monitorConfig: { ...monitorConfig, path: '/x' } }));
        if (field === 'value') editEndpoint(ref, member, { target: 'elsewhere.example.com' });
        if (field === 'weight') editEndpoint(ref, member, { weight: 99, endpointStatus: 'Enabled' });
      },
      remove: async (ref, member) =>
        edit(ref, ({ endpoints }) => ({ endpoints: endpoints.filter(({ name }) => name !== member) })),
      async add(ref, member, weight) {
        const { properties, ...rest } = held(ref);
        const endpoints = [...properties.endpoints, endpoint(member, weight)];
        fake.put(ref.zone, nameOf(ref), { ...rest, properties: { ...properties, endpoints } });
      },
      fence: () => Promise.reject(new Error('a profile has no place for a marker')),
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) => fake.faults.add(azureFault(on, fault)),
    hung: () => isHung,
    landedWrites: () => fake.counts().landed,
    isAnswered: (ref, member) => (fake.answers(ref.zone, nameOf(ref))[member] ?? 0) > 0,
    unmanaged(ref) {
      const { endpoints, ...properties } = held(ref).properties;
      const rest = endpoints.map(({ properties: its, ...one }) => {
        const { weight: _, endpointStatus: __, ...kept } = its;
        return { ...one, properties: kept };
      });
      return JSON.parse(JSON.stringify({ ...held(ref), properties, endpoints: rest }));
    },
    paced: () => ({ requests: fake.counts().requests, elapsedMs: clock.now() - begun }),
  };
  return { world, fake, clock, secrets, steering, records, hung: () => isHung };
};
