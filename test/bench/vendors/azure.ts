import { createAzureFake } from '../../../providers/azure/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { AZURE_CONFIG, endpoint, profile } from '../../contracts/steering/azure-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { countedHttp, createCounter, NAMES, numbers, refsIn, type VendorSeed, ZONES } from './fleet.ts';

export const azure: VendorSeed = {
  because:
    '10 resource groups of 50 profiles. Reading: a login, once, and one list a group, where the rights of a service principal ' +
    'end. Writing: one PUT a profile; nothing is compared, so a GET before and after it.',
  async open(clock) {
    const counter = createCounter(clock);
    const zones = numbers(ZONES).map((z) => `group-${z}`);
    const fake = createAzureFake({ now: () => clock.now(), resourceGroups: zones, clientSecret: 'secret-1' });
    const refs = refsIn(zones);
    for (const { zone, set } of refs)
      fake.put(zone, `p-${set}`, profile(`steer-${set}`, [endpoint('east', 100), endpoint('west', 100)]));
    const profiles = Object.fromEntries(refs.map(({ name, set }) => [name, `p-${set}`]));
    const { steering } = await openProvider(
      { ...AZURE_CONFIG, settings: { ...AZURE_CONFIG.settings, profiles } },
      null,
      providerDeps({
        clock,
        http: countedHttp(counter, fake.handle, ({ path }) => path.endsWith('/oauth2/v2.0/token')),
        secret: async () => 'secret-1',
      }),
    );
    const floor = { cold: 1 + ZONES, writes: NAMES, around: 2 * NAMES, verify: ZONES };
    return { steering, refs, reached: counter.reached, floor };
  },
};
