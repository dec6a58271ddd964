import { usualProperty } from '../../../providers/akamai/fake/shapes.ts';
import { createAkamaiFake } from '../../../providers/akamai/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { AKAMAI_CONFIG, DATACENTERS, SECRETS } from '../../contracts/steering/akamai-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ADDRESSES,
  countedHttp,
  createCounter,
  labelOf,
  NAMES,
  numbers,
  PER_ZONE,
  refsIn,
  type VendorSeed,
  ZONES,
  zoneNameOf,
} from './fleet.ts';

const targets = (['east', 'west'] as const).map((region) => ({
  datacenterId: Number(DATACENTERS[region]),
  enabled: true,
  weight: 100,
  servers: [ADDRESSES[region]],
  handoutCName: null,
  name: null,
}));

export const akamai: VendorSeed = {
  because:
    '10 GTM domains of 50 properties. Reading: one GET a domain. Writing: one PUT a property, with a GET before and after it; ' +
    'the one larger write replaces the whole domain, what others change in it included, and compares nothing.',
  async open(clock) {
    const counter = createCounter(clock);
    const fake = createAkamaiFake({
      now: () => clock.now(),
      origin: AKAMAI_CONFIG.endpoint ?? '',
      clients: { 'akab-client-1': { clientSecret: 'client-secret-1', accessToken: 'akab-access-1' } },
      propagationMs: 0,
    });
    const zones = numbers(ZONES).map(zoneNameOf);
    const numbered = Object.values(DATACENTERS).map(Number);
    const properties = numbers(PER_ZONE).map((n) => usualProperty(labelOf(n), targets));
    for (const zone of zones) fake.createDomain(zone, numbered, properties);
    const { steering } = await openProvider(
      AKAMAI_CONFIG,
      null,
      providerDeps({
        clock,
        http: countedHttp(counter, fake.handle),
        secret: async (source) => ('env' in source ? (SECRETS[source.env] ?? null) : null),
      }),
    );
    const floor = { cold: ZONES, writes: NAMES, around: 2 * NAMES, verify: ZONES };
    return { steering, refs: refsIn(zones), reached: counter.reached, floor };
  },
};
