import { describe, expect, it } from 'vitest';
import { changeOf, kindOf, never, refOf, writeOf } from '../../contracts/steering/world.ts';
import { HOME, openUltra, tcPool, transportOver, wwwRef } from './arrange.ts';
import { EAST, move, PAIR, readWww, WEST, weightsOf, withPool } from './moves.ts';

describe('reading and writing as the vendor does it', () => {
  it('reads many names of a zone by pages of 1,000, and few of them one by one', async () => {
    const account = await openUltra();
    const refs = Array.from({ length: 40 }, (_, n) => refOf(`n${n}`, HOME));
    for (const ref of refs) account.fake.put(HOME, ref.name, 'A', tcPool(PAIR));
    // The first call of all logs in.
    await readWww(account);
    const before = account.fake.requests().length;

    const [reading] = await account.steering.read(refs, never());

    expect(reading?.sets.map((set) => Object.keys(weightsOf(set)).length)).toEqual(refs.map(() => 2));
    expect(account.fake.requests().length - before).toBe(1);
  });

  it('finds names behind the first page, and asks by name for one that no page has', async () => {
    const account = await openUltra();
    for (let n = 0; n < 1200; n += 1) account.fake.put(HOME, `a${n}.example.com`, 'A', { ttl: 60, rdata: [EAST] });
    const refs = ['z1', 'z2', 'z3'].map((name) => refOf(name, HOME));
    for (const ref of refs.slice(0, 2)) account.fake.put(HOME, ref.name, 'A', tcPool(PAIR));

    const [reading] = await account.steering.read(refs, never());

    expect(reading?.sets.map(({ members }) => members.length)).toEqual([2, 2, 0]);
  });

  it('knows a missing zone also where the vendor says of it what it says of a missing record', async () => {
    const { fake } = await openUltra();
    const over = transportOver(fake);
    const alike = await openUltra(
      {},
      {},
      {
        http: async (request, signal) => {
          const answer = await over(request, signal);
          const isRecord = request.url.includes('/rrsets/');
          return isRecord ? { ...answer, body: answer.body.replace('1801', '70002') } : answer;
        },
      },
    );

    const kinds = [HOME, 'absent.example.'].map((zone) => kindOf(alike.steering.read([{ ...wwwRef, zone }], never())));

    expect(await Promise.all(kinds)).toEqual(['ok', 'not-found']);
  });

  it('reads many zones at once without asking for more than its pace lets through', async () => {
    const account = await openUltra();
    const zones = Array.from({ length: 12 }, (_, n) => `zone${n}.example.`);
    const refs = zones.flatMap((zone) => ['a', 'b'].map((name) => ({ ...refOf(name, zone), name: `${name}.${zone}` })));
    for (const zone of zones) account.fake.zones.add(zone);
    for (const { zone, name } of refs) account.fake.put(zone, name, 'A', tcPool(PAIR));
    const startedAt = account.clock.now();

    const readings = await account.steering.read(refs, never());

    const seconds = (account.clock.now() - startedAt) / 1000;
    expect(readings.flatMap(({ sets }) => sets.map(({ members }) => members.length))).toEqual(refs.map(() => 2));
    expect(account.fake.requests()).toHaveLength(25);
    expect(25).toBeLessThanOrEqual(10 + 5 * seconds + 1);
  });

  it('waits for what is done in the background, and says what it does not know', async () => {
    const account = await openUltra({ inBackground: ({ method }) => method === 'PUT', taskMs: 1000 });
    account.fake.put(HOME, wwwRef.name, 'A', tcPool(PAIR));

    expect(await move(account, { [EAST]: 3 })).toBe('ok');
    expect(weightsOf(await readWww(account))).toEqual({ [EAST]: 3, [WEST]: 50 });
  });

  it('rule 4: a task that takes longer than a call may is of unknown outcome', async () => {
    const account = await openUltra({ inBackground: ({ method }) => method === 'PUT', taskMs: 60_000 });
    account.fake.put(HOME, wwwRef.name, 'A', tcPool(PAIR));
    const change = changeOf(wwwRef, await readWww(account), { [EAST]: 3 }, 'state');

    const kind = await kindOf(account.steering.replace(writeOf(HOME, [change]), never()));

    expect(kind).toBe('unknown-outcome');
  });

  it('rule 2: a read that is behind makes a landed write a conflict, never a second one', async () => {
    const account = await withPool(tcPool(PAIR));
    const change = changeOf(wwwRef, await readWww(account), { [EAST]: 3 }, 'state');
    // The read before the write is as fresh as the one before it; the one after it is behind.
    account.fake.faults.add({ fault: 'stale', on: ({ method }) => method === 'GET', times: 2 });

    const kind = await kindOf(account.steering.replace(writeOf(HOME, [change]), never()));

    expect(kind).toBe('conflict');
    expect(account.fake.landedWrites()).toBe(1);
    expect(weightsOf(await readWww(account))).toEqual({ [EAST]: 3, [WEST]: 50 });
  });

  it('puts another path in front where the account has one', async () => {
    const account = await openUltra({}, { settings: { prefix: '/v2', zonesPrefix: '/v3' } });
    account.fake.put(HOME, wwwRef.name, 'A', tcPool(PAIR));

    await readWww(account);

    expect(account.fake.requests().map(({ path }) => path)).toEqual([
      '/v2/authorization/token',
      '/v2/zones/example.com./rrsets/A/www.example.com.',
    ]);
  });

  it('says that there is nothing to check on the account', async () => {
    const { check } = await openUltra();

    expect(check).toBe(null);
  });
});
