import { describe, expect, it } from 'vitest';
import { unprovenCapabilities } from '../../../providers/registry.ts';
import {
  arrangePowerDns,
  luaSet,
  type PowerDnsWorld,
  powerDnsConfig,
  type Way,
} from '../../contracts/steering/powerdns-world.ts';
import { changeOf, kindOf, never, readOne, refOf, weightsOf, writeOf } from '../../contracts/steering/world.ts';

const WWW = refOf('www', 'example.com.');
const A = `A "pickwrandom({{100,'192.0.2.10'},{100,'192.0.2.11'}})"`;
const AAAA = `AAAA "pickwrandom({{1,'2001:db8::1'},{1,'2001:db8::2'}})"`;

const contents = (world: PowerDnsWorld): readonly string[] => {
  const data = world.fake.dns.sets('example.com').get('www.example.com|65402')?.data ?? [];
  return data.map((one) => Buffer.from(one, 'hex').toString('latin1').slice(3));
};

const arrange = async (way: Way, its: readonly string[], extra: Readonly<Record<string, unknown>> = {}) => {
  const world = await arrangePowerDns(way);
  world.fake.patch('example.com', [{ ...luaSet('www.example.com.', its), ...extra }]);
  return world;
};

const move = async (world: PowerDnsWorld): Promise<string> =>
  kindOf(
    world.steering.replace(writeOf(WWW.zone, [changeOf(WWW, await readOne(world, WWW), { east: 1 }, 'zero')]), never()),
  );

describe('steering by Lua', () => {
  it('compares by itself only where updates are configured', () => {
    expect(unprovenCapabilities(powerDnsConfig('update'))).toMatchObject({
      conditionalWrite: 'native',
      fence: 'native',
    });
    expect(unprovenCapabilities(powerDnsConfig('api'))).toMatchObject({
      conditionalWrite: 'emulated',
      fence: 'waited',
    });
  });

  it.each(['update', 'api'] as const)(
    'moves A and AAAA of one name in one write by %s, and leaves other Lua alone',
    async (way) => {
      const world = await arrange(way, [A, AAAA, `TXT "'a' .. 'b'"`]);
      const six = { ...WWW, set: refOf('six', WWW.zone).set, type: 'AAAA' };
      const [four, other] = [await readOne(world, WWW), await readOne(world, six)];

      await world.steering.replace(
        writeOf(WWW.zone, [
          changeOf(WWW, four, { east: 1 }, 'zero'),
          changeOf(six, other, { '2001:db8::1': 9 }, 'zero'),
        ]),
        never(),
      );

      // Records of one set have no order.
      expect(contents(world).toSorted()).toEqual([
        "'a' .. 'b'",
        "pickwrandom({{1,'192.0.2.10'},{100,'192.0.2.11'}})",
        "pickwrandom({{9,'2001:db8::1'},{1,'2001:db8::2'}})",
      ]);
    },
  );

  it.each([
    ['other Lua', [`A "ifportup(443, {'192.0.2.10'})"`]],
    ['two Lua records for one type', [A, `A "pickwrandom({{1,'192.0.2.99'}})"`]],
  ])('shows %s, and never changes it', async (_, its) => {
    const world = await arrange('update', its);
    const state = await readOne(world, WWW);
    const [first] = state.members;

    const change = changeOf(WWW, state, { [first?.member ?? '']: 2 }, 'zero');
    const kind = await kindOf(world.steering.replace(writeOf(WWW.zone, [change]), never()));

    expect(state.members.length).toBeGreaterThan(0);
    expect(kind).toBe('rejected');
    expect(await world.landedWrites()).toBe(0);
  });

  it('shows plain records, and never changes them', async () => {
    const world = await arrangePowerDns('api');
    const ref = refOf('plain', 'example.com.');
    const records = [{ content: '192.0.2.10', disabled: false }];
    world.fake.patch('example.com', [{ name: ref.name, type: 'A', ttl: 60, changetype: 'REPLACE', records }]);
    const state = await readOne(world, ref);

    const kind = await kindOf(
      world.steering.replace(writeOf(ref.zone, [changeOf(ref, state, { east: 2 }, 'zero')]), never()),
    );

    expect(weightsOf(state)).toEqual({ east: 1 });
    expect(kind).toBe('rejected');
  });

  it('does not take comments away: refused by update, kept over the API', async () => {
    const comments = [{ content: 'asked for', account: 'operator-1' }];

    expect(await move(await arrange('update', [A], { comments }))).toBe('rejected');
    expect(await move(await arrange('api', [A], { comments }))).toBe('ok');
  });

  it('does not take a record away that is switched off', async () => {
    const off = [
      { content: A, disabled: false },
      { content: AAAA, disabled: true },
    ];

    expect(await move(await arrange('update', [], { records: off }))).toBe('rejected');
    expect(await move(await arrange('api', [], { records: off }))).toBe('rejected');
  });

  it('drains by weight 0, and by nothing else', async () => {
    const world = await arrange('api', [A]);
    const change = changeOf(WWW, await readOne(world, WWW), { east: null }, 'remove');

    expect(await kindOf(world.steering.replace(writeOf(WWW.zone, [change]), never()))).toBe('rejected');
  });

  it('asks for few names one by one and for many at once', async () => {
    const world = await arrangePowerDns('api');
    const count = async (names: number): Promise<number> => {
      const before = world.paced().requests;
      await world.steering.read(
        Array.from({ length: names }, (_, index) => refOf(`n${index}`, WWW.zone)),
        never(),
      );
      return world.paced().requests - before;
    };

    expect([await count(2), await count(50)]).toEqual([2, 1]);
  });

  it('needs the address of an API', async () => {
    await expect(arrangePowerDns('api', powerDnsConfig('api', { endpoint: 'dns://127.0.0.1:53' }))).rejects.toThrow(
      /https:\/\/host:port/,
    );
    await expect(
      arrangePowerDns('api', powerDnsConfig('api', { settings: { update: { server: 'x' } } })),
    ).rejects.toThrow(/settings\.update/);
  });
});
