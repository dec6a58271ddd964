import { createPublicKey } from 'node:crypto';
import { type FakeRecordSet, keyOf } from '../../../providers/google/fake/state.ts';
import { createGoogleFake } from '../../../providers/google/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { GOOGLE_CONFIG, keyFile, TOKEN_ENDPOINT } from '../../contracts/steering/google-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ADDRESSES,
  countedHttp,
  createCounter,
  numbers,
  OTHERS,
  otherLabelOf,
  PER_ZONE,
  refsIn,
  type VendorSeed,
  ZONES,
  zoneNameOf,
} from './fleet.ts';

const [SETS_A_PAGE, SETS_A_CHANGE, ZONES_A_PAGE] = [1000, 1000, 1000];
const NS_AND_SOA = 2;

const weighted = (name: string): FakeRecordSet => ({
  kind: 'dns#resourceRecordSet',
  name,
  type: 'A',
  ttl: 60,
  routingPolicy: {
    kind: 'dns#rRSetRoutingPolicy',
    wrr: { items: Object.values(ADDRESSES).map((address) => ({ weight: 5, rrdatas: [address] })) },
  },
});

const plain = (name: string): FakeRecordSet => ({
  kind: 'dns#resourceRecordSet',
  name,
  type: 'A',
  ttl: 60,
  rrdatas: ['192.0.2.99'],
});

export const google: VendorSeed = {
  because:
    '10 zones of 1,000 record sets and NS and SOA. Reading: a login and ⌈Z/1000⌉ pages of zones, once, and ⌈R/1000⌉ pages of ' +
    'each zone. Writing: one change a zone and 1,000 additions with as many deletions; the vendor compares.',
  async open(clock) {
    const counter = createCounter(clock);
    const text = keyFile();
    const { private_key: privateKey, client_email: email } = JSON.parse(text) as Readonly<Record<string, string>>;
    const publicKey = createPublicKey(privateKey ?? '')
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const fake = createGoogleFake({
      now: () => clock.now(),
      random: () => 0.5,
      project: 'dns-prod-1',
      account: { email: email ?? '', keyId: 'key-1', publicKey },
      tokenEndpoint: TOKEN_ENDPOINT,
      propagationMs: 0,
      pageSize: SETS_A_PAGE,
    });
    const zones = numbers(ZONES).map((z) => fake.createZone(`zone-${z}`, `${zoneNameOf(z)}.`));
    const refs = refsIn(zones);
    for (const [z, zone] of zones.entries())
      fake.foreignEdit(zone, (held) => {
        const others = numbers(OTHERS).map((n) => plain(`${otherLabelOf(n)}.${zoneNameOf(z)}.`));
        const steered = refs.filter((ref) => ref.zone === zone).map(({ name }) => weighted(name));
        for (const set of [...others, ...steered]) held.set(keyOf(set), set);
      });
    const { steering } = await openProvider(
      GOOGLE_CONFIG,
      null,
      providerDeps({
        clock,
        http: countedHttp(counter, fake.handle, ({ path }) => path === '/token'),
        secret: async () => text,
      }),
    );
    const held = PER_ZONE + OTHERS + NS_AND_SOA;
    return {
      steering,
      refs,
      reached: counter.reached,
      floor: {
        cold: 1 + Math.ceil(ZONES / ZONES_A_PAGE) + ZONES * Math.ceil(held / SETS_A_PAGE),
        writes: ZONES * Math.ceil((PER_ZONE + 1) / SETS_A_CHANGE),
        around: 0,
        verify: ZONES * Math.ceil((held + 1) / SETS_A_PAGE),
      },
    };
  },
};
