import { AZURE_RECORDS } from '../../../providers/azure/capabilities.ts';
import type { FakeType } from '../../../providers/azure/fake/record-schema.ts';
import type { AzureFakeOptions, FakePlace } from '../../../providers/azure/fake.ts';
import type { RecordKey } from '../../../src/domain/record-sets.ts';
import { arrangeAzure, azureFault } from '../steering/azure-world.ts';
import { ALL_FAULTS } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const PAGE = 5;

export const azureRecordsTraits: RecordsTraits = {
  vendor: 'azure',
  ground: 'fake',
  capabilities: AZURE_RECORDS,
  geo: null,
  unmodelled: true,
  others: false,
  pages: { zones: PAGE, sets: PAGE },
  propagation: 'none',
  faults: ALL_FAULTS,
  rotates: ['credentials'],
};

const IP = '/subscriptions/subscription-1/resourceGroups/home/providers/Microsoft.Network/publicIPAddresses';

const placeOf = (zone: string, { name, type }: RecordKey): FakePlace => {
  const bare = name.replace(/\.$/, '');
  return { group: 'home', zone, type: type as FakeType, name: bare === zone ? '@' : bare.slice(0, -zone.length - 1) };
};

/** The real provider over the strict fake, with two zones and small pages. */
export const arrangeAzureRecords = async (options: Partial<AzureFakeOptions> = {}) => {
  const azure = await arrangeAzure({}, { pageSize: PAGE, ...options });
  const { fake, clock, secrets, records, hung } = azure;
  if (records === null) throw new Error('Azure has records');
  fake.createZone('home', 'example.com');
  fake.createZone('home', 'example.net');

  const world: RecordsWorld = {
    records,
    zones: { home: 'example.com', other: 'example.net', absent: 'example.org' },
    propagationMs: 0,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      async mark(zone, key) {
        const place = placeOf(zone, key);
        const held = fake.recordSet(place);
        if (held === undefined) throw new Error(`there is no ${key.name}`);
        fake.putRecordSet(place, { ...held, metadata: { owner: 'team-1' } });
      },
      other: () => Promise.reject(new Error('no set here is routed in another way')),
      async zones(count) {
        for (let n = 0; n < count; n += 1) fake.createZone('home', `z${n}.example.org`);
      },
    },
    beside: (zone, key) => JSON.parse(JSON.stringify(fake.recordSet(placeOf(zone, key))?.metadata ?? null)),
    aliases: async () => [
      { target: `${IP}/one`, zone: null },
      { target: `${IP}/two`, zone: null },
    ],
    fail: (on, fault) => fake.faults.add(azureFault(on, fault)),
    hung,
    landedWrites: () => fake.counts().landed,
    async rotate() {
      fake.changeSecret('secret-2');
      fake.revokeTokens();
      secrets.current = 'secret-2';
    },
  };
  return { ...azure, world };
};
