import { openProvider } from '../../../providers/registry.ts';
import { createUltraFake } from '../../../providers/ultradns/fake.ts';
import { tcPool, ULTRA_CONFIG } from '../../providers/ultradns/arrange.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import {
  ADDRESSES,
  countedHttp,
  createCounter,
  NAMES,
  numbers,
  otherLabelOf,
  PER_ZONE,
  refsIn,
  type VendorSeed,
  ZONES,
  zoneNameOf,
} from './fleet.ts';

const SETS_A_PAGE = 1000;
/** Fewer than elsewhere: the fake keeps every state of a zone that there ever was. */
const OTHER_SETS = 150;

const SECRETS: Readonly<Record<string, string>> = { ULTRA_USER: 'operator-1', ULTRA_PASSWORD: 'correct horse' };

const pool = tcPool(Object.values(ADDRESSES).map((rdata) => ({ rdata, weight: 40, state: 'NORMAL' })));

export const ultradns: VendorSeed = {
  because:
    '10 zones of 50 pools and 150 other sets of type A. Reading: a login, once, and ⌈R/1000⌉ pages of each zone. Writing: one ' +
    'PUT a pool, since no batch is documented; nothing is compared, so a GET before and after it.',
  async open(clock) {
    const counter = createCounter(clock);
    const fake = createUltraFake({ now: () => clock.now() });
    const zones = numbers(ZONES).map((z) => `${zoneNameOf(z)}.`);
    const refs = refsIn(zones);
    for (const zone of zones) {
      fake.zones.add(zone);
      for (const n of numbers(OTHER_SETS))
        fake.put(zone, `${otherLabelOf(n)}.${zone}`, 'A', { ttl: 60, rdata: ['192.0.2.99'] });
    }
    for (const { zone, name, type } of refs) fake.put(zone, name, type, pool);
    const { steering } = await openProvider(
      ULTRA_CONFIG,
      null,
      providerDeps({
        clock,
        http: countedHttp(counter, fake.handle, ({ path }) => path.endsWith('/authorization/token')),
        secret: async (source) => ('env' in source ? (SECRETS[source.env] ?? null) : null),
      }),
    );
    const pages = ZONES * Math.ceil((PER_ZONE + OTHER_SETS) / SETS_A_PAGE);
    return {
      steering,
      refs,
      reached: counter.reached,
      floor: { cold: 1 + pages, writes: NAMES, around: 2 * NAMES, verify: pages },
    };
  },
};
