import { generateKeyPairSync } from 'node:crypto';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { RECORDS_CAPABILITIES } from '../../../providers/oci/capabilities.ts';
import { arrangeOci, type OciWorldOptions, ociTraits } from '../steering/oci-world.ts';
import { HTTP_FAULTS } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

/** The fake's own pages are small here, so that nobody asks for more at once than the pace allows. */
const PAGE = 8;

export const ociRecordsTraits: RecordsTraits = {
  vendor: 'oci',
  ground: 'fake',
  capabilities: RECORDS_CAPABILITIES,
  geo: null,
  unmodelled: false,
  others: false,
  pages: { zones: PAGE, sets: PAGE },
  propagation: 'none',
  faults: ociTraits.faults,
  rotates: ['credentials'],
};

const isWrite = ({ method }: FakeRequest): boolean => method === 'PATCH';

export const arrangeOciRecords = async (options: OciWorldOptions = {}): Promise<RecordsWorld> => {
  const world = await arrangeOci({ ...options, fake: { pageSize: PAGE, ...options.fake } });
  const { fake, records } = world;
  if (records === null) throw new Error('OCI has records');
  return {
    records,
    zones: { ...world.zones, absent: 'ocid1.dns-zone.oc1..absent' },
    propagationMs: world.propagationMs,
    advance: world.advance,
    foreigner: {
      mark: () => Promise.reject(new Error('a set of OCI has nothing beside what steer models')),
      other: () => Promise.reject(new Error('sets of OCI are basic; policies stand beside them')),
      async zones(count) {
        for (let n = 0; n < count; n += 1) fake.createZone(`z${n}.example.org`);
      },
    },
    beside: () => null,
    aliases: () => Promise.reject(new Error('OCI has no aliases that point at a thing of its own')),
    fail: (on, fault) =>
      fake.faults.add({
        fault: HTTP_FAULTS[fault],
        on: (request) => (on === 'write' ? isWrite(request) : request.method === 'GET'),
        times: fault === 'unauthorised' ? Number.POSITIVE_INFINITY : 1,
      }),
    hung: world.hung,
    landedWrites: world.landedWrites,
    async rotate() {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      fake.replaceKey(publicKey);
      world.setKey(privateKey);
    },
  };
};
