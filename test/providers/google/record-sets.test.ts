import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GEO_REGIONS, locationOf, regionsOf } from '../../../providers/google/places.ts';
import { problemOf, recordSetsOf, vendorSetOf } from '../../../providers/google/record-sets.ts';
import type { GoogleRecordSet } from '../../../providers/google/shapes.ts';
import { arrangeGoogleRecords } from '../../contracts/records/google-world.ts';
import { become, held, madeOne, put, qualified, setOf } from '../../contracts/records/world.ts';

const LOCATIONS = Object.values(GEO_REGIONS).flat();
const base = { name: 'www.example.com.', type: 'A', ttl: 60 };
const CHECK = 'https://www.googleapis.com/compute/v1/projects/p/global/healthChecks/check-1';

const data = fc.uniqueArray(fc.ipV4(), { minLength: 1, maxLength: 3 }).map((its) => its.toSorted());
const basic = data.map((rrdatas): GoogleRecordSet => ({ ...base, rrdatas }));
const weighted = fc
  .uniqueArray(fc.record({ weight: fc.integer({ min: 0, max: 10_000 }), rrdatas: data }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ rrdatas }) => rrdatas.join(),
  })
  .map((items): GoogleRecordSet => ({ ...base, routingPolicy: { wrr: { items }, healthCheck: CHECK } }));
const geo = fc
  .uniqueArray(fc.record({ location: fc.constantFrom(...LOCATIONS), rrdatas: data }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ location }) => location,
  })
  .map((items): GoogleRecordSet => ({ ...base, routingPolicy: { geo: { items, enableFencing: true } } }));

const groupOf = (set: GoogleRecordSet) => {
  const after = recordSetsOf(set, {});
  return { name: set.name, type: set.type, before: after, after, changes: [] };
};

describe('record sets of Cloud DNS', () => {
  it('are shown one by one and put together to the very same record set', () => {
    fc.assert(
      fc.property(fc.oneof(basic, weighted, geo), (set) => {
        const group = groupOf(set);

        expect(problemOf(group, {})).toBe(null);
        expect(vendorSetOf(group)).toEqual(set);
      }),
    );
  });

  it.each(LOCATIONS)('location %s is a place and back', (location) => {
    expect(locationOf(regionsOf(location))).toBe(location);
  });

  it.each([[{ us: ['europe-west1'] }], [{ us: ['us-east1', 'us-west1'] }], [{ us: ['DE'] }], [{}]])(
    'no location is %j',
    (regions) => {
      expect(locationOf(regions)).toBe(null);
    },
  );

  it('keep what a primaryBackup policy says, and take no change of it', () => {
    const [shown] = recordSetsOf({ ...base, routingPolicy: { primaryBackup: { trickleTraffic: 0.1 } } }, {});

    expect(shown).toMatchObject({ profile: { kind: 'other', what: 'primaryBackup' }, qualifier: 'primaryBackup' });
    expect(shown?.kept).toEqual({ primaryBackup: { trickleTraffic: 0.1 } });
  });
});

describe('a change that Cloud DNS cannot hold is refused with what to write instead', () => {
  const east = qualified(setOf('www', 'A', ['192.0.2.1']), '192.0.2.1', { kind: 'weighted', weight: 1 });

  it.each([
    ['a qualifier that is not its values', { ...east, qualifier: 'east' }],
    ['no TTL', { ...east, ttlSeconds: null }],
    ['a place that is none', { ...east, profile: { kind: 'geo', regions: { us: ['DE'] } } } as const],
  ])('%s', async (_, set) => {
    const world = await arrangeGoogleRecords();

    expect(await become(world, [put(set)])).toEqual(['rejected']);
    expect(await world.landedWrites()).toBe(0);
  });

  it('another TTL of one of several items', async () => {
    const world = await arrangeGoogleRecords();
    const west = qualified(setOf('www', 'A', ['192.0.2.2']), '192.0.2.2', { kind: 'weighted', weight: 2 });
    await become(world, [put(east), put(west)]);
    const live = await held(world, east);

    expect(await become(world, [put({ ...live, ttlSeconds: 60 }, live)])).toEqual(['rejected']);
  });

  it('weights beside a basic set of the same name and type', async () => {
    const world = await arrangeGoogleRecords();
    await madeOne(world, setOf('www', 'A', ['192.0.2.9']));

    expect(await become(world, [put(east)])).toEqual(['rejected']);
  });
});
