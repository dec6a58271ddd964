import type { ProvenOnAccount } from '../../../providers/proven.ts';
import { openProvider } from '../../../providers/registry.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { recordsCapabilitiesOf } from '../../../providers/route53/capabilities.ts';
import type { FaultKind } from '../../../providers/route53/fake/faults.ts';
import { type RecordSet as FakeSet, keyOf } from '../../../providers/route53/fake/records.ts';
import { createRoute53Fake, type Route53Fake, type Route53FakeOptions } from '../../../providers/route53/fake.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import type { RecordKey } from '../../../src/domain/record-sets.ts';
import { createInProcessHandler } from '../../../src/sandbox/in-process-handler.ts';
import type { WireAnswer, WireRequest } from '../../../src/sandbox/wire.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { SANDBOX_CONFIG } from '../steering/route53-world.ts';
import { ALL_FAULTS, type WorldFault } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const ACCOUNT = '111122223333';
const PROPAGATION_MS = 30_000;

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

const WRITE = 'ChangeResourceRecordSets';
const isWrite = ({ method, path }: WireRequest): boolean => method === 'POST' && path.endsWith('/rrset');

const GARBAGE: WireAnswer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' };

export const route53RecordsTraits = (
  proven: Pick<ProvenOnAccount, 'conditionalWrite'>,
  variant: string,
): RecordsTraits => ({
  vendor: 'route53',
  variant,
  ground: 'described',
  capabilities: recordsCapabilitiesOf(proven),
  geo: {
    before: [{ continent: ['EU'] }, { country: ['US'] }],
    after: [{ subdivision: ['US-CA'] }, { continent: ['EU'] }],
  },
  unmodelled: true,
  others: true,
  pages: { zones: 100, sets: 300 },
  propagation: 'reported',
  faults: ALL_FAULTS,
  rotates: ['credentials', 'endpoint'],
});

export interface Route53RecordsWorld extends RecordsWorld {
  readonly fake: Route53Fake;
  readonly clock: ManualClock;
}

/** The real provider and the real SDK over the wire fake, in this process and on a clock that the test moves. */
export const arrangeRoute53Records = async (
  proven: ProvenOnAccount,
  options: Partial<Route53FakeOptions> = {},
): Promise<Route53RecordsWorld> => {
  const clock = new ManualClock();
  const fake = createRoute53Fake({
    now: () => clock.now(),
    random: () => 0,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: ['key-1', 'key-2'] }],
    propagationMs: PROPAGATION_MS,
    throttling: 'off',
    ...options,
  });
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const environment: Record<string, string> = { R53_KEY: 'key-1', R53_SECRET: 'secret' };
  const config = {
    ...SANDBOX_CONFIG,
    credentials: { kind: 'environment', accessKeyId: 'R53_KEY', secretAccessKey: 'R53_SECRET' },
    endpoint: 'http://127.0.0.1:1',
  } satisfies ProviderConfig;
  /** What the vendor knows now: anybody else is a stranger, and elsewhere nobody answers. */
  const known = { key: 'key-1', host: '127.0.0.1:1' };
  let garbled: 'read' | 'write' | null = null;

  const transport = createInProcessHandler(async (request) => {
    const { headers } = request;
    if (headers['host'] !== known.host) return 'reset';
    const isKnown = (headers['authorization'] ?? '').includes(`Credential=${known.key}/`);
    const stranger = { ...headers, authorization: (headers['authorization'] ?? '').replace(/key-\d/, 'nobody') };
    const answer = await fake.handle(isKnown ? request : { ...request, headers: stranger });
    if (answer === 'hang') hung();
    if (garbled !== (isWrite(request) ? 'write' : 'read')) return answer;
    garbled = null;
    return GARBAGE;
  });

  const home = fake.createZone({ accountId: ACCOUNT, name: 'example.com' });
  const other = fake.createZone({ accountId: ACCOUNT, name: 'example.net' });
  const healthCheck = fake.createHealthCheck({
    accountId: ACCOUNT,
    config: { type: 'TCP', ipAddress: '192.0.2.1', port: 443 },
  });
  await clock.advance(PROPAGATION_MS);

  const { records } = await openProvider(
    config,
    proven,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      policy: barePolicy,
      environment,
      transport,
    }),
  );
  if (records === null) throw new Error('Route 53 has records');

  const heldBy = (zone: string, key: RecordKey): FakeSet => {
    const text = keyOf({
      name: key.name,
      type: key.type,
      ...(key.qualifier === null ? {} : { setIdentifier: key.qualifier }),
    });
    const set = fake.zone(zone).control.find((candidate) => keyOf(candidate) === text);
    if (set === undefined) throw new Error(`there is no ${text}`);
    return set;
  };
  const put = (zone: string, set: FakeSet): void => fake.foreignEdit(zone, (sets) => void sets.set(keyOf(set), set));

  return {
    fake,
    clock,
    records,
    zones: { home, other, absent: 'ZNOSUCHZONE' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    primaryKept: { healthCheckId: healthCheck },
    foreigner: {
      mark: async (zone, key) => put(zone, { ...heldBy(zone, key), healthCheckId: healthCheck }),
      other: async (zone) => {
        const set: FakeSet = {
          name: 'near.example.com.',
          type: 'A',
          setIdentifier: 'east',
          region: 'us-east-1',
          ttlSeconds: 60,
          values: ['192.0.2.1'],
        };
        put(zone, set);
        return { name: set.name, type: set.type, qualifier: 'east' };
      },
      zones: async (count) => {
        for (let n = 0; n < count; n += 1) fake.createZone({ accountId: ACCOUNT, name: `z${n}.example.org` });
      },
    },
    beside: (zone, key) => ({ healthCheckId: heldBy(zone, key).healthCheckId ?? null }),
    aliases: async () => [
      { target: 'lb-1.elb.example.org.', zone: 'Z00000000LB1' },
      { target: 'lb-2.elb.example.org.', zone: 'Z00000000LB2' },
    ],
    fail: (on, fault) => {
      const kind = FAULTS[fault];
      if (kind !== undefined && on === 'write') fake.faults.add({ kind, operation: WRITE });
      else if (kind !== undefined) for (const operation of READS) fake.faults.add({ kind, operation });
      else if (fault === 'garbage') garbled = on;
      else known.key = 'key-3';
    },
    hung: () => isHung,
    landedWrites: () =>
      fake.log.entries().filter(({ operation, tookEffect }) => operation === WRITE && tookEffect).length,
    rotate: async (what) => {
      if (what === 'credentials') {
        known.key = 'key-2';
        environment['R53_KEY'] = 'key-2';
      } else {
        known.host = '127.0.0.1:2';
        config.endpoint = 'http://127.0.0.1:2';
      }
    },
  };
};

/** Whatever looks: a fault of reading hits the first look, whichever it is. */
const READS = ['ListResourceRecordSets', 'ListHostedZones'] as const;
