import { openProvider } from '../../../providers/registry.ts';
import { createRfc2136Fake } from '../../../providers/rfc2136/fake.ts';
import { addressHex, PRIMARY, rfc2136Config, SETTINGS, TSIG_SECRET } from '../../contracts/steering/rfc2136-world.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { createCounter, numbers, OTHERS, otherLabelOf, refsIn, type VendorSeed, ZONES, zoneNameOf } from './fleet.ts';

const A = 1;
const UPDATE = 5;
const POOL = {
  east: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'],
  west: ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4'],
};

const addressSet = (name: string, addresses: readonly string[]) => ({
  name: name.replace(/\.$/, ''),
  type: A,
  ttl: 60,
  data: addresses.map(addressHex),
});

export const isUpdate = (message: Uint8Array): boolean => (((message[2] ?? 0) >> 3) & 15) === UPDATE;

export const rfc2136: VendorSeed = {
  because:
    '10 zones of 1,000 record sets, four addresses a member. Reading: one transfer a zone. Writing: one message a zone (64 kB), ' +
    'and one look before it, because no condition of the protocol holds a TTL, and the SOA that does must be known.',
  async open(clock) {
    const counter = createCounter(clock);
    const fake = createRfc2136Fake({ now: () => clock.now(), propagationMs: 0 });
    fake.dns.setKeys([{ name: 'steer', algorithm: 'hmac-sha256', secret: Buffer.from(TSIG_SECRET, 'base64') }]);
    const zones = numbers(ZONES).map((z) => `${zoneNameOf(z)}.`);
    const refs = refsIn(zones);
    for (const [z, zone] of zones.entries())
      fake.dns.addZone(zoneNameOf(z), [
        ...numbers(OTHERS).map((n) => addressSet(`${otherLabelOf(n)}.${zone}`, ['192.0.2.99'])),
        ...refs
          .filter((ref) => ref.zone === zone)
          .map(({ name }) => addressSet(name, [...POOL.east.slice(0, 2), ...POOL.west.slice(0, 2)])),
      ]);
    const transport = fakeDnsTransport(async (_, message) => {
      await counter.arrive(isUpdate(message));
      return fake.handle('primary', message);
    });
    const pools = Object.fromEntries(refs.map(({ name }) => [`${name} A`, POOL]));
    const { steering } = await openProvider(
      rfc2136Config({ nameServers: [PRIMARY], settings: { ...SETTINGS, pools, zones } }),
      null,
      providerDeps({ clock, ...transport, secret: async () => TSIG_SECRET }),
    );
    const floor = { cold: ZONES, writes: ZONES, around: ZONES, verify: ZONES };
    return { steering, refs, reached: counter.reached, floor };
  },
};
