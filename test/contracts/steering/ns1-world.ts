import type { WantedFault } from '../../../providers/fake-kit/faults.ts';
import { NS1_STEERING } from '../../../providers/ns1/capabilities.ts';
import type { FakeAnswerInput, FakeMeta, FakeRecordInput } from '../../../providers/ns1/fake/record-schema.ts';
import { createNs1Fake, type Ns1FakeOptions } from '../../../providers/ns1/fake.ts';
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
  type SteeringTraits,
  type SteeringWorld,
  staleReads,
  type WorldFault,
} from './world.ts';

/** Nothing listens there: the transport is a function in this process, and the address only says "loopback". */
export const NS1_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'ns1',
  credentials: { kind: 'secrets', secrets: { apiKey: { env: 'NS1_KEY' } } },
  assumeRole: null,
  endpoint: 'http://127.0.0.1:1/v1',
  stsRegion: 'us-west-2',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
};

export const ns1Traits: SteeringTraits = {
  vendor: 'ns1',
  ground: 'fake',
  capabilities: NS1_STEERING,
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: false,
  // NS1 is not known to say that it is busy.
  faults: ALL_FAULTS.filter((fault) => fault !== 'busy'),
  staleReads: true,
  pace: { perSecond: 3, burst: 900 },
};

const ADDRESSES: Readonly<Record<string, string>> = { east: '192.0.2.1', west: '192.0.2.2', spare: '192.0.2.3' };

export const answer = (region: string, meta: FakeMeta): FakeAnswerInput => ({
  answer: [ADDRESSES[region] ?? '192.0.2.9'],
  region,
  meta: { note: `made for ${region}`, ...meta },
});

export const CHAIN: NonNullable<FakeRecordInput['filters']> = [
  { filter: 'up', config: {} },
  { filter: 'weighted_shuffle', config: {} },
  { filter: 'select_first_n', config: { N: 1 } },
];

export const record = (answers: readonly FakeAnswerInput[]): FakeRecordInput => ({
  ttl: 60,
  use_client_subnet: false,
  answers: [...answers],
  filters: CHAIN,
  regions: Object.fromEntries(answers.map(({ region = '' }) => [region, { meta: {} }])),
  meta: { note: 'steered' },
});

/** A fault as the suites name it: once, or from now on where credentials are refused. */
export const ns1Fault = (on: 'read' | 'write', fault: WorldFault): WantedFault => {
  const isEver = fault === 'unauthorised';
  return {
    fault: HTTP_FAULTS[fault],
    on: ({ method }) => isEver || (method === 'GET') === (on === 'read'),
    times: isEver ? Number.POSITIVE_INFINITY : 1,
  };
};

/** The real provider over the strict fake, in this process and on a clock that the test moves. */
export const arrangeNs1 = async (options: Partial<Ns1FakeOptions> = {}) => {
  const clock = new ManualClock();
  const fake = createNs1Fake({
    now: () => clock.now(),
    apiKey: 'key-1',
    zones: ['example.com', 'example.net'],
    sleep: (ms) => clock.advance(ms),
    ...options,
  });
  const secrets = { current: 'key-1' };
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const trio = () => [
    answer('east', { up: true, weight: 100 }),
    answer('west', { up: true, weight: 100 }),
    answer('spare', { up: false, weight: 1 }),
  ];
  fake.put('example.com', 'www.example.com', 'A', record(trio()));
  fake.put('example.com', 'api.example.com', 'A', record(trio()));
  const far = [answer('east', { up: true, weight: 10 }), answer('west', { up: true, weight: 20 })];
  fake.put('example.net', 'far.example.net', 'A', record(far));

  const begun = clock.now();
  const { steering, records, limiter } = await openProvider(
    NS1_CONFIG,
    null,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      http: transportTo(async (request) => {
        const told = await fake.handle(request);
        if (told === 'hang') hung();
        return told;
      }),
      secret: async () => secrets.current,
    }),
  );

  const place = ({ zone, name, type }: SetRef) => [zone, name.replace(/\.$/, ''), type] as const;
  const held = (ref: SetRef) => {
    const found = fake.record(...place(ref));
    if (found === undefined) throw new Error(`there is no record for ${ref.name}`);
    return found;
  };
  const editAnswer = (ref: SetRef, member: string, change: (answer: FakeAnswerInput) => FakeAnswerInput): void =>
    fake.put(...place(ref), {
      answers: held(ref).answers.map((one) => (one.region === member ? change(one) : one)),
    });

  const world: SteeringWorld = {
    steering,
    zones: { home: 'example.com', other: 'example.net' },
    propagationMs: NS1_STEERING.typicalPropagationMs,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      async edit(ref, member, field) {
        // The TTL belongs to the record.
        if (field === 'ttl') fake.put(...place(ref), { ttl: 300 });
        if (field === 'value') editAnswer(ref, member, (one) => ({ ...one, answer: ['203.0.113.9'] }));
        if (field === 'weight')
          editAnswer(ref, member, (one) => ({ ...one, meta: { ...one.meta, up: true, weight: 99 } }));
      },
      remove: async (ref, member) =>
        fake.put(...place(ref), { answers: held(ref).answers.filter(({ region }) => region !== member) }),
      async add(ref, member, weight) {
        const { answers, regions } = held(ref);
        fake.put(...place(ref), {
          answers: [...answers, { answer: ['203.0.113.7'], region: member, meta: { up: true, weight } }],
          regions: { ...regions, [member]: { meta: {} } },
        });
      },
      fence: () => Promise.reject(new Error('a record has no place for a marker')),
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) => fake.faults.add(ns1Fault(on, fault)),
    hung: () => isHung,
    landedWrites: () => fake.counts().landed,
    isAnswered: (ref, member) => (fake.answers(...place(ref))[member] ?? 0) > 0,
    unmanaged(ref) {
      const answers = held(ref).answers.map(({ meta, ...one }) => {
        const { up: _, weight: __, ...kept } = meta ?? {};
        return { ...one, meta: kept };
      });
      return JSON.parse(JSON.stringify({ ...held(ref), answers }));
    },
    paced: () => ({ requests: fake.counts().requests, elapsedMs: clock.now() - begun }),
  };
  return { world, fake, clock, secrets, steering, records, limiter, hung: () => isHung };
};
