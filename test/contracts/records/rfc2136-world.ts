import type { FakeServer } from '../../../providers/fake-kit/dns/server.ts';
import type { Records } from '../../../providers/records.ts';
import { openProvider } from '../../../providers/registry.ts';
import { RECORDS_CAPABILITIES } from '../../../providers/rfc2136/capabilities.ts';
import { createRfc2136Fake } from '../../../providers/rfc2136/fake.ts';
import { fakeDnsTransport } from '../../support/fake-dns-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { rfc2136Config, SECONDARY, TSIG_SECRET } from '../steering/rfc2136-world.ts';
import { ALL_FAULTS, type Ground } from '../steering/world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

const PROPAGATION_MS = 30_000;

export const rfc2136RecordsTraits = (ground: Ground, over: Partial<RecordsTraits> = {}): RecordsTraits => ({
  vendor: 'rfc2136',
  ground,
  capabilities: RECORDS_CAPABILITIES,
  geo: null,
  unmodelled: false,
  others: false,
  pages: { zones: null, sets: null },
  propagation: 'reported',
  // The protocol has no word for either.
  faults: ALL_FAULTS.filter((fault) => fault !== 'throttled' && fault !== 'busy'),
  rotates: ['credentials'],
  ...over,
});

const never = (what: string) => (): never => {
  throw new Error(`DNS itself has no ${what}`);
};

export const nothingBeside: Pick<RecordsWorld, 'beside' | 'aliases' | 'foreigner'> = {
  beside: never('fields beside'),
  aliases: never('aliases'),
  foreigner: { mark: never('fields beside'), other: never('routing'), zones: never('zones to make') },
};

const keyWith = (secret: string) =>
  ({ name: 'steer', algorithm: 'hmac-sha256', secret: Buffer.from(secret, 'base64') }) as const;

/** The real provider over a strict primary and a secondary that lags behind, two empty zones in them. */
export const arrangeRfc2136Records = async (): Promise<RecordsWorld & { readonly records: Records }> => {
  const clock = new ManualClock();
  const fake = createRfc2136Fake({ now: () => clock.now(), propagationMs: PROPAGATION_MS });
  let secret = TSIG_SECRET;
  fake.dns.setKeys([keyWith(secret)]);
  for (const zone of ['example.com', 'example.net']) fake.dns.addZone(zone);
  const serverOf = (address: string): FakeServer => (address === SECONDARY ? 'secondary' : 'primary');
  const transport = fakeDnsTransport((server, message) => fake.handle(serverOf(server), message));
  const opened = await openProvider(
    rfc2136Config(),
    null,
    providerDeps({ clock, ...transport, secret: async () => secret }),
  );
  const { records } = opened;
  if (records === null) throw new Error('no records');
  return {
    ...nothingBeside,
    records,
    zones: { home: 'example.com.', other: 'example.net.', absent: 'example.org.' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    fail: (on, fault) => {
      if (fault === 'unauthorised') return fake.dns.setKeys([]);
      fake.faults.add({ fault, on: ({ method }) => (method === 'UPDATE') === (on === 'write') });
    },
    hung: transport.hung,
    landedWrites: () => fake.dns.calls.filter(({ kind, tookEffect }) => kind === 'update' && tookEffect).length,
    rotate: async () => {
      secret = Buffer.from('the next secret, also thirty-two').toString('base64');
      fake.dns.setKeys([keyWith(secret)]);
    },
  };
};
