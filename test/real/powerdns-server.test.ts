import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../providers/powerdns/capabilities.ts';
import { readSettings } from '../../providers/powerdns/settings.ts';
import { fitOf, ONE_IN_A_MILLION } from '../../src/domain/distribution.ts';
import { recordsContract } from '../contracts/records/contract.ts';
import { powerDnsRecordsTraits } from '../contracts/records/powerdns-world.ts';
import { steeringContract } from '../contracts/steering/contract.ts';
import { addressOf, luaSet, powerDnsConfig, type Way, written } from '../contracts/steering/powerdns-world.ts';
import {
  changeOf,
  never,
  readOne,
  refOf,
  type SteeringTraits,
  type WorldFault,
  weightsOf,
  writeOf,
} from '../contracts/steering/world.ts';
import { countAnswers } from './support/ask.ts';
import { newKey } from './support/dns-servers/key.ts';
import { type PowerDns, startPowerDns } from './support/dns-servers/powerdns.ts';
import { arrangeAt, arrangeRecordsAt } from './support/powerdns-world.ts';
import { addressesAt, ZONES } from './support/rfc2136-world.ts';

const WAYS: readonly (readonly [string, Way])[] = [
  ['4.7 by DNS update', 'update'],
  ['4.7 over its API', 'api'],
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

const traitsOf = (variant: string, way: Way): SteeringTraits => ({
  vendor: 'powerdns',
  variant,
  ground: 'real',
  capabilities: capabilitiesOf(readSettings(powerDnsConfig(way).settings ?? {})),
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: way === 'update',
  faults: FAULTS,
  pace: null,
});

const TIMES = 3000;
const MEMBERS = ['east', 'west', 'spare'];

describe('on PowerDNS', () => {
  const key = newKey();
  let server: PowerDns;
  beforeAll(async () => {
    server = await startPowerDns(key, ZONES);
  }, 90_000);
  afterAll(() => server.stop());

  recordsContract(powerDnsRecordsTraits('real', { variant: '4.7', faults: FAULTS, rotates: [] }), () =>
    arrangeRecordsAt(server, key),
  );

  it.each([
    ['all weights 0', "pickwrandom({{0,'192.0.2.10'},{0,'192.0.2.11'}})"],
    ['broken Lua', 'pickwrandom({{1'],
  ])('takes %s without a word, and then answers SERVFAIL', async (_, code) => {
    await arrangeAt(server, key, 'api');
    await server.call('PATCH', '/zones/example.com.', { rrsets: [luaSet('www.example.com.', [`A "${code}"`])] });
    const resolver = new Resolver({ timeout: 2000, tries: 1 });
    resolver.setServers([`127.0.0.1:${server.port}`]);

    await expect(resolver.resolve4('www.example.com.')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  });

  describe.each(WAYS)('%s', (name, way) => {
    steeringContract(traitsOf(name, way), () => arrangeAt(server, key, way));

    it('moves a Lua record that is longer than one string of DNS', async () => {
      const world = await arrangeAt(server, key, way);
      const ref = refOf('www', 'example.com.');
      const many = Array.from({ length: 14 }, (_, index) => [`198.51.100.${index + 1}`, 10] as const);
      const code = written(many).replace(/(.{120})(?!")/g, '$1" "');
      await server.call('PATCH', '/zones/example.com.', { rrsets: [luaSet(ref.name, [code])] });
      const state = await readOne(world, ref);

      const change = changeOf(ref, state, { '198.51.100.14': 999 }, 'zero');
      await world.steering.replace(writeOf(ref.zone, [change]), never());
      const after = await readOne(world, ref);

      expect(state.members).toHaveLength(14);
      expect(weightsOf(after)).toEqual({ ...weightsOf(state), '198.51.100.14': 999 });
      expect(many.map(([address]) => address)).toContain((await addressesAt(server.port, ref.name))[0]);
    });

    it('answers by the weights, before a move, after it and drained', async () => {
      const world = await arrangeAt(server, key, way);
      const ref = refOf('www', 'example.com.');
      const counted = async (): Promise<readonly number[]> => {
        const counts = await countAnswers(server.port, 'www.example.com', TIMES);
        return MEMBERS.map((member) => counts[addressOf(member)] ?? 0);
      };
      const move = async (weights: Readonly<Record<string, number | null>>, isFirst: boolean): Promise<void> => {
        const fence = { store: 'store_1', epoch: 1 };
        const change = changeOf(ref, await readOne(world, ref), weights, 'zero');
        await world.steering.replace(
          writeOf(ref.zone, [change], { expects: isFirst ? null : fence, leaves: fence }),
          never(),
        );
      };

      const before = await counted();
      await move({ east: 30, west: 170 }, true);
      const moved = await counted();
      await move({ east: null }, false);
      const drained = await counted();

      expect(fitOf(before, [100, 100, 0]).chance).toBeGreaterThan(ONE_IN_A_MILLION);
      expect(fitOf(moved, [30, 170, 0]).chance).toBeGreaterThan(ONE_IN_A_MILLION);
      // The measurement could have told the two apart.
      expect(fitOf(moved, [100, 100, 0]).chance).toBeLessThan(ONE_IN_A_MILLION);
      expect(drained).toEqual([0, TIMES, 0]);
    });
  });
});
