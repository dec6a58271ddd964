import { generateKeyPairSync } from 'node:crypto';
import { RECORDS_CAPABILITIES } from '../../../providers/google/capabilities.ts';
import { type FakeRecordSet, keyOf } from '../../../providers/google/fake/state.ts';
import {
  arrangeGoogle,
  GOOGLE_CONFIG,
  type GoogleWorldOptions,
  googleTraits,
  keyFile,
} from '../steering/google-world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const PAGE = 8;

export const googleRecordsTraits: RecordsTraits = {
  vendor: 'google',
  ground: 'fake',
  capabilities: RECORDS_CAPABILITIES,
  // Items have no names: their values are what they are called by.
  qualifiers: (values) => values,
  geo: {
    before: [{ europe: ['europe-west1'] }, { us: ['us-east1'] }],
    after: [{ europe: ['europe-west4'] }, { europe: ['europe-west1'] }],
  },
  unmodelled: false,
  others: true,
  // The fake's own pages are small here, so that nobody asks for more at once than the pace allows.
  pages: { zones: PAGE, sets: PAGE },
  propagation: 'none',
  faults: googleTraits().faults,
  rotates: ['credentials'],
};

const failover: FakeRecordSet = {
  name: 'near.example.com.',
  type: 'A',
  ttl: 60,
  routingPolicy: {
    healthCheck: 'https://www.googleapis.com/compute/v1/projects/dns-prod-1/global/healthChecks/check-1',
    primaryBackup: {
      primaryTargets: { externalEndpoints: ['192.0.2.1'] },
      backupGeoTargets: { items: [{ location: 'us-east1', rrdatas: ['198.51.100.1'] }] },
      trickleTraffic: 0.1,
    },
  },
};

const { memberNames: _, ...WITHOUT_NAMES } = { memberNames: {}, ...GOOGLE_CONFIG.settings };

const freshKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const arrangeGoogleRecords = async (options: GoogleWorldOptions = {}): Promise<RecordsWorld> => {
  const world = await arrangeGoogle({
    ...options,
    fake: { pageSize: PAGE },
    config: { settings: WITHOUT_NAMES },
  });
  const { fake, records } = world;
  if (records === null) throw new Error('Google Cloud DNS has records');
  for (const zone of [world.zones.home, world.zones.other]) {
    fake.foreignEdit(zone, (sets) => {
      for (const key of [...sets.keys()]) if (key.endsWith(' A')) sets.delete(key);
    });
  }
  return {
    records,
    zones: { ...world.zones, absent: 'no-such-zone' },
    propagationMs: world.propagationMs,
    advance: world.advance,
    foreigner: {
      mark: () => Promise.reject(new Error('a basic set of Cloud DNS has nothing beside what steer models')),
      async other(zone) {
        fake.foreignEdit(zone, (sets) => void sets.set(keyOf(failover), failover));
        return { name: failover.name, type: failover.type, qualifier: 'primaryBackup' };
      },
      async zones(count) {
        for (let n = 0; n < count; n += 1) fake.createZone(`z${n}-example-org`, `z${n}.example.org.`);
      },
    },
    beside: () => null,
    aliases: () => Promise.reject(new Error('Cloud DNS has no aliases')),
    fail: world.fail,
    hung: world.hung,
    landedWrites: world.landedWrites,
    async rotate() {
      const { publicKey, privateKey } = freshKey();
      fake.auth.replaceKey({ keyId: 'key-2', publicKey });
      world.setKeyFile(keyFile({ private_key_id: 'key-2', private_key: privateKey }));
    },
  };
};
