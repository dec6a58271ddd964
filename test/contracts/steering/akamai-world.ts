import { STEERING } from '../../../providers/akamai/capabilities.ts';
import type { FakeDomain } from '../../../providers/akamai/fake/domain.ts';
import { type FakeProperty, usualProperty } from '../../../providers/akamai/fake/shapes.ts';
import { type AkamaiFake, type AkamaiFakeOptions, createAkamaiFake } from '../../../providers/akamai/fake.ts';
import type { CallObserver } from '../../../providers/calls.ts';
import type { FakeAnswer, FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { openProvider } from '../../../providers/registry.ts';
import type { Steering } from '../../../providers/steering.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { transportTo } from '../../support/fake-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { renamed } from './renamed.ts';
import {
  ALL_FAULTS,
  type EditableField,
  HTTP_FAULTS,
  type SteeringTraits,
  type SteeringWorld,
  staleReads,
} from './world.ts';

const PROPAGATION_MS = 120_000;

/** The vendor knows data centres by number. */
export const DATACENTERS = { east: '3131', west: '3132', spare: '3133', stranger: '3134' } as const;

export const akamaiTraits: SteeringTraits = {
  vendor: 'akamai',
  ground: 'described',
  capabilities: STEERING,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: false,
  // The vendor documents no answer that means "busy, and nothing happened".
  faults: ALL_FAULTS.filter((fault) => fault !== 'busy'),
  staleReads: true,
  pace: { perSecond: 5, burst: 50 },
};

const METHODS = { read: 'GET', write: 'PUT' } as const;

/** Nothing listens there: the transport is a function of this process. */
const ORIGIN = 'http://127.0.0.1:1';

export const SECRETS: Readonly<Record<string, string>> = {
  AKAMAI_CLIENT_TOKEN: 'akab-client-1',
  AKAMAI_CLIENT_SECRET: 'client-secret-1',
  AKAMAI_ACCESS_TOKEN: 'akab-access-1',
};

export const AKAMAI_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'akamai',
  credentials: {
    kind: 'secrets',
    secrets: {
      clientToken: { env: 'AKAMAI_CLIENT_TOKEN' },
      clientSecret: { env: 'AKAMAI_CLIENT_SECRET' },
      accessToken: { env: 'AKAMAI_ACCESS_TOKEN' },
    },
  },
  assumeRole: null,
  endpoint: ORIGIN,
  stsRegion: 'us-east-1',
  requestScheme: 'old',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
};

export interface AkamaiWorld extends SteeringWorld {
  readonly fake: AkamaiFake;
  readonly clock: ManualClock;
  readonly domains: Readonly<Record<string, FakeDomain>>;
  /** With data centres by number, as the vendor has them. */
  readonly plain: Steering;
  readonly exchanges: readonly { readonly request: FakeRequest; readonly answer: FakeAnswer }[];
  readonly secrets: Record<string, string | null>;
}

export interface AkamaiWorldOptions {
  readonly fake?: Partial<AkamaiFakeOptions>;
  readonly config?: Partial<ProviderConfig>;
  readonly observe?: CallObserver;
}

type Target = FakeProperty['trafficTargets'][number];

const target = (member: keyof typeof DATACENTERS, weight: number, enabled = true): Target => ({
  datacenterId: Number(DATACENTERS[member]),
  enabled,
  weight,
  servers: [`192.0.2.${Object.keys(DATACENTERS).indexOf(member) + 10}`],
  handoutCName: null,
  name: null,
});

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeAkamai = async (options: AkamaiWorldOptions = {}): Promise<AkamaiWorld> => {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const exchanges: { request: FakeRequest; answer: FakeAnswer }[] = [];
  const secrets: Record<string, string | null> = { ...SECRETS };
  const fake = createAkamaiFake({
    now: () => clock.now(),
    origin: ORIGIN,
    clients: { 'akab-client-1': { clientSecret: 'client-secret-1', accessToken: 'akab-access-1' } },
    propagationMs: PROPAGATION_MS,
    ...options.fake,
  });
  const three = [target('east', 100), target('west', 100), target('spare', 100, false)];
  const numbers = Object.values(DATACENTERS).map(Number);
  const domains: Record<string, FakeDomain> = {
    'example.com': fake.createDomain('example.com', numbers, [
      usualProperty('www', three, { comments: 'made by hand' }),
      usualProperty('api', three, { handoutMode: 'one-ip', backupIp: '198.51.100.7' }),
    ]),
    'example.net': fake.createDomain('example.net', numbers, [
      usualProperty('far', [target('east', 10), target('west', 20)]),
    ]),
  };

  const { steering } = await openProvider(
    { ...AKAMAI_CONFIG, ...options.config },
    null,
    providerDeps({
      // Waiting for a token is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      observe: options.observe ?? (() => {}),
      http: transportTo(async (request) => {
        const answer = await fake.handle(request);
        exchanges.push({ request, answer });
        return answer;
      }),
      secret: async (source) => ('env' in source ? (secrets[source.env] ?? null) : null),
    }),
  );

  const propertyName = (ref: SetRef): string => ref.name.split('.')[0] ?? '';
  const edit = (ref: SetRef, how: (property: FakeProperty) => Partial<FakeProperty>): void =>
    domains[ref.zone]?.edit(propertyName(ref), (property) => ({ ...property, ...how(property) }));
  const numberOf = (member: string): number =>
    Number(Object.entries(DATACENTERS).find(([name]) => name === member)?.[1]);
  const editTarget = (ref: SetRef, member: string, how: Partial<Target>): void =>
    edit(ref, ({ trafficTargets }) => ({
      trafficTargets: trafficTargets.map((one) => (one.datacenterId === numberOf(member) ? { ...one, ...how } : one)),
    }));
  const edits: Readonly<Record<EditableField, (ref: SetRef, member: string) => void>> = {
    weight: (ref, member) => editTarget(ref, member, { weight: 99, enabled: true }),
    ttl: (ref) => edit(ref, () => ({ dynamicTTL: 300 })),
    value: (ref, member) => editTarget(ref, member, { servers: ['203.0.113.9'] }),
    healthCheck: (ref) =>
      edit(ref, ({ livenessTests }) => ({
        livenessTests: livenessTests.map((test) => ({ ...test, testObject: '/other' })),
      })),
  };

  return {
    fake,
    clock,
    domains,
    exchanges,
    secrets,
    plain: steering,
    steering: renamed(steering, DATACENTERS),
    zones: { home: 'example.com', other: 'example.net' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => edits[field](ref, member),
      remove: async (ref, member) =>
        edit(ref, ({ trafficTargets }) => ({
          trafficTargets: trafficTargets.filter(({ datacenterId }) => datacenterId !== numberOf(member)),
        })),
      add: async (ref, _, weight) =>
        edit(ref, ({ trafficTargets }) => ({ trafficTargets: [...trafficTargets, target('stranger', weight)] })),
      fence: async () => {
        throw new Error('there is no marker at Akamai');
      },
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) =>
      fake.faults.add({
        fault: HTTP_FAULTS[fault],
        on: ({ method }) => method === METHODS[on],
        times: fault === 'unauthorised' ? Number.POSITIVE_INFINITY : 1,
      }),
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.log.filter(({ tookEffect }) => tookEffect).length,
    isAnswered: (ref, member) => (domains[ref.zone]?.parts(propertyName(ref))[numberOf(member)] ?? 0) > 0,
    unmanaged: (ref): Json => {
      const property = domains[ref.zone]?.property(propertyName(ref));
      const targets = property?.trafficTargets.map(({ weight: _, enabled: __, ...rest }) => rest);
      return JSON.parse(JSON.stringify({ ...property, trafficTargets: targets, lastModified: null }));
    },
    paced: () => ({ requests: exchanges.length, elapsedMs: clock.now() - startedAt }),
  };
};
