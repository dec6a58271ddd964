import { type FakeSet, setKey } from '../../../providers/fake-kit/dns/zone.ts';
import { openProvider } from '../../../providers/registry.ts';
import { createRfc2136Fake } from '../../../providers/rfc2136/fake.ts';
import type { OpenedProvider } from '../../../providers/vendor.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import type { SteeringWorld, WorldFault } from './world.ts';

const PROPAGATION_MS = 30_000;
const [A, TXT] = [1, 16];

export const PRIMARY = '127.0.0.1:5301';
export const SECONDARY = '127.0.0.1:5302';
export const TSIG_SECRET = Buffer.from('a secret of thirty-two bytes 123').toString('base64');

const addresses = (third: number): string[] => [1, 2, 3, 4].map((last) => `192.0.${third}.${last}`);

export const POOLS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'www.example.com. A': { east: addresses(10), west: addresses(11), spare: addresses(12) },
  'api.example.com. A': { east: addresses(20), west: addresses(21), spare: addresses(22) },
  'far.example.net. A': { east: addresses(30), west: addresses(31) },
};

export const SETTINGS = {
  keyName: 'steer.',
  granularity: 'record-count',
  pools: POOLS,
  zones: ['example.com.', 'example.net.'],
};

export const rfc2136Config = (overrides: Partial<ProviderConfig> = {}): ProviderConfig => ({
  provider: providerId('dns-1'),
  vendor: 'rfc2136',
  credentials: { kind: 'secrets', secrets: { tsigSecret: { env: 'STEER_TSIG' } } },
  assumeRole: null,
  endpoint: `dns://${PRIMARY}`,
  stsRegion: '',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [PRIMARY, SECONDARY],
  settings: JSON.parse(JSON.stringify(SETTINGS)),
  ...overrides,
});

export const addressHex = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');

const bare = (name: string): string => name.replace(/\.$/, '');

const poolOf = (ref: Pick<SetRef, 'name' | 'type'>, member: string): readonly string[] =>
  POOLS[`${ref.name} ${ref.type}`]?.[member] ?? [];

const publishing = (name: string, weights: Readonly<Record<string, number>>): FakeSet => ({
  name: bare(name),
  type: A,
  ttl: 60,
  data: Object.entries(weights).flatMap(([member, weight]) =>
    poolOf({ name, type: 'A' }, member).slice(0, weight).map(addressHex),
  ),
});

export interface Rfc2136World extends SteeringWorld {
  readonly fake: ReturnType<typeof createRfc2136Fake>;
  readonly clock: ManualClock;
  readonly opened: OpenedProvider;
}

/** The real provider over a strict primary and a secondary that lags behind, in this process. */
export const arrangeRfc2136 = async (config: ProviderConfig = rfc2136Config()): Promise<Rfc2136World> => {
  const clock = new ManualClock();
  const began = clock.now();
  const fake = createRfc2136Fake({ now: () => clock.now(), propagationMs: PROPAGATION_MS });
  const key = { name: 'steer', algorithm: 'hmac-sha256', secret: Buffer.from(TSIG_SECRET, 'base64') } as const;
  fake.dns.setKeys([key]);
  fake.dns.addZone('example.com', [
    publishing('www.example.com.', { east: 2, west: 2 }),
    publishing('api.example.com.', { east: 2, west: 2 }),
  ]);
  fake.dns.addZone('example.net', [publishing('far.example.net.', { east: 1, west: 3 })]);

  let requests = 0;
  const transport = fakeDnsTransport((server, message) => {
    requests += 1;
    return fake.handle(server === SECONDARY ? 'secondary' : 'primary', message);
  });
  const opened = await openProvider(
    config,
    null,
    providerDeps({ clock, ...transport, secret: async () => TSIG_SECRET }),
  );

  const setOf = (ref: SetRef): FakeSet | undefined => fake.dns.sets(bare(ref.zone)).get(setKey(bare(ref.name), A));
  const edit = (ref: SetRef, change: (set: FakeSet) => FakeSet): void => {
    const held = setOf(ref) ?? { name: bare(ref.name), type: A, ttl: 60, data: [] };
    fake.dns.edit(bare(ref.zone), (sets) => void sets.set(setKey(held.name, A), change(held)));
  };
  const without = (set: FakeSet, gone: readonly string[]): string[] =>
    set.data.filter((data) => !gone.map(addressHex).includes(data));

  return {
    fake,
    clock,
    opened,
    steering: opened.steering,
    zones: { home: 'example.com.', other: 'example.net.' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => {
        const pool = poolOf(ref, member);
        if (field === 'weight')
          edit(ref, (set) => ({ ...set, data: [...without(set, pool), ...pool.map(addressHex)] }));
        if (field === 'ttl') edit(ref, (set) => ({ ...set, ttl: 300 }));
        if (field === 'value')
          edit(ref, (set) => ({ ...set, data: [...without(set, pool.slice(0, 1)), addressHex('203.0.113.9')] }));
      },
      remove: async (ref, member) => edit(ref, (set) => ({ ...set, data: without(set, poolOf(ref, member)) })),
      add: async (ref, member, weight) => {
        const pool = poolOf(ref, member);
        const values = pool.length === 0 ? ['203.0.113.7'] : pool.slice(0, weight);
        edit(ref, (set) => ({ ...set, data: [...new Set([...set.data, ...values.map(addressHex)])] }));
      },
      fence: async (zone, fence) => {
        const name = `_steer.${bare(zone)}`;
        const text = Buffer.from(`steer store=${fence.store} epoch=${fence.epoch}`);
        const data = [Buffer.concat([Buffer.from([text.length]), text]).toString('hex')];
        fake.dns.edit(bare(zone), (sets) => void sets.set(setKey(name, TXT), { name, type: TXT, ttl: 60, data }));
      },
    },
    fail: (on: 'read' | 'write', fault: WorldFault) => {
      if (fault === 'unauthorised') return fake.dns.setKeys([]);
      fake.faults.add({ fault, on: ({ method }) => (method === 'UPDATE') === (on === 'write') });
    },
    hung: transport.hung,
    landedWrites: () => fake.dns.calls.filter(({ kind, tookEffect }) => kind === 'update' && tookEffect).length,
    isAnswered: (ref, member) => {
      const shown = fake.dns.shown(bare(ref.zone)).get(setKey(bare(ref.name), A))?.data ?? [];
      return poolOf(ref, member).some((address) => shown.includes(addressHex(address)));
    },
    unmanaged: (ref): Json => {
      const set = setOf(ref);
      const pooled = Object.values(POOLS[`${ref.name} ${ref.type}`] ?? {}).flat();
      return { ttl: set?.ttl ?? null, others: set === undefined ? [] : without(set, pooled).toSorted() };
    },
    paced: () => ({ requests, elapsedMs: clock.now() - began }),
  };
};
