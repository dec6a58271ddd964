import { createPublicKey } from 'node:crypto';
import { createOciFake } from '../../../providers/oci/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { balanced, COMPARTMENT, OCI_CONFIG, PRIVATE_KEY } from '../../contracts/steering/oci-world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { countedHttp, createCounter, NAMES, numbers, refsIn, type VendorSeed, ZONES, zoneNameOf } from './fleet.ts';

const ATTACHMENTS_A_PAGE = 100;

export const oci: VendorSeed = {
  because:
    '10 zones of 50 names, a policy each. Reading: ⌈N/100⌉ pages of attachments, and one GET a policy, since their list leaves ' +
    'out answers and rules. Writing: one PUT a policy; its condition is an ETag that only a GET tells, and which name the ' +
    'policy answers for stands in its attachments, so two looks.',
  async open(clock) {
    const counter = createCounter(clock);
    const { tenancy, user, fingerprint } = OCI_CONFIG.settings ?? {};
    const fake = createOciFake({
      now: () => clock.now(),
      random: () => 0.5,
      keyId: `${tenancy}/${user}/${fingerprint}`,
      publicKey: createPublicKey(PRIVATE_KEY).export({ type: 'spki', format: 'pem' }).toString(),
      host: '127.0.0.1:1',
      compartmentId: COMPARTMENT,
      propagationMs: 0,
      pageSize: ATTACHMENTS_A_PAGE,
    });
    const zones = numbers(ZONES).map((z) => fake.createZone(zoneNameOf(z)));
    const refs = refsIn(zones);
    for (const { zone, name } of refs)
      fake.attach(fake.createPolicy(balanced({ east: 100, west: 100 })), zone, name.replace(/\.$/, ''));
    const { steering } = await openProvider(
      OCI_CONFIG,
      null,
      providerDeps({ clock, http: countedHttp(counter, fake.handle), secret: async () => PRIVATE_KEY }),
    );
    const read = Math.ceil(NAMES / ATTACHMENTS_A_PAGE) + NAMES;
    return {
      steering,
      refs,
      reached: counter.reached,
      floor: { cold: read, writes: NAMES, around: 2 * NAMES, verify: read },
    };
  },
};
