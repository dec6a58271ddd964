import { RECORDS_CAPABILITIES } from '../../../providers/powerdns/capabilities.ts';
import { createPowerDnsFake } from '../../../providers/powerdns/fake.ts';
import { openProvider } from '../../../providers/registry.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { fakeHttp, powerDnsConfig, SECRETS, type Seen, told } from '../steering/powerdns-world.ts';
import { ALL_FAULTS, type Ground } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const PROPAGATION_MS = 30_000;

export const powerDnsRecordsTraits = (ground: Ground, over: Partial<RecordsTraits> = {}): RecordsTraits => ({
  vendor: 'powerdns',
  ground,
  capabilities: RECORDS_CAPABILITIES,
  qualifiers: (values) => values,
  geo: null,
  unmodelled: true,
  others: true,
  pages: { zones: null, sets: null },
  propagation: 'reported',
  // The server has no word for either.
  faults: ALL_FAULTS.filter((fault) => fault !== 'throttled' && fault !== 'busy'),
  rotates: ['credentials'],
  ...over,
});

/** What a person puts beside a record set, and a Lua record that steer does not read. */
export const COMMENTS = [{ content: 'asked for by operator-1', account: 'operator-1' }];
export const OTHER = {
  name: 'checked.example.com.',
  type: 'LUA',
  ttl: 60,
  changetype: 'REPLACE',
  records: [{ content: 'A "ifportup(443, {\'192.0.2.1\'})"', disabled: false }],
};
export const OTHER_KEY = { name: OTHER.name, type: 'A', qualifier: '(Lua 1)' };

/** The real provider over the strict API of one server, two empty zones in it. */
export const arrangePowerDnsRecords = async (seen: Seen = () => {}): Promise<RecordsWorld> => {
  const clock = new ManualClock();
  let apiKey = SECRETS['STEER_PDNS'] ?? '';
  const fake = createPowerDnsFake({ now: () => clock.now(), propagationMs: PROPAGATION_MS, apiKey });
  for (const zone of ['example.com', 'example.net']) fake.dns.addZone(zone);
  let foreign = 0;
  let onHung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });
  const dns = fakeDnsTransport(async (server, message) =>
    fake.dns.handle(server.endsWith('2') ? 'secondary' : 'primary', message),
  );
  const { records } = await openProvider(
    powerDnsConfig('api'),
    null,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      http: fakeHttp(told(fake, seen), onHung),
      ...dns,
      secret: async () => apiKey,
    }),
  );
  if (records === null) throw new Error('no records');
  const get = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const query = Object.fromEntries(new URL(`http://127.0.0.1${path}`).searchParams);
    const headers = { 'x-api-key': apiKey };
    const [bare = ''] = path.split('?');
    const answer = await fake.handle({
      method: 'GET',
      path: `/api/v1/servers/localhost${bare}`,
      query,
      headers,
      body: '',
    });
    return typeof answer === 'string' ? {} : JSON.parse(answer.body);
  };
  return {
    records,
    zones: { home: 'example.com.', other: 'example.net.', absent: 'example.org.' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      mark: async (zone, key) => {
        foreign += 1;
        const { rrsets } = await get(`/zones/${zone}?rrset_name=${key.name}&rrset_type=${key.type}`);
        const [held] = Array.isArray(rrsets) ? rrsets : [];
        fake.patch(zone.replace(/\.$/, ''), [{ ...held, changetype: 'REPLACE', comments: COMMENTS }]);
      },
      other: async (zone) => {
        foreign += 1;
        fake.patch(zone.replace(/\.$/, ''), [OTHER]);
        return OTHER_KEY;
      },
      zones: () => Promise.reject(new Error('the server lists all zones at once')),
    },
    beside: async (zone, key) => {
      const { rrsets } = await get(`/zones/${zone}?rrset_name=${key.name}&rrset_type=${key.type}`);
      const [held] = Array.isArray(rrsets) ? rrsets : [];
      return held.comments;
    },
    aliases: () => Promise.reject(new Error('the server has no aliases')),
    fail: (on, fault) => {
      if (fault === 'unauthorised') return fake.setApiKey('another');
      fake.faults.add({ fault, on: ({ method }) => (method === 'GET') === (on === 'read') });
    },
    hung: () => isHung,
    landedWrites: () => fake.patches() - foreign,
    rotate: async () => {
      apiKey = 'api-key-2';
      fake.setApiKey(apiKey);
    },
  };
};
