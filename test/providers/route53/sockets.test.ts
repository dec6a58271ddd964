import { afterEach, describe, expect, it } from 'vitest';
import { openSteering } from '../../../providers/registry.ts';
import { guardedPolicy, USUAL_POLICY } from '../../../providers/resilience.ts';
import type { FaultKind } from '../../../providers/route53/fake/faults.ts';
import { createRoute53Fake, type Route53Fake } from '../../../providers/route53/fake.ts';
import type { Steering } from '../../../providers/steering.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import { type LoopbackServer, serveHttp } from '../../../src/sandbox/http-server.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { SANDBOX_CONFIG } from '../../contracts/steering/route53-world.ts';
import { changeOf, kindOf, never, weightsOf, writeOf } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { ACCOUNT } from './wire.ts';

const servers: LoopbackServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const openAt = (endpoint: string): Promise<Steering> =>
  openSteering(
    { ...SANDBOX_CONFIG, endpoint: endpoint },
    { conditionalWrite: true, fence: 'native', zeroOnAlias: false },
    providerDeps({
      clock: systemClock,
      policy: guardedPolicy({ ...USUAL_POLICY, timeoutMs: 300, firstWaitMs: 1, longestWaitMs: 2 }),
    }),
  );

/** As in production: sockets, the real clock, cockatiel; only the endpoint is on this machine. */
const arrange = async () => {
  const fake: Route53Fake = createRoute53Fake({
    now: () => Date.now(),
    random: () => 0,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: [ACCOUNT] }],
  });
  const server = await serveHttp(fake.handle);
  servers.push(server);
  const member = { name: 'www.example.com.', type: 'A', weight: 100, ttlSeconds: 60, values: ['192.0.2.1'] };
  const zone = fake.createZone({
    accountId: ACCOUNT,
    name: 'example.com',
    records: ['east', 'west'].map((setIdentifier) => ({ ...member, setIdentifier })),
  });
  const steering = await openAt(server.url);
  const ref = { set: setId('www-a'), provider: providerId('dns-1'), zone, name: 'www.example.com.', type: 'A' };
  const [reading] = await steering.read([ref], never());
  const state = reading?.sets[0] ?? expect.fail('nothing was read');
  return { fake, steering, zone, ref, write: writeOf(zone, [changeOf(ref, state, { east: null, west: 200 })]) };
};

const landed = (fake: Route53Fake): number =>
  fake.log.entries().filter(({ operation, tookEffect }) => operation === 'ChangeResourceRecordSets' && tookEffect)
    .length;

describe('Route 53 over sockets', () => {
  it('moves weights', async () => {
    const { steering, ref, write } = await arrange();

    const { change, sets } = await steering.replace(write, never());
    const [reading] = await steering.read([ref], never());

    expect(reading?.sets).toEqual(sets);
    expect(sets.map(weightsOf)).toEqual([{ east: null, west: 200 }]);
    expect([...(await steering.propagation([change ?? ''], never())).values()]).toEqual(['done']);
  });

  it.each<readonly [FaultKind, string, number]>([
    ['reset', 'unknown-outcome', 0],
    ['lost-response', 'unknown-outcome', 1],
    ['hang', 'unknown-outcome', 0],
    ['hang-after', 'unknown-outcome', 1],
    ['unavailable', 'unknown-outcome', 0],
    ['unavailable-after', 'unknown-outcome', 1],
    ['throttle', 'ok', 1],
    ['prior-request', 'ok', 1],
  ])('rule 4: a write that meets %s once is %s, and has %i effects', async (kind, met, effects) => {
    const { fake, steering, write } = await arrange();
    fake.faults.add({ kind, operation: 'ChangeResourceRecordSets' });

    expect(await kindOf(steering.replace(write, never()))).toBe(met);
    expect(landed(fake)).toBe(effects);
  });

  it.each<FaultKind>(['reset', 'lost-response', 'hang', 'unavailable', 'throttle'])(
    'a read that meets %s once is repeated',
    async (kind) => {
      const { fake, steering, ref } = await arrange();
      fake.faults.add({ kind, operation: 'ListResourceRecordSets' });

      expect(await kindOf(steering.read([ref], never()))).toBe('ok');
    },
  );

  it('a write to a port where nobody listens was never sent', async () => {
    const { write } = await arrange();
    const [server] = servers.splice(0);
    await server?.close();
    const steering = await openAt(server?.url ?? expect.fail());

    expect(await kindOf(steering.replace(write, never()))).toBe('unavailable');
  });
});
