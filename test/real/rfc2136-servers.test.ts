import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socketExchange, socketTransfer } from '../../providers/dns-exchange.ts';
import { openProvider } from '../../providers/registry.ts';
import { capabilitiesOf } from '../../providers/rfc2136/capabilities.ts';
import { readSettings } from '../../providers/rfc2136/settings.ts';
import { fitOf, ONE_IN_A_MILLION } from '../../src/domain/distribution.ts';
import { sum } from '../../src/domain/records.ts';
import { systemClock } from '../../src/system/clock.ts';
import { recordsContract } from '../contracts/records/contract.ts';
import { rfc2136RecordsTraits } from '../contracts/records/rfc2136-world.ts';
import { steeringContract } from '../contracts/steering/contract.ts';
import { POOLS, rfc2136Config } from '../contracts/steering/rfc2136-world.ts';
import { changeOf, never, refOf, type SteeringTraits, type WorldFault, writeOf } from '../contracts/steering/world.ts';
import { providerDeps } from '../support/provider-deps.ts';
import { countFirst } from './support/ask.ts';
import { startBind } from './support/dns-servers/bind.ts';
import type { Daemon } from './support/dns-servers/daemon.ts';
import { newKey, type RunKey } from './support/dns-servers/key.ts';
import { startKnot } from './support/dns-servers/knot.ts';
import { accountAt, arrangeAt, arrangeRecordsAt, ZONES } from './support/rfc2136-world.ts';

const SERVERS: readonly (readonly [string, RunKey, (key: RunKey, zones: readonly string[]) => Promise<Daemon>])[] = [
  ['BIND 9.18', newKey('hmac-sha256'), startBind],
  ['Knot 3.2', newKey('hmac-sha512'), startKnot],
];

/** Of the connection; a real server fails by itself too seldom to wait for it. */
const FAULTS: readonly WorldFault[] = [
  'reset-before',
  'reset-after',
  'hang-before',
  'hang-after',
  'unauthorised',
  'garbage',
];

const traitsOf = (variant: string): SteeringTraits => ({
  vendor: 'rfc2136',
  variant,
  ground: 'real',
  capabilities: capabilitiesOf(readSettings(rfc2136Config().settings ?? {})),
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 2, low: 1, high: 3, far: { east: 1, west: 3 } },
  marker: true,
  faults: FAULTS,
  pace: null,
});

const TIMES = 2000;

/** How often an address of east and of west came first. */
const firstByMember = async (port: number): Promise<readonly number[]> => {
  const counts = await countFirst(port, 'www.example.com', TIMES);
  const { east = [], west = [] } = POOLS['www.example.com. A'] ?? {};
  return [east, west].map((pool) => sum(pool.map((address) => counts[address] ?? 0)));
};

describe.each(SERVERS)('on %s', (name, key, start) => {
  let server: Daemon;
  beforeAll(async () => {
    server = await start(key, ZONES);
  }, 90_000);
  afterAll(() => server.stop());

  steeringContract(traitsOf(name), () => arrangeAt(server, key));

  recordsContract(rfc2136RecordsTraits('real', { variant: name, faults: FAULTS, rotates: [] }), () =>
    arrangeRecordsAt(server, key),
  );

  it('says so when its clock and ours are far apart, and nothing is done', async () => {
    await arrangeAt(server, key);
    const { steering } = await openProvider(
      accountAt(server, key),
      null,
      providerDeps({
        clock: { ...systemClock, now: () => systemClock.now() + 1_000_000 },
        dns: socketExchange,
        dnsTransfer: socketTransfer,
        secret: async () => key.secret,
      }),
    );

    const reading = steering.read([refOf('www', 'example.com.')], never());

    await expect(reading).rejects.toMatchObject({
      kind: 'unauthorised',
      message: expect.stringMatching(/differ by \d+ s/),
    });
  });

  it('answers first with a member as often as it has addresses, before a move and after it', async () => {
    const { steering } = await arrangeAt(server, key);
    const ref = refOf('www', 'example.com.');
    const [reading] = await steering.read([ref], never());
    const state = reading?.sets[0] ?? expect.fail('nothing was read');

    const before = await firstByMember(server.port);
    const moved = changeOf(ref, state, { east: 1, west: 4 }, 'remove');
    await steering.replace(writeOf(ref.zone, [moved]), never());
    const after = await firstByMember(server.port);

    // A packet may be lost on a busy machine; what came is judged.
    expect(sum(before)).toBeGreaterThan(0.99 * TIMES);
    expect(fitOf(before, [2, 2]).chance).toBeGreaterThan(ONE_IN_A_MILLION);
    expect(fitOf(after, [1, 4]).chance).toBeGreaterThan(ONE_IN_A_MILLION);
    // The measurement could have told the two apart.
    expect(fitOf(after, [2, 2]).chance).toBeLessThan(ONE_IN_A_MILLION);
  });
});
