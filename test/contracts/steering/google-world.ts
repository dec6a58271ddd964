import { generateKeyPairSync } from 'node:crypto';
import type { CallObserver } from '../../../providers/calls.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { STEERING_CAPABILITIES } from '../../../providers/google/capabilities.ts';
import { type FakeItem, type FakeRecordSet, keyOf } from '../../../providers/google/fake/state.ts';
import { createGoogleFake, type GoogleFake, type GoogleFakeOptions } from '../../../providers/google/fake.ts';
import type { Records } from '../../../providers/records.ts';
import { openProvider } from '../../../providers/registry.ts';
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

const PROPAGATION_MS = 30_000;
const MEMBERS = ['east', 'west', 'spare', 'stranger'];
const addressOf = (member: string): string => `192.0.2.${MEMBERS.indexOf(member) + 10}`;
const CHECKS = 'https://www.googleapis.com/compute/v1/projects/dns-prod-1/global/healthChecks';

export const TOKEN_ENDPOINT = 'http://127.0.0.1:1/token';

/** One key pair for all tests: making one takes longer than a test. */
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const EMAIL = 'steer@dns-prod-1.iam.gserviceaccount.com';

export const keyFile = (extra: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    type: 'service_account',
    project_id: 'dns-prod-1',
    private_key_id: 'key-1',
    private_key: privateKey,
    client_email: EMAIL,
    token_uri: 'https://nobody.example/token',
    ...extra,
  });

export const googleTraits = (variant?: string): SteeringTraits => ({
  vendor: 'google',
  ...(variant === undefined ? {} : { variant }),
  ground: 'fake',
  capabilities: STEERING_CAPABILITIES,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 5000, low: 1500, high: 8500, far: { east: 10, west: 20 } },
  marker: true,
  // The vendor documents no answer that means "busy, and nothing happened".
  faults: ALL_FAULTS.filter((fault) => fault !== 'busy'),
  staleReads: true,
  pace: { perSecond: 10, burst: 20 },
});

export const GOOGLE_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'google',
  credentials: { kind: 'secrets', secrets: { serviceAccountKey: { file: '/run/secrets/dns' } } },
  assumeRole: null,
  // Nothing listens there: the transport is a function of this process.
  endpoint: 'http://127.0.0.1:1',
  stsRegion: 'us-east-1',
  requestScheme: 'old',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
  settings: {
    project: 'dns-prod-1',
    tokenEndpoint: TOKEN_ENDPOINT,
    memberNames: Object.fromEntries(MEMBERS.map((member) => [addressOf(member), member])),
  },
};

const isWrite = ({ method, path }: FakeRequest): boolean => method === 'POST' && path.endsWith('/changes');

export interface GoogleWorld extends SteeringWorld {
  readonly fake: GoogleFake;
  readonly clock: ManualClock;
  readonly records: Records | null;
  readonly requests: readonly FakeRequest[];
  /** Gives the account another key file, as the place of the secret does when it is changed. */
  setKeyFile(text: string | null): void;
}

export interface GoogleWorldOptions {
  readonly fake?: Partial<GoogleFakeOptions>;
  readonly config?: Partial<ProviderConfig>;
  readonly observe?: CallObserver;
}

const weighted = (name: string, items: readonly FakeItem[], healthCheck?: string): FakeRecordSet => ({
  kind: 'dns#resourceRecordSet',
  name,
  type: 'A',
  ttl: 60,
  routingPolicy: {
    kind: 'dns#rRSetRoutingPolicy',
    wrr: { items },
    ...(healthCheck === undefined ? {} : { healthCheck: `${CHECKS}/${healthCheck}` }),
  },
});

const item = (member: string, units: number): FakeItem => ({ weight: units / 1000, rrdatas: [addressOf(member)] });

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeGoogle = async (options: GoogleWorldOptions = {}): Promise<GoogleWorld> => {
  const clock = new ManualClock();
  let turn = 0;
  const fake = createGoogleFake({
    now: () => clock.now(),
    // Evenly over [0, 1), so that 100 questions meet every member with a weight.
    random: () => (turn++ % 100) / 100,
    project: 'dns-prod-1',
    account: { email: EMAIL, keyId: 'key-1', publicKey },
    tokenEndpoint: TOKEN_ENDPOINT,
    propagationMs: PROPAGATION_MS,
    ...options.fake,
  });
  const requests: FakeRequest[] = [];
  let key: string | null = keyFile();
  const home = fake.createZone('example-com', 'example.com.');
  const other = fake.createZone('example-net', 'example.net.');
  const put = (zone: string, set: FakeRecordSet): void =>
    fake.foreignEdit(zone, (recordSets) => void recordSets.set(keyOf(set), set));
  const checked: FakeItem = { weight: 5, healthCheckedTargets: { externalEndpoints: [addressOf('east')] } };
  put(home, weighted('www.example.com.', [checked, item('west', 5000)], 'check-1'));
  // Not in the order of their names.
  put(home, weighted('api.example.com.', [item('west', 5000), item('east', 5000)]));
  put(other, weighted('far.example.net.', [item('east', 10), item('west', 20)]));
  await clock.advance(PROPAGATION_MS);
  const startedAt = clock.now();

  const { steering, records } = await openProvider(
    { ...GOOGLE_CONFIG, ...options.config },
    null,
    providerDeps({
      // Waiting for a token is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      observe: options.observe ?? (() => {}),
      http: transportTo((request) => {
        requests.push(request);
        return fake.handle(request);
      }),
      secret: async () => key,
    }),
  );

  const held = (ref: SetRef): FakeRecordSet => {
    const found = fake.recordSets(ref.zone).find((set) => keyOf(set) === keyOf(ref));
    if (found === undefined) throw new Error(`the fake has no ${ref.name}`);
    return found;
  };
  const isOf = (member: string) => (one: FakeItem) => JSON.stringify(one).includes(`"${addressOf(member)}"`);
  const edit = (ref: SetRef, how: (items: readonly FakeItem[]) => readonly FakeItem[]): void => {
    const set = held(ref);
    put(ref.zone, {
      ...set,
      routingPolicy: { ...set.routingPolicy, wrr: { items: how(set.routingPolicy?.wrr?.items ?? []) } },
    });
  };
  const changed = (member: string, extra: FakeItem) => (items: readonly FakeItem[]) =>
    items.map((one) => (isOf(member)(one) ? { ...one, ...extra } : one));
  const edits: Readonly<Record<EditableField, (ref: SetRef, member: string) => void>> = {
    weight: (ref, member) => edit(ref, changed(member, { weight: 0.99 })),
    ttl: (ref) => put(ref.zone, { ...held(ref), ttl: 300 }),
    value: (ref, member) => edit(ref, changed(member, { rrdatas: ['203.0.113.9'], healthCheckedTargets: undefined })),
    healthCheck: (ref) =>
      put(ref.zone, {
        ...held(ref),
        routingPolicy: { ...held(ref).routingPolicy, healthCheck: `${CHECKS}/check-2` },
      }),
  };

  return {
    fake,
    clock,
    steering,
    records,
    requests,
    setKeyFile: (text) => {
      key = text;
    },
    zones: { home, other },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => edits[field](ref, member),
      remove: async (ref, member) => edit(ref, (items) => items.filter((one) => !isOf(member)(one))),
      add: async (ref, member, weight) => edit(ref, (items) => [...items, item(member, weight)]),
      fence: async (zone, fence) => {
        const name = `_steer.${zone === home ? 'example.com.' : 'example.net.'}`;
        const rrdatas = [`"steer store=${fence.store} epoch=${fence.epoch} write=7"`];
        put(zone, { name, type: 'TXT', ttl: 60, rrdatas });
      },
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) =>
      fake.faults.add({
        fault: HTTP_FAULTS[fault],
        on: (request) => (on === 'write' ? isWrite(request) : request.method === 'GET'),
        times: fault === 'unauthorised' ? Number.POSITIVE_INFINITY : 1,
      }),
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.landedWrites(),
    isAnswered: (ref, member) =>
      Array.from({ length: 100 }, () => fake.answer(ref.zone, ref)).some((data) => data.includes(addressOf(member))),
    unmanaged: (ref) => {
      const { routingPolicy, ...rest } = held(ref);
      const items = (routingPolicy?.wrr?.items ?? []).map(({ weight: _, ...one }) => JSON.stringify(one));
      return JSON.parse(JSON.stringify({ ...rest, policy: { ...routingPolicy, wrr: items.toSorted() } }));
    },
    paced: () => ({ requests: requests.length, elapsedMs: clock.now() - startedAt }),
  };
};
