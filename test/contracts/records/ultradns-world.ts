import type { FakeFault } from '../../../providers/fake-kit/faults.ts';
import type { FakeRequest } from '../../../providers/fake-kit/wire.ts';
import { RECORDS } from '../../../providers/ultradns/capabilities.ts';
import type { UltraFakeOptions } from '../../../providers/ultradns/fake.ts';
import { HOME, OTHER, openUltra, sbPool } from '../../providers/ultradns/arrange.ts';
import { ALL_FAULTS, type WorldFault } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

export const ultradnsRecordsTraits = (variant?: string): RecordsTraits => ({
  vendor: 'ultradns',
  ...(variant === undefined ? {} : { variant }),
  ground: 'described',
  capabilities: RECORDS,
  // A pool record has no other name than its value; a directional group may be called anything.
  qualifiers: (values) => values,
  geo: {
    before: [{ EUR: ['DE', 'FR'] }, { ASI: ['JP'] }],
    after: [{ EUR: ['DE'] }, { ASI: ['JP'], EUR: ['FR'] }],
  },
  unmodelled: true,
  others: true,
  pages: { zones: 1000, sets: null },
  propagation: 'none',
  faults: ALL_FAULTS,
  rotates: ['credentials'],
});

const FAULTS: Readonly<Record<Exclude<WorldFault, 'unauthorised'>, FakeFault>> = {
  throttled: 'throttled',
  busy: 'busy',
  'unavailable-before': 'unavailable-before',
  'unavailable-after': 'unavailable-after',
  'reset-before': 'reset-before',
  'reset-after': 'reset-after',
  'hang-before': 'hang-before',
  'hang-after': 'hang-after',
  garbage: 'garbage',
};

const isLogin = ({ path }: FakeRequest): boolean => path.endsWith('/authorization/token');

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeUltradnsRecords = async (options: Partial<UltraFakeOptions> = {}): Promise<RecordsWorld> => {
  const { fake, clock, records, secrets } = await openUltra(options);
  if (records === null) throw new Error('UltraDNS has records');
  return {
    records,
    zones: { home: HOME, other: OTHER, absent: 'absent.example.' },
    propagationMs: 0,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      mark: async (zone, { name, type }) => {
        const { ttl, rdata } = fake.zones.set(zone, name, type) ?? { ttl: 60, rdata: [] };
        const profile = {
          '@context': 'http://schemas.ultradns.com/RDPool.jsonschema',
          order: 'FIXED',
          description: 'a',
        };
        fake.put(zone, name, type, { ttl, rdata, profile });
      },
      other: async (zone) => {
        fake.put(zone, 'near.example.com.', 'A', sbPool([{ rdata: '192.0.2.1' }]));
        return { name: 'near.example.com.', type: 'A', qualifier: 'SBPool' };
      },
      zones: async (count) => {
        for (let n = 0; n < count; n += 1) fake.zones.add(`z${n}.example.org.`);
      },
    },
    beside: (zone, { name, type }) => JSON.parse(JSON.stringify(fake.zones.set(zone, name, type)?.profile ?? null)),
    aliases: async () => {
      throw new Error('this vendor has no aliases');
    },
    fail: (on, fault) => {
      if (fault === 'unauthorised') return fake.logins.shut();
      const isIt = (request: FakeRequest): boolean =>
        !isLogin(request) && (request.method === 'GET') === (on === 'read');
      return fake.faults.add({ fault: FAULTS[fault], on: isIt });
    },
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.landedWrites(),
    rotate: async () => {
      fake.logins.endAccess();
      fake.logins.endRefresh();
      fake.logins.setPassword('battery staple');
      secrets['ULTRA_PASSWORD'] = 'battery staple';
    },
  };
};
