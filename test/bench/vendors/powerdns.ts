import { createPowerDnsFake } from '../../../providers/powerdns/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { luaSet, powerDnsConfig, SECRETS, type Way, written } from '../../contracts/steering/powerdns-world.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ADDRESSES,
  countedHttp,
  createCounter,
  numbers,
  OTHERS,
  otherLabelOf,
  refsIn,
  type VendorSeed,
  ZONES,
  zoneNameOf,
} from './fleet.ts';
import { isUpdate } from './rfc2136.ts';

const plain = (name: string) => ({
  ...luaSet(name, []),
  type: 'A',
  records: [{ content: '192.0.2.99', disabled: false }],
});

const even = written(Object.values(ADDRESSES).map((address) => [address, 100] as const));

const seed = (way: Way, because: string, looks: number): VendorSeed => ({
  way: way === 'update' ? 'by DNS update' : 'over HTTP',
  because,
  async open(clock) {
    const counter = createCounter(clock);
    const fake = createPowerDnsFake({ now: () => clock.now(), propagationMs: 0, apiKey: SECRETS['STEER_PDNS'] ?? '' });
    const secret = Buffer.from(SECRETS['STEER_TSIG'] ?? '', 'base64');
    fake.dns.setKeys([{ name: 'steer', algorithm: 'hmac-sha256', secret }]);
    const zones = numbers(ZONES).map((z) => `${zoneNameOf(z)}.`);
    const refs = refsIn(zones);
    for (const [z, zone] of zones.entries()) {
      fake.dns.addZone(zoneNameOf(z));
      fake.patch(zoneNameOf(z), [
        ...numbers(OTHERS).map((n) => plain(`${otherLabelOf(n)}.${zone}`)),
        ...refs.filter((ref) => ref.zone === zone).map(({ name }) => luaSet(name, [even])),
      ]);
    }
    const { steering } = await openProvider(
      powerDnsConfig(way),
      null,
      providerDeps({
        clock,
        ...fakeDnsTransport(async (_, message) => {
          await counter.arrive(isUpdate(message));
          return fake.dns.handle('primary', message);
        }),
        http: countedHttp(counter, fake.handle),
        secret: async (source) => ('env' in source ? (SECRETS[source.env] ?? null) : null),
      }),
    );
    const floor = { cold: ZONES, writes: ZONES, around: looks * ZONES, verify: ZONES };
    return { steering, refs, reached: counter.reached, floor };
  },
});

export const powerdns: readonly VendorSeed[] = [
  seed(
    'update',
    '10 zones of 1,000 record sets. Reading: one GET a zone. Writing: one message a zone, and one look before it, as rfc2136.',
    1,
  ),
  seed(
    'api',
    'The same zones, no key for updates. Writing: one PATCH a zone; the vendor compares nothing, so one GET of the zone before ' +
      'it and one after.',
    2,
  ),
];
