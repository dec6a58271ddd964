import { createNs1Fake } from '../../../providers/ns1/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { answer, NS1_CONFIG, record } from '../../contracts/steering/ns1-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { countedHttp, createCounter, NAMES, numbers, refsIn, type VendorSeed, ZONES, zoneNameOf } from './fleet.ts';

export const ns1: VendorSeed = {
  because:
    '10 zones of 50 records. Reading: one GET a record, since the list of a zone leaves out weights and switches. Writing: one ' +
    'POST a record; nothing is compared, so a GET before and after it.',
  async open(clock) {
    const counter = createCounter(clock);
    const zones = numbers(ZONES).map(zoneNameOf);
    const fake = createNs1Fake({ now: () => clock.now(), apiKey: 'key-1', zones });
    const refs = refsIn(zones);
    const regions = ['east', 'west'].map((region) => answer(region, { up: true, weight: 100 }));
    for (const { zone, name, type } of refs) fake.put(zone, name.replace(/\.$/, ''), type, record(regions));
    const { steering } = await openProvider(
      NS1_CONFIG,
      null,
      providerDeps({ clock, http: countedHttp(counter, fake.handle), secret: async () => 'key-1' }),
    );
    const floor = { cold: NAMES, writes: NAMES, around: 2 * NAMES, verify: NAMES };
    return { steering, refs, reached: counter.reached, floor };
  },
};
