import type { CallObserver } from '../../../providers/calls.ts';
import { STEERING } from '../../../providers/cloudflare/capabilities.ts';
import type { FakeBalancer } from '../../../providers/cloudflare/fake/state.ts';
import {
  type CloudflareFake,
  type CloudflareFakeOptions,
  createCloudflareFake,
} from '../../../providers/cloudflare/fake.ts';
import type { FakeAnswer, FakeRequest } from '../../../providers/fake-kit/wire.ts';
import type { Records } from '../../../providers/records.ts';
import { openProvider } from '../../../providers/registry.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { transportTo } from '../../support/fake-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ALL_FAULTS,
  type EditableField,
  HTTP_FAULTS,
  type SteeringTraits,
  type SteeringWorld,
  staleReads,
} from './world.ts';

export const ACCOUNT = '01a7362d577a6c3019a474fd6f485823';
export const TOKEN = 'token-1';

export const cloudflareTraits: SteeringTraits = {
  vendor: 'cloudflare',
  ground: 'described',
  capabilities: STEERING,
  // A pool's health check belongs to the pool, which other balancers use too: it is not steer's to compare.
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 50, low: 15, high: 85, far: { east: 10, west: 20 } },
  marker: false,
  // The vendor documents no answer that means "busy, and nothing happened".
  faults: ALL_FAULTS.filter((fault) => fault !== 'busy'),
  staleReads: true,
  pace: { perSecond: 3.5, burst: 100 },
};

const METHODS = { read: 'GET', write: 'PATCH' } as const;

export const CLOUDFLARE_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'cloudflare',
  credentials: { kind: 'secrets', secrets: { apiToken: { env: 'CLOUDFLARE_API_TOKEN' } } },
  assumeRole: null,
  // Nothing listens there: the transport is a function of this process.
  endpoint: 'http://127.0.0.1:1/client/v4',
  stsRegion: 'us-east-1',
  requestScheme: 'old',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
  settings: { accountId: ACCOUNT },
};

export interface CloudflareWorld extends SteeringWorld {
  readonly fake: CloudflareFake;
  readonly clock: ManualClock;
  readonly records: Records | null;
  readonly requests: readonly FakeRequest[];
  /** Gives the account another token, as the place of the secret does when it is changed. */
  setToken(token: string | null): void;
}

export interface CloudflareWorldOptions {
  readonly fake?: Partial<CloudflareFakeOptions>;
  readonly config?: Partial<ProviderConfig>;
  readonly observe?: CallObserver;
  /** Told of every request and its answer. */
  readonly seen?: (request: FakeRequest, answer: FakeAnswer) => void;
}

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeCloudflare = async (options: CloudflareWorldOptions = {}): Promise<CloudflareWorld> => {
  const clock = new ManualClock();
  const fake = createCloudflareFake({ now: () => clock.now(), tokens: { [TOKEN]: ACCOUNT }, ...options.fake });
  const startedAt = clock.now();
  const requests: FakeRequest[] = [];
  let token: string | null = TOKEN;

  const home = fake.createZone(ACCOUNT, 'example.com');
  const other = fake.createZone(ACCOUNT, 'example.net');
  for (const [index, pool] of ['east', 'west', 'stranger', 'sorry'].entries()) {
    fake.createPool(ACCOUNT, pool, [`192.0.2.${10 + index}`]);
  }
  const common = { fallback_pool: 'sorry', description: 'made by hand', default_pools: ['east', 'west'] };
  const even = { default_weight: 0.3, pool_weights: { east: 0.5, west: 0.5 } };
  fake.createBalancer(home, { ...common, name: 'www.example.com', random_steering: even });
  fake.createBalancer(home, { ...common, name: 'api.example.com', random_steering: even, adaptive_routing: {} });
  fake.createBalancer(other, {
    ...common,
    name: 'far.example.net',
    random_steering: { default_weight: 1, pool_weights: { east: 0.1, west: 0.2 } },
  });

  const { steering, records } = await openProvider(
    { ...CLOUDFLARE_CONFIG, ...options.config },
    null,
    providerDeps({
      // Waiting for a token is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      observe: options.observe ?? (() => {}),
      http: transportTo(async (request) => {
        requests.push(request);
        const answer = await fake.handle(request);
        options.seen?.(request, answer);
        return answer;
      }),
      secret: async () => token,
    }),
  );

  const nameOf = (ref: SetRef): string => ref.name.replace(/\.$/, '');
  const edit = (ref: SetRef, how: (balancer: FakeBalancer) => Partial<FakeBalancer>): void =>
    fake.editBalancer(ref.zone, nameOf(ref), how);
  const weighing = (pool: string, weight: number) => (balancer: FakeBalancer) => ({
    random_steering: {
      ...balancer.random_steering,
      pool_weights: { ...balancer.random_steering?.pool_weights, [pool]: weight },
    },
  });
  const edits: Readonly<Record<EditableField, (ref: SetRef, pool: string) => void>> = {
    weight: (ref, pool) => edit(ref, weighing(pool, 0.99)),
    ttl: (ref) => edit(ref, () => ({ ttl: 300 })),
    value: (_, pool) =>
      fake.editPool(pool, { origins: [{ name: 'origin-1', address: '203.0.113.9', enabled: true, weight: 1 }] }),
    healthCheck: () => {
      throw new Error('no health check of a pool is compared');
    },
  };

  return {
    fake,
    clock,
    steering,
    records,
    requests,
    setToken: (next) => {
      token = next;
    },
    zones: { home, other },
    propagationMs: 0,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => edits[field](ref, member),
      remove: async (ref, member) =>
        edit(ref, ({ default_pools }) => ({ default_pools: default_pools.filter((pool) => pool !== member) })),
      add: async (ref, member, weight) => {
        edit(ref, ({ default_pools }) => ({ default_pools: [...default_pools, member] }));
        edit(ref, weighing(member, weight / 100));
      },
      fence: async () => {
        throw new Error('there is no marker at Cloudflare');
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
    isAnswered: (ref, member) => (fake.parts(ref.zone, nameOf(ref))[member] ?? 0) > 0,
    unmanaged: (ref): Json => {
      const {
        modifiedAt: _,
        random_steering: weights,
        ...rest
      } = fake.balancer(ref.zone, nameOf(ref)) ?? {
        modifiedAt: 0,
        random_steering: null,
      };
      return JSON.parse(JSON.stringify({ ...rest, default_weight: weights?.default_weight ?? null }));
    },
    paced: () => ({ requests: requests.length, elapsedMs: clock.now() - startedAt }),
  };
};
