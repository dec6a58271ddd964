import type { FakeRecord } from '../../../providers/cloudflare/fake/state.ts';
import { RECORDS } from '../../../providers/cloudflare/records-capabilities.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { RecordKey } from '../../../src/domain/record-sets.ts';
import { ACCOUNT, arrangeCloudflare, TOKEN } from '../steering/cloudflare-world.ts';
import { ALL_FAULTS, HTTP_FAULTS } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

export const cloudflareRecordsTraits: RecordsTraits = {
  vendor: 'cloudflare',
  ground: 'described',
  capabilities: RECORDS,
  geo: null,
  unmodelled: true,
  others: true,
  pages: { zones: 50, sets: null },
  propagation: 'none',
  // The vendor documents no answer that means "busy, and nothing happened".
  faults: ALL_FAULTS.filter((fault) => fault !== 'busy'),
  rotates: ['credentials'],
};

const METHODS = { read: 'GET', write: 'POST' } as const;

const bare = (name: string): string => name.replace(/\.$/, '');

/** The real provider over the wire fake, in this process: two zones without a record. */
export const arrangeCloudflareRecords = async (): Promise<RecordsWorld> => {
  const tokens: Record<string, string> = { [TOKEN]: ACCOUNT };
  const world = await arrangeCloudflare({ fake: { tokens } });
  const { fake, zones } = world;
  const { records } = world;
  if (records === null) throw new Error('cloudflare has records');
  for (const [zone, name] of [
    [zones.home, 'www.example.com'],
    [zones.home, 'api.example.com'],
    [zones.other, 'far.example.net'],
  ] as const) {
    fake.dropBalancer(zone, name);
  }

  const heldBy = (zone: string, key: RecordKey): readonly FakeRecord[] =>
    fake.records(zone).filter(({ name, type }) => name === bare(key.name) && type === key.type);

  return {
    records,
    zones: { ...zones, absent: 'f'.repeat(32) },
    propagationMs: 0,
    advance: (ms) => world.clock.advance(ms),
    foreigner: {
      mark: async (zone, key) =>
        fake.editRecords(zone, (all) => {
          for (const record of heldBy(zone, key)) all.set(record.id, { ...record, comment: 'ask operator-1' });
        }),
      other: async (zone) => {
        const record: FakeRecord = {
          id: 'half-proxied-1',
          type: 'A',
          name: 'half.example.com',
          content: '192.0.2.1',
          ttl: 1,
          proxied: true,
          comment: null,
          tags: [],
          modifiedAt: 0,
        };
        const plain = { ...record, id: 'half-proxied-2', content: '192.0.2.2', proxied: false };
        fake.editRecords(zone, (all) => {
          for (const one of [record, plain]) all.set(one.id, one);
        });
        return { name: 'half.example.com.', type: 'A', qualifier: 'records partly proxied' };
      },
      zones: async (count) => {
        for (let n = 0; n < count; n += 1) fake.createZone(ACCOUNT, `z${n}.example.org`);
      },
    },
    beside: (zone, key): Json =>
      JSON.parse(JSON.stringify(heldBy(zone, key).map(({ comment, tags, proxied }) => ({ comment, tags, proxied })))),
    aliases: async () => {
      throw new Error('there are no aliases at Cloudflare');
    },
    fail: (on, fault) =>
      fake.faults.add({
        fault: HTTP_FAULTS[fault],
        on: ({ method }) => method === METHODS[on],
        times: fault === 'unauthorised' ? Number.POSITIVE_INFINITY : 1,
      }),
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.log.filter(({ path, tookEffect }) => tookEffect && path.endsWith('/batch')).length,
    rotate: async () => {
      delete tokens[TOKEN];
      tokens['token-2'] = ACCOUNT;
      world.setToken('token-2');
    },
  };
};
