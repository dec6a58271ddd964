import { route53Fleet } from '../route53-fleet.ts';
import { NAMES, type VendorSeed, ZONES } from './fleet.ts';

const SHAPE = { services: 50, namesPerService: NAMES / 50, zones: ZONES, recordsPerZone: 1000, hostedZones: 120 };
const MEMBERS = 3;
const [ZONES_A_PAGE, RECORDS_A_PAGE, ELEMENTS_A_BATCH] = [100, 300, 1000];

export const route53: VendorSeed = {
  because:
    '10 zones of 1,000 record sets, 120 zones in the account. Reading: ⌈120/100⌉ pages of zones, once, and ⌈R/300⌉ of each ' +
    'zone. Writing: one batch of 1,000 elements a zone, old and new of each member; the vendor compares, so nothing around it.',
  async open(clock) {
    const fleet = await route53Fleet(clock, SHAPE);
    const elements = (NAMES / ZONES) * MEMBERS * 2;
    const pages = ZONES * Math.ceil(SHAPE.recordsPerZone / RECORDS_A_PAGE);
    return {
      steering: await fleet.openSteering(),
      refs: fleet.config.services.flatMap(({ sets }) => sets.map(({ ref }) => ref)),
      floor: {
        cold: Math.ceil(SHAPE.hostedZones / ZONES_A_PAGE) + pages,
        writes: ZONES * Math.ceil(elements / ELEMENTS_A_BATCH),
        around: 0,
        verify: pages,
      },
      reached: () => {
        const counts = fleet.fake.log.counts();
        const writes = counts['ChangeResourceRecordSets'] ?? 0;
        return { writes, reads: Object.values(counts).reduce((all, calls) => all + calls, 0) - writes };
      },
    };
  },
};
