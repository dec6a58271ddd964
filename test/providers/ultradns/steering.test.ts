import { describe, expect, it } from 'vitest';
import { never, refOf } from '../../contracts/steering/world.ts';
import { HOME, openUltra, type PooledRecord, sbPool, tcPool, wwwRef } from './arrange.ts';
import { EAST, move, PAIR, readWww, SPARE, WEST, weightsOf, withPool, writesOf } from './moves.ts';

describe('a Traffic Controller pool', () => {
  it('is moved by one PUT: a unit of steer is two of the vendor, and what is off keeps its weight', async () => {
    const account = await withPool(tcPool([...PAIR, { rdata: SPARE, weight: null }]));

    const became = await move(account, { [EAST]: 7, [WEST]: null });

    const put: unknown = JSON.parse(writesOf(account)[0]?.body ?? '');
    expect(became).toBe('ok');
    expect(writesOf(account)).toHaveLength(1);
    expect(put).toMatchObject({
      rdata: [EAST, WEST, SPARE],
      profile: {
        rdataInfo: [
          { state: 'NORMAL', weight: 14 },
          { state: 'INACTIVE', weight: 100 },
          { state: 'INACTIVE', weight: 40 },
        ],
      },
    });
  });

  it.each([
    ['that is no pool', { ttl: 60, rdata: [EAST] }, 'is no pool'],
    [
      'that only rotates',
      { ttl: 60, rdata: [EAST, WEST], profile: { '@context': 'http://schemas.ultradns.com/RDPool.jsonschema' } },
      'has no weights; convert it',
    ],
    [
      'of a kind that steer does not model',
      { ttl: 60, rdata: [EAST], profile: { '@context': 'http://schemas.ultradns.com/SLBPool.jsonschema' } },
      'of kind SLBPool, which steer does not model',
    ],
    [
      'that is directional',
      {
        rdata: [EAST],
        profile: {
          '@context': 'http://schemas.ultradns.com/DirPool.jsonschema',
          rdataInfo: [{ allNonConfigured: true }],
        },
      },
      'is a directional pool',
    ],
    ['that balances only some records', tcPool(PAIR, { maxToLB: 1 }), 'set maxToLB to 2'],
    ['that says nothing of how many it balances', tcPool(PAIR, { maxToLB: 0 }), 'set maxToLB to 2'],
    [
      'whose serving records have several states',
      tcPool([{ rdata: EAST, state: 'ACTIVE' }, { rdata: WEST }]),
      'give all serving records one state',
    ],
  ])('refuses a set %s, and shows it all the same', async (_, pool, why) => {
    const account = await withPool(pool);
    const seen = await readWww(account);

    const became = await move(account, { [EAST]: 1 });

    expect(seen.members.map(({ member }) => member)).toContain(EAST);
    expect(became).toContain(why);
    expect(account.fake.landedWrites()).toBe(0);
    expect(writesOf(account)).toEqual([]);
  });

  it.each([
    ['whose backup is the drained region', { backupRecord: { rdata: EAST } }, 'choose another backup record'],
    ['that would count as failed', { failureThreshold: 1 }, 'set it to 0'],
    [
      'that does not act on probes, where records cannot be turned off',
      { actOnProbes: false, rdataInfo: [EAST, WEST].map(() => ({ state: 'NORMAL', runProbes: false, priority: 1 })) },
      'set actOnProbes',
    ],
  ])('rule 1: refuses to drain in a pool %s', async (_, profile, why) => {
    const account = await withPool(tcPool(PAIR, profile));

    const became = await move(account, { [EAST]: null });

    expect(became).toContain(why);
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('says all that is wrong with a pool at once', async () => {
    const account = await withPool(tcPool([{ rdata: EAST, state: 'ACTIVE' }, { rdata: WEST }], { maxToLB: 1 }));

    const became = await move(account, { [EAST]: 1 });

    expect(became).toContain('one state');
    expect(became).toContain('maxToLB');
  });

  it('a forced record has its force back when it is no longer drained', async () => {
    const account = await withPool(tcPool([EAST, WEST].map((rdata) => ({ rdata, state: 'ACTIVE' }))));
    const before = account.fake.zones.set(HOME, wwwRef.name, 'A');

    const became = [await move(account, { [EAST]: null }), await move(account, { [EAST]: 50 })];

    expect(became).toEqual(['ok', 'ok']);
    expect(account.fake.zones.set(HOME, wwwRef.name, 'A')).toEqual(before);
  });

  it('uses the words of the setting where no record of the pool shows them', async () => {
    const account = await openUltra(
      { words: { on: 'FORCE_ACTIVE', off: 'FORCE_FAIL' } },
      { settings: { states: 'force' } },
    );
    account.fake.put(HOME, wwwRef.name, 'A', tcPool(PAIR));

    const became = await move(account, { [EAST]: null });

    expect(became).toBe('ok');
    expect(weightsOf(await readWww(account))).toEqual({ [EAST]: null, [WEST]: 50 });
  });

  it('is not drained by zero, which this vendor does not have', async () => {
    const account = await withPool(tcPool(PAIR));

    expect(await move(account, { [EAST]: null }, 'zero')).toContain('declare `drain: state`');
  });

  it('of AAAA goes by short addresses, though the vendor spells them out', async () => {
    const account = await openUltra();
    const ref = refOf('www', HOME, 'AAAA');
    account.fake.put(
      HOME,
      ref.name,
      'AAAA',
      tcPool([{ rdata: '2001:db8::1' }, { rdata: '2001:db8::2' }], { backupRecord: { rdata: '2001:db8::9' } }),
    );

    const [reading] = await account.steering.read([ref], never());

    expect(reading?.sets.map(weightsOf)).toEqual([{ '2001:db8::1': 50, '2001:db8::2': 50 }]);
  });
});

describe('a SiteBacker pool', () => {
  const RANKED: readonly PooledRecord[] = [
    { rdata: EAST, priority: 1 },
    { rdata: WEST, priority: 2 },
  ];

  it('shows who answers with weight 1, and a standby as one without traffic', async () => {
    const account = await withPool(sbPool(RANKED));

    expect(weightsOf(await readWww(account))).toEqual({ [EAST]: 1, [WEST]: null });
  });

  it('is switched to its standby and back, and is then the very same pool', async () => {
    const account = await withPool(sbPool(RANKED));
    const before = account.fake.zones.set(HOME, wwwRef.name, 'A');

    const out = await move(account, { [EAST]: null, [WEST]: 1 });
    const during = account.fake.answers(HOME, wwwRef.name, 'A');
    const back = await move(account, { [EAST]: 1, [WEST]: null });

    expect([out, back]).toEqual(['ok', 'ok']);
    expect([...during]).toEqual([[WEST, 1]]);
    expect(account.fake.zones.set(HOME, wwwRef.name, 'A')).toEqual(before);
  });

  it.each([
    ['weights', sbPool(RANKED), { [EAST]: 2 }, 'has no weights'],
    ['more than may answer', sbPool(RANKED), { [WEST]: 1 }, 'lets 1 records answer'],
    [
      'shares of a fixed order',
      sbPool(RANKED, { maxActive: 2, maxServed: 2, order: 'FIXED' }),
      {},
      'make it ROUND_ROBIN',
    ],
    [
      'a drained backup',
      sbPool(RANKED, { backupRecords: [{ rdata: EAST }] }),
      { [EAST]: null, [WEST]: 1 },
      'choose another backup record',
    ],
    ['a failed pool', sbPool(RANKED, { failureThreshold: 1 }), { [EAST]: null, [WEST]: 1 }, 'set it to 0'],
  ])('rule 1: refuses %s', async (_, pool, weights, why) => {
    const account = await withPool(pool);

    const became = await move(account, weights);

    expect(became).toContain(why);
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('rule 1: refuses to be left without anybody who answers', async () => {
    const account = await withPool(sbPool(RANKED));

    expect(await move(account, { [EAST]: null })).toContain('no member would be left serving');
  });
});
