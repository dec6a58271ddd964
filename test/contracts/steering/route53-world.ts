import { CreateHealthCheckCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { CallObserver } from '../../../providers/calls.ts';
import type { ProvenOnAccount } from '../../../providers/proven.ts';
import { openProvider } from '../../../providers/registry.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import type { FaultKind } from '../../../providers/route53/fake/faults.ts';
import { keyOf, type RecordSet } from '../../../providers/route53/fake/records.ts';
import { createRoute53Fake, type Route53Fake, type Route53FakeOptions } from '../../../providers/route53/fake.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { createInProcessHandler } from '../../../src/sandbox/in-process-handler.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import type { SteeringWorld, WorldFault } from './world.ts';

const ACCOUNT = '111122223333';
const PROPAGATION_MS = 30_000;

/** Nothing listens there: the transport is a function in this process, and the address only says "loopback". */
export const SANDBOX_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'route53',
  credentials: { kind: 'sandbox', accountId: ACCOUNT },
  assumeRole: null,
  endpoint: 'http://127.0.0.1:1',
  stsRegion: 'us-west-2',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
};

const FAULTS: Readonly<Partial<Record<WorldFault, FaultKind>>> = {
  throttled: 'throttle',
  busy: 'prior-request',
  'unavailable-before': 'unavailable',
  'unavailable-after': 'unavailable-after',
  'reset-before': 'reset',
  'reset-after': 'lost-response',
  'hang-before': 'hang',
  'hang-after': 'hang-after',
};

const OPERATIONS = { read: 'ListResourceRecordSets', write: 'ChangeResourceRecordSets' } as const;

export interface Route53World extends SteeringWorld {
  readonly fake: Route53Fake;
  readonly clock: ManualClock;
}

export interface Route53WorldOptions {
  readonly proven: ProvenOnAccount;
  readonly fake?: Partial<Route53FakeOptions>;
  readonly observe?: CallObserver;
}

const MEMBERS = ['east', 'west', 'spare'];
const addressOf = (member: string): string => `192.0.2.${MEMBERS.indexOf(member) + 10}`;

const plain = (name: string, member: string, weight: number, healthCheckId?: string): RecordSet => ({
  name,
  type: 'A',
  setIdentifier: member,
  weight,
  ttlSeconds: 60,
  values: [addressOf(member)],
  ...(healthCheckId === undefined ? {} : { healthCheckId }),
});

const alias = (zoneId: string, name: string, member: string, weight: number): RecordSet => ({
  name,
  type: 'A',
  setIdentifier: member,
  weight,
  aliasTarget: { hostedZoneId: zoneId, dnsName: `lb-${member}.example.com.`, evaluateTargetHealth: true },
});

const simple = (name: string, member: string): RecordSet => ({
  name,
  type: 'A',
  ttlSeconds: 300,
  values: [addressOf(member)],
});

const makeCheck = async (client: Route53Client, region: string): Promise<string> => {
  const command = new CreateHealthCheckCommand({
    CallerReference: `check-${region}`,
    HealthCheckConfig: { Type: 'TCP', IPAddress: addressOf(region), Port: 443 },
  });
  const { HealthCheck } = await client.send(command);
  if (HealthCheck?.Id === undefined) throw new Error('no health check was made');
  return HealthCheck.Id;
};

/** The real provider and the real SDK over the wire fake, in this process and on a clock that the test moves. */
export const arrangeRoute53 = async (options: Route53WorldOptions): Promise<Route53World> => {
  const clock = new ManualClock();
  let turn = 0;
  const fake = createRoute53Fake({
    now: () => clock.now(),
    // Evenly over [0, 1), so that 100 questions meet every member with a weight.
    random: () => (turn++ % 100) / 100,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: [ACCOUNT] }],
    propagationMs: PROPAGATION_MS,
    throttling: 'off',
    ...options.fake,
  });
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const transport = createInProcessHandler(async (request) => {
    const answer = await fake.handle(request);
    if (answer === 'hang') hung();
    return answer;
  });
  const client = new Route53Client({
    region: 'us-east-1',
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sandbox' },
    requestHandler: transport,
  });
  const checks = { east: await makeCheck(client, 'east'), other: await makeCheck(client, 'other') };

  const home = fake.createZone({ accountId: ACCOUNT, name: 'example.com' });
  const other = fake.createZone({ accountId: ACCOUNT, name: 'example.net' });
  fake.foreignEdit(home, (records) => {
    const put = (record: RecordSet) => records.set(keyOf(record), record);
    put(plain('www.example.com.', 'east', 100, checks.east));
    put(plain('www.example.com.', 'west', 100, checks.east));
    put(plain('www.example.com.', 'spare', 0));
    for (const member of MEMBERS) {
      put(simple(`lb-${member}.example.com.`, member));
      put(alias(home, 'api.example.com.', member, member === 'spare' ? 0 : 100));
    }
  });
  fake.foreignEdit(other, (records) => {
    for (const record of [plain('far.example.net.', 'east', 10), plain('far.example.net.', 'west', 20)])
      records.set(keyOf(record), record);
  });
  await clock.advance(PROPAGATION_MS);

  const { steering } = await openProvider(
    SANDBOX_CONFIG,
    options.proven,
    providerDeps({
      // Waiting for a token is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      policy: barePolicy,
      observe: options.observe ?? (() => {}),
      transport,
    }),
  );

  const edits: Readonly<Record<'weight' | 'ttl' | 'value' | 'healthCheck', Partial<RecordSet>>> = {
    weight: { weight: 99 },
    ttl: { ttlSeconds: 300 },
    value: { values: ['203.0.113.9'] },
    healthCheck: { healthCheckId: checks.other },
  };
  const held = (ref: SetRef, member: string): RecordSet => {
    const key = keyOf({ name: ref.name, type: ref.type, setIdentifier: member });
    const record = fake.zone(ref.zone).control.find((candidate) => keyOf(candidate) === key);
    if (record === undefined) throw new Error(`${ref.name} has no member ${member}`);
    return record;
  };
  const put = (ref: SetRef, record: RecordSet): void =>
    fake.foreignEdit(ref.zone, (records) => void records.set(keyOf(record), record));

  return {
    fake,
    clock,
    steering,
    zones: { home, other },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => put(ref, { ...held(ref, member), ...edits[field] }),
      remove: async (ref, member) =>
        fake.foreignEdit(ref.zone, (records) => void records.delete(keyOf(held(ref, member)))),
      add: async (ref, member, weight) => put(ref, plain(ref.name, member, weight)),
      fence: async (zone, fence) => {
        const name = `_steer.${fake.zone(zone).name}`;
        const values = [`"steer store=${fence.store} epoch=${fence.epoch}"`];
        fake.foreignEdit(
          zone,
          (records) => void records.set(`${name}|TXT|`, { name, type: 'TXT', ttlSeconds: 60, values }),
        );
      },
    },
    fail: (on, fault) => {
      const kind = FAULTS[fault];
      if (kind === undefined) throw new TypeError(`this fake knows no fault "${fault}"`);
      fake.faults.add({ kind, operation: OPERATIONS[on] });
    },
    paced: () => ({ requests: fake.log.entries().length, elapsedMs: clock.now() }),
    hung: () => isHung,
    landedWrites: () =>
      fake.log.entries().filter(({ operation, tookEffect }) => operation === OPERATIONS.write && tookEffect).length,
    isAnswered: (ref, member) =>
      Array.from({ length: 100 }, () => fake.answer(ref)).some(({ answers }) =>
        JSON.stringify(answers).includes(`"${addressOf(member)}"`),
      ),
    unmanaged: (ref) =>
      fake
        .zone(ref.zone)
        .control.filter(({ name, type }) => name === ref.name && type === ref.type)
        .map(({ weight: _, ...rest }) => JSON.parse(JSON.stringify(rest)))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
};
