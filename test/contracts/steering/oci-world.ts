import { generateKeyPairSync } from 'node:crypto';
import type { CallObserver } from '../../../providers/calls.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { STEERING_CAPABILITIES } from '../../../providers/oci/capabilities.ts';
import type { FakePolicy, FakePolicyAnswer, FakePolicyDetails } from '../../../providers/oci/fake/state.ts';
import { createOciFake, type OciFake, type OciFakeOptions } from '../../../providers/oci/fake.ts';
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

/** One key pair for all tests: making one takes longer than a test. */
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const PRIVATE_KEY = pair.privateKey;
export const COMPARTMENT = 'ocid1.compartment.oc1..dns';
const TENANCY = 'ocid1.tenancy.oc1..fleet';
const USER = 'ocid1.user.oc1..steer';
const FINGERPRINT = '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34';

export const ociTraits: SteeringTraits = {
  vendor: 'oci',
  ground: 'fake',
  capabilities: STEERING_CAPABILITIES,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: false,
  faults: ALL_FAULTS,
  staleReads: true,
  pace: { perSecond: 10, burst: 20 },
};

export const OCI_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'oci',
  credentials: { kind: 'secrets', secrets: { privateKey: { file: '/run/secrets/oci.pem' } } },
  assumeRole: null,
  // Nothing listens there: the transport is a function of this process.
  endpoint: 'http://127.0.0.1:1',
  stsRegion: 'us-east-1',
  requestScheme: 'old',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
  settings: {
    tenancy: TENANCY,
    user: USER,
    fingerprint: FINGERPRINT,
    region: 'us-ashburn-1',
    compartmentId: COMPARTMENT,
  },
};

export interface OciWorld extends SteeringWorld {
  readonly fake: OciFake;
  readonly clock: ManualClock;
  readonly records: Records | null;
  readonly requests: readonly FakeRequest[];
  /** Gives the account another key, as the place of the secret does when it is changed. */
  setKey(pem: string | null): void;
}

export interface OciWorldOptions {
  readonly fake?: Partial<OciFakeOptions>;
  readonly config?: Partial<ProviderConfig>;
  readonly observe?: CallObserver;
}

const answer = (member: string, weight: number | null): FakePolicyAnswer => ({
  name: member,
  rtype: 'A',
  rdata: addressOf(member),
  pool: member,
  ...(weight === null ? { isDisabled: true } : {}),
});

const line = (member: string, value: number) => ({ answerCondition: `answer.name == '${member}'`, value });

/** A LOAD_BALANCE policy as the console makes one. */
export const balanced = (
  weights: Readonly<Record<string, number | null>>,
  extra: Partial<FakePolicyDetails> = {},
): FakePolicyDetails => {
  const monitored = extra.healthCheckMonitorId !== undefined;
  return {
    displayName: 'made by hand',
    ttl: 60,
    template: 'LOAD_BALANCE',
    freeformTags: { owner: 'team-1' },
    definedTags: {},
    answers: Object.entries(weights).map(([member, weight]) => answer(member, weight)),
    rules: [
      {
        ruleType: 'FILTER',
        description: 'takes disabled answers out',
        defaultAnswerData: [{ answerCondition: 'answer.isDisabled != true', shouldKeep: true }],
      },
      ...(monitored ? [{ ruleType: 'HEALTH' }] : []),
      {
        ruleType: 'WEIGHTED',
        defaultAnswerData: Object.entries(weights).map(([member, weight]) => line(member, weight ?? 1)),
      },
      { ruleType: 'LIMIT', defaultCount: 1 },
    ],
    ...extra,
  };
};

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeOci = async (options: OciWorldOptions = {}): Promise<OciWorld> => {
  const clock = new ManualClock();
  let turn = 0;
  const fake = createOciFake({
    now: () => clock.now(),
    // Evenly over [0, 1), so that 100 questions meet every answer with a weight.
    random: () => (turn++ % 100) / 100,
    sleep: async () => {},
    keyId: `${TENANCY}/${USER}/${FINGERPRINT}`,
    publicKey: pair.publicKey,
    host: '127.0.0.1:1',
    compartmentId: COMPARTMENT,
    propagationMs: PROPAGATION_MS,
    ...options.fake,
  });
  const requests: FakeRequest[] = [];
  let key: string | null = PRIVATE_KEY;
  const home = fake.createZone('example.com');
  const other = fake.createZone('example.net');
  const even = { west: 100, east: 100, spare: null };
  const monitored = { healthCheckMonitorId: 'ocid1.httpmonitor.oc1..check1' };
  fake.attach(fake.createPolicy(balanced(even, monitored)), home, 'www.example.com');
  fake.attach(fake.createPolicy(balanced(even)), home, 'api.example.com');
  fake.attach(fake.createPolicy(balanced({ east: 10, west: 20 })), other, 'far.example.net');
  await clock.advance(PROPAGATION_MS);
  const startedAt = clock.now();

  const { steering, records } = await openProvider(
    { ...OCI_CONFIG, ...options.config },
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

  const domainOf = ({ name }: SetRef): string => name.replace(/\.$/, '');
  const edit = (ref: SetRef, how: (policy: FakePolicy) => Partial<FakePolicy>): void =>
    fake.editPolicy(fake.policyOf(ref.zone, domainOf(ref)).id, how);
  const withAnswer = (member: string, extra: Partial<FakePolicyAnswer>) => (policy: FakePolicy) => ({
    answers: policy.answers.map((one) => (one.name === member ? { ...one, ...extra } : one)),
  });
  const withLines = (
    policy: FakePolicy,
    how: (lines: readonly ReturnType<typeof line>[]) => readonly ReturnType<typeof line>[],
  ) => ({
    rules: policy.rules.map((rule) => {
      if (rule.ruleType !== 'WEIGHTED') return rule;
      const lines = (rule.defaultAnswerData ?? []).map(({ answerCondition = '', value = 0 }) => ({
        answerCondition,
        value,
      }));
      return { ...rule, defaultAnswerData: how(lines) };
    }),
  });
  const isAbout = (member: string) => (one: { readonly answerCondition: string }) =>
    one.answerCondition === line(member, 0).answerCondition;
  const edits: Readonly<Record<EditableField, (ref: SetRef, member: string) => void>> = {
    // The weight of a disabled answer says nothing: whoever wants it to weigh, enables it.
    weight: (ref, member) =>
      edit(ref, (policy) => ({
        ...withAnswer(member, { isDisabled: false })(policy),
        ...withLines(policy, (lines) => lines.map((one) => (isAbout(member)(one) ? line(member, 99) : one))),
      })),
    ttl: (ref) => edit(ref, () => ({ ttl: 300 })),
    value: (ref, member) => edit(ref, withAnswer(member, { rdata: '203.0.113.9' })),
    healthCheck: (ref) => edit(ref, () => ({ healthCheckMonitorId: 'ocid1.httpmonitor.oc1..check2' })),
  };

  return {
    fake,
    clock,
    steering,
    records,
    requests,
    setKey: (pem) => {
      key = pem;
    },
    zones: { home, other },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => edits[field](ref, member),
      remove: async (ref, member) =>
        edit(ref, (policy) => ({
          answers: policy.answers.filter(({ name }) => name !== member),
          ...withLines(policy, (lines) => lines.filter((one) => !isAbout(member)(one))),
        })),
      add: async (ref, member, weight) =>
        edit(ref, (policy) => ({
          answers: [...policy.answers, answer(member, weight)],
          ...withLines(policy, (lines) => [...lines, line(member, weight)]),
        })),
      fence: async () => {
        throw new Error('there is no marker at OCI');
      },
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) =>
      fake.faults.add({
        fault: HTTP_FAULTS[fault],
        on: ({ method }) => method === (on === 'write' ? 'PUT' : 'GET'),
        times: fault === 'unauthorised' ? Number.POSITIVE_INFINITY : 1,
      }),
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.landedWrites(),
    isAnswered: (ref, member) =>
      Array.from({ length: 100 }, () => fake.answer(ref.zone, domainOf(ref), ref.type)).some((data) =>
        data.includes(addressOf(member)),
      ),
    unmanaged: (ref) => {
      const policy = fake.policyOf(ref.zone, domainOf(ref));
      const answers = policy.answers.map(({ isDisabled: _, ...one }) => one);
      return JSON.parse(
        JSON.stringify({
          ...policy,
          answers,
          ...withLines(policy, (lines) => lines.map((one) => ({ ...one, value: 0 }))),
        }),
      );
    },
    paced: () => ({ requests: requests.length, elapsedMs: clock.now() - startedAt }),
  };
};
