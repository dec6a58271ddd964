import type { HttpTransport } from '../../../providers/http.ts';
import { openProvider } from '../../../providers/registry.ts';
import { createUltraFake, type UltraFake, type UltraFakeOptions } from '../../../providers/ultradns/fake.ts';
import type { OpenedProvider, ProviderDeps } from '../../../providers/vendor.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { refOf } from '../../contracts/steering/world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';

/** Nothing listens there: the transport is a function in this process. */
export const ENDPOINT = 'http://127.0.0.1:1';
export const HOME = 'example.com.';
export const OTHER = 'example.net.';

export const ULTRA_CONFIG: ProviderConfig = {
  provider: providerId('dns-1'),
  vendor: 'ultradns',
  credentials: { kind: 'secrets', secrets: { username: { env: 'ULTRA_USER' }, password: { env: 'ULTRA_PASSWORD' } } },
  assumeRole: null,
  endpoint: ENDPOINT,
  stsRegion: 'us-west-2',
  requestScheme: 'old',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
  settings: { account: 'steer-example' },
};

/** A transport over the fake; like sockets it rejects when aborted or reset, and a hanging request waits for the abort. */
export const transportOver =
  (fake: Pick<UltraFake, 'handle'>): HttpTransport =>
  async ({ method, url, headers, body }, signal) => {
    const { pathname, searchParams } = new URL(url);
    const answer = await fake.handle({
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      body: body ?? '',
    });
    if (answer === 'reset') throw new Error('socket hang up');
    if (answer !== 'hang') return answer;
    return new Promise((_, reject) => {
      const abort = (): void => reject(new Error('aborted'));
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
    });
  };

export interface UltraAccount extends OpenedProvider {
  readonly fake: UltraFake;
  readonly clock: ManualClock;
  /** What the config's secrets hold now. */
  readonly secrets: Record<string, string>;
}

export const openUltra = async (
  fakeOptions: Partial<UltraFakeOptions> = {},
  config: Partial<ProviderConfig> = {},
  deps: Partial<ProviderDeps> = {},
): Promise<UltraAccount> => {
  const clock = new ManualClock();
  const fake = createUltraFake({ now: () => clock.now(), ...fakeOptions });
  const secrets: Record<string, string> = { ULTRA_USER: 'operator-1', ULTRA_PASSWORD: 'correct horse' };
  const opened = await openProvider(
    { ...ULTRA_CONFIG, ...config },
    null,
    providerDeps({
      // Waiting for a token or a task is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      http: transportOver(fake),
      secret: async (source) => ('env' in source ? (secrets[source.env] ?? null) : null),
      ...deps,
    }),
  );
  fake.zones.add(HOME);
  fake.zones.add(OTHER);
  return { ...opened, fake, clock, secrets };
};

const TC = 'http://schemas.ultradns.com/TCPool.jsonschema';
const SB = 'http://schemas.ultradns.com/SBPool.jsonschema';

export interface PooledRecord {
  readonly rdata: string;
  /** In the vendor's numbers; null is turned off. */
  readonly weight?: number | null;
  readonly state?: string;
  readonly priority?: number;
}

const infoOf = ({ weight = 100, state, priority = 1 }: PooledRecord, isWeighted: boolean) => ({
  state: state ?? (weight === null ? 'INACTIVE' : 'NORMAL'),
  runProbes: true,
  priority,
  failoverDelay: 0,
  restorationDelay: 2,
  threshold: 1,
  ...(isWeighted ? { weight: weight ?? 40 } : {}),
});

/** A Traffic Controller pool as somebody would send it. */
export const tcPool = (records: readonly PooledRecord[], profile: Readonly<Record<string, unknown>> = {}) => ({
  ttl: 60,
  rdata: records.map(({ rdata }) => rdata),
  profile: {
    '@context': TC,
    description: 'made by hand',
    runProbes: true,
    actOnProbes: true,
    maxToLB: records.length,
    failureThreshold: 0,
    rdataInfo: records.map((one) => infoOf(one, true)),
    backupRecord: { rdata: '203.0.113.99', failoverDelay: 1 },
    ...profile,
  },
});

/** A SiteBacker pool as somebody would send it. */
export const sbPool = (records: readonly PooledRecord[], profile: Readonly<Record<string, unknown>> = {}) => ({
  ttl: 60,
  rdata: records.map(({ rdata }) => rdata),
  profile: {
    '@context': SB,
    description: 'made by hand',
    runProbes: true,
    actOnProbes: true,
    order: 'ROUND_ROBIN',
    maxActive: 1,
    maxServed: 1,
    failureThreshold: 0,
    rdataInfo: records.map((one) => infoOf(one, false)),
    backupRecords: [{ rdata: '203.0.113.99', failoverDelay: 1 }],
    ...profile,
  },
});

export const wwwRef: SetRef = refOf('www', HOME);
