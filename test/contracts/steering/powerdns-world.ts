import type { FakeAnswer, FakeRequest } from '../../../providers/fake-kit/wire.ts';
import type { HttpTransport } from '../../../providers/http.ts';
import { createPowerDnsFake, type PowerDnsFake } from '../../../providers/powerdns/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import type { OpenedProvider } from '../../../providers/vendor.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { namedMembers } from '../../support/named-members.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import type { SteeringWorld, WorldFault } from './world.ts';

const PROPAGATION_MS = 30_000;
const [TXT, LUA] = [16, 65_402];

const PRIMARY = '127.0.0.1:5301';
const SECONDARY = '127.0.0.1:5302';
export const SECRETS: Readonly<Record<string, string>> = {
  STEER_PDNS: 'api-key-1',
  STEER_TSIG: Buffer.from('a secret of thirty-two bytes 123').toString('base64'),
};

export const MEMBERS: Readonly<Record<string, string>> = {
  east: '192.0.2.10',
  west: '192.0.2.11',
  spare: '192.0.2.12',
  stranger: '192.0.2.13',
};

export type Way = 'update' | 'api';

export const powerDnsConfig = (way: Way, overrides: Partial<ProviderConfig> = {}): ProviderConfig => ({
  provider: providerId('dns-1'),
  vendor: 'powerdns',
  credentials: { kind: 'secrets', secrets: { apiKey: { env: 'STEER_PDNS' }, tsigSecret: { env: 'STEER_TSIG' } } },
  assumeRole: null,
  endpoint: 'http://127.0.0.1:1',
  stsRegion: '',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [PRIMARY, SECONDARY],
  settings: way === 'update' ? { update: { server: PRIMARY, keyName: 'steer.' } } : {},
  ...overrides,
});

export type Weights = readonly (readonly [string, number])[];

/** A Lua record as a person writes it: with spaces that steer would not put there. */
export const written = (weights: Weights, type = 'A'): string =>
  `${type} "pickwrandom({ ${weights.map(([value, weight]) => `{${weight}, '${value}'}`).join(', ')} })"`;

export const luaSet = (name: string, contents: readonly string[], ttl = 60) => ({
  name,
  type: 'LUA',
  ttl,
  changetype: 'REPLACE',
  records: contents.map((content) => ({ content, disabled: false })),
});

export const addressOf = (member: string): string => MEMBERS[member] ?? member;

const home: Weights = [
  [addressOf('east'), 100],
  [addressOf('west'), 100],
  [addressOf('spare'), 0],
];

export const BEGINNING = {
  'example.com': ['www.example.com.', 'api.example.com.'].map((name) => luaSet(name, [written(home)])),
  'example.net': [
    luaSet('far.example.net.', [
      written([
        [addressOf('east'), 10],
        [addressOf('west'), 20],
      ]),
    ]),
  ],
};

/** The choices of the Lua record for one type, out of its text. */
export const choicesOf = (contents: readonly string[], type = 'A'): Weights =>
  [...(contents.find((content) => content.startsWith(`${type} `)) ?? '').matchAll(/\{\s*(\d+),\s*'([^']*)'\}/g)].map(
    ([, weight, value = '']) => [value, Number(weight)] as const,
  );

const bare = (name: string): string => name.replace(/\.$/, '');

export const fakeHttp =
  (handle: (request: FakeRequest) => Promise<unknown>, hung: () => void): HttpTransport =>
  async ({ method, url, headers, body }, signal) => {
    signal.throwIfAborted();
    const { pathname, searchParams } = new URL(url);
    const query = Object.fromEntries(searchParams);
    const answer = await handle({ method, path: pathname, query, headers, body: body ?? '' });
    if (answer === 'reset') throw new Error('the connection was reset');
    if (answer !== 'hang') return answer as Awaited<ReturnType<HttpTransport>>;
    hung();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };

/** Told of every request and what the fake said to it. */
export type Seen = (request: FakeRequest, answer: FakeAnswer) => void;

export const told =
  (fake: PowerDnsFake, seen: Seen) =>
  async (request: FakeRequest): Promise<FakeAnswer> => {
    const answer = await fake.handle(request);
    seen(request, answer);
    return answer;
  };

export interface PowerDnsWorld extends SteeringWorld {
  readonly fake: PowerDnsFake;
  readonly clock: ManualClock;
  readonly opened: OpenedProvider;
}

/** The real provider over the API and the updates of one strict server, and a secondary that lags behind. */
export const arrangePowerDns = async (
  way: Way,
  config = powerDnsConfig(way),
  seen: Seen = () => {},
): Promise<PowerDnsWorld> => {
  const clock = new ManualClock();
  const began = clock.now();
  const fake = createPowerDnsFake({
    now: () => clock.now(),
    propagationMs: PROPAGATION_MS,
    apiKey: SECRETS['STEER_PDNS'] ?? '',
  });
  fake.dns.setKeys([
    { name: 'steer', algorithm: 'hmac-sha256', secret: Buffer.from(SECRETS['STEER_TSIG'] ?? '', 'base64') },
  ]);
  for (const [zone, rrsets] of Object.entries(BEGINNING)) {
    fake.dns.addZone(zone);
    fake.patch(zone, rrsets);
  }
  await clock.advance(PROPAGATION_MS);
  const patchesBefore = fake.patches();

  let [requests, foreign] = [0, 0];
  let onHung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });
  const updateFaults: WorldFault[] = [];
  const dns = fakeDnsTransport(async (server, message) => {
    requests += 1;
    const isUpdate = (((message[2] ?? 0) >> 3) & 15) === 5;
    const fault = isUpdate ? updateFaults.shift() : undefined;
    if (fault === 'reset-before') return 'reset';
    if (fault === 'hang-before') {
      onHung();
      return 'hang';
    }
    const forced = fault === 'unavailable-before' ? 2 : null;
    const answer = fake.dns.handle(server === SECONDARY ? 'secondary' : 'primary', message, forced);
    if (fault === 'reset-after') return 'reset';
    if (fault === 'unavailable-after') return fake.dns.handle('primary', message, 2);
    if (fault === 'garbage') return [Buffer.from('<html>bad gateway</html>')];
    if (fault === 'hang-after') {
      onHung();
      return 'hang';
    }
    return answer;
  });
  const http = fakeHttp((request) => {
    requests += 1;
    return told(fake, seen)(request);
  }, onHung);
  const opened = await openProvider(
    config,
    null,
    providerDeps({
      // Waiting for a token is the only thing that sleeps, and nobody else is there to move time on.
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      http,
      ...dns,
      secret: async (source) => ('env' in source ? (SECRETS[source.env] ?? null) : null),
    }),
  );

  const contentsOf = (ref: SetRef): readonly string[] => {
    const data = fake.dns.sets(bare(ref.zone)).get(`${bare(ref.name)}|${LUA}`)?.data ?? [];
    return data.map((one) => Buffer.from(one, 'hex').toString('latin1').slice(3)).map((code) => `A "${code}"`);
  };
  const edit = (ref: SetRef, change: (weights: Weights) => Weights, ttl = 60): void => {
    foreign += 1;
    fake.patch(bare(ref.zone), [luaSet(ref.name, [written(change(choicesOf(contentsOf(ref))))], ttl)]);
  };
  const mapped = (member: string, to: (weight: number) => readonly [string, number]) => (weights: Weights) =>
    weights.map(([value, weight]) => (value === addressOf(member) ? to(weight) : ([value, weight] as const)));

  return {
    fake,
    clock,
    opened,
    steering: namedMembers(opened.steering, MEMBERS),
    zones: { home: 'example.com.', other: 'example.net.' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => {
        if (field === 'weight')
          edit(
            ref,
            mapped(member, () => [addressOf(member), 99]),
          );
        if (field === 'ttl') edit(ref, (weights) => weights, 300);
        if (field === 'value')
          edit(
            ref,
            mapped(member, (weight) => ['203.0.113.9', weight]),
          );
      },
      remove: async (ref, member) => edit(ref, (weights) => weights.filter(([value]) => value !== addressOf(member))),
      add: async (ref, member, weight) =>
        edit(ref, (weights) => [
          ...weights.filter(([value]) => value !== addressOf(member)),
          [addressOf(member), weight],
        ]),
      fence: async (zone, { store, epoch }) => {
        foreign += 1;
        const content = `"steer store=${store} epoch=${epoch}"`;
        const records = [{ content, disabled: false }];
        fake.patch(bare(zone), [{ name: `_steer.${zone}`, type: 'TXT', ttl: 60, changetype: 'REPLACE', records }]);
        if (fake.dns.sets(bare(zone)).get(`_steer.${bare(zone)}|${TXT}`) === undefined) throw new Error('no marker');
      },
    },
    fail: (on, fault) => {
      if (fault === 'unauthorised') {
        fake.dns.setKeys([]);
        fake.setApiKey('another');
        return;
      }
      if (on === 'write' && way === 'update') updateFaults.push(fault);
      else fake.faults.add({ fault, on: ({ method }) => (method === 'GET') === (on === 'read') });
    },
    hung: () => isHung,
    landedWrites: () =>
      way === 'update'
        ? fake.dns.calls.filter(({ kind, tookEffect }) => kind === 'update' && tookEffect).length
        : fake.patches() - patchesBefore - foreign,
    isAnswered: (ref, member) => fake.answered(bare(ref.zone), bare(ref.name), ref.type).includes(addressOf(member)),
    unmanaged: (ref): Json => ({
      ttl: fake.dns.sets(bare(ref.zone)).get(`${bare(ref.name)}|${LUA}`)?.ttl ?? null,
      values: choicesOf(contentsOf(ref)).map(([value]) => value),
    }),
    paced: () => ({ requests, elapsedMs: clock.now() - began }),
  };
};
