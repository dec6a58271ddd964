import { createCloudflareFake } from '../../../providers/cloudflare/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { ACCOUNT, CLOUDFLARE_CONFIG, TOKEN } from '../../contracts/steering/cloudflare-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { countedHttp, createCounter, NAMES, numbers, refsIn, type VendorSeed, ZONES, zoneNameOf } from './fleet.ts';

export const cloudflare: VendorSeed = {
  because:
    '10 zones of 50 load balancers over pools that all share. Reading: one list a zone and one of the pools. Writing: one PATCH ' +
    'a balancer; nothing is compared, so a GET before and after it, and the pools, whose switches decide who serves.',
  async open(clock) {
    const counter = createCounter(clock);
    const fake = createCloudflareFake({ now: () => clock.now(), tokens: { [TOKEN]: ACCOUNT } });
    for (const [index, pool] of ['east', 'west', 'sorry'].entries())
      fake.createPool(ACCOUNT, pool, [`192.0.2.${10 + index}`]);
    const zones = numbers(ZONES).map((z) => fake.createZone(ACCOUNT, zoneNameOf(z)));
    const refs = refsIn(zones);
    for (const { zone, name } of refs)
      fake.createBalancer(zone, {
        name: name.replace(/\.$/, ''),
        default_pools: ['east', 'west'],
        fallback_pool: 'sorry',
        random_steering: { default_weight: 1, pool_weights: { east: 0.5, west: 0.5 } },
      });
    const { steering } = await openProvider(
      CLOUDFLARE_CONFIG,
      null,
      providerDeps({ clock, http: countedHttp(counter, fake.handle), secret: async () => TOKEN }),
    );
    const read = ZONES + 1;
    return {
      steering,
      refs,
      reached: counter.reached,
      floor: { cold: read, writes: NAMES, around: 3 * NAMES, verify: read },
    };
  },
};
