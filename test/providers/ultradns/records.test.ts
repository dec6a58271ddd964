import { asyncProperty, assert as check, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeoRegions, RecordSet } from '../../../src/domain/record-sets.ts';
import { HOME, openUltra, tcPool, type UltraAccount } from './arrange.ts';
import { change, held, NAME, read } from './record-changes.ts';

const DIR = 'http://schemas.ultradns.com/DirPool.jsonschema';

/** Two local groups, one for everybody else, source addresses, and what steer does not model. */
const geoPool = (east: readonly string[], west: readonly string[]) => ({
  rdata: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'],
  profile: {
    '@context': DIR,
    description: 'made by hand',
    conflictResolve: 'IP',
    ignoreECS: true,
    noResponse: { geoInfo: { name: 'nobody', codes: ['A1'] } },
    rdataInfo: [
      { geoInfo: { name: 'East', codes: east }, ttl: 60 },
      { allNonConfigured: true, ttl: 300 },
      { geoInfo: { name: 'West', codes: west }, ttl: 90 },
      { ipInfo: { name: 'office', ips: [{ cidr: '203.0.113.0/24' }] }, ttl: 60 },
    ],
  },
});

const PLACES = ['AF', 'DE', 'FR', 'GB', 'JP', 'NAM', 'US-VA', 'ZA', 'BR', 'A2'];

const arrangeGeo = async (east: readonly string[], west: readonly string[]): Promise<UltraAccount> => {
  const account = await openUltra();
  account.fake.put(HOME, NAME, 'A', geoPool(east, west));
  return account;
};

const group = (sets: readonly RecordSet[], name: string): RecordSet =>
  sets.find(({ qualifier }) => qualifier === name) ?? expect.fail(`no group ${name}`);

const with_ = (set: RecordSet, regions: GeoRegions): RecordSet => ({ ...set, profile: { kind: 'geo', regions } });

const regionsIn = ({ profile }: RecordSet): GeoRegions => (profile.kind === 'geo' ? profile.regions : {});

/** All places of both, by region. */
const together = (a: GeoRegions, b: GeoRegions): GeoRegions =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((region) => [
      region,
      [...(a[region] ?? []), ...(b[region] ?? [])].toSorted(),
    ]),
  );

describe('directional groups as geo sets', () => {
  it('name their territories exactly, by continent', async () => {
    const account = await arrangeGeo(['US-VA', 'NAM', 'GL'], ['DE', 'A2']);

    const sets = await read(account);

    expect(regionsIn(group(sets, 'East'))).toEqual({ NAM: ['GL', 'NAM', 'US-VA'] });
    expect(regionsIn(group(sets, 'West'))).toEqual({ A2: ['A2'], EUR: ['DE'] });
    expect(group(sets, '(all non-configured)').profile).toEqual({
      kind: 'geo',
      regions: { '(all non-configured)': ['(all non-configured)'] },
    });
    expect(group(sets, 'ip office').profile).toEqual({ kind: 'other', what: 'source addresses' });
  });

  it('move territories and put back exactly what was there: the very same pool', async () => {
    await check(
      asyncProperty(shuffledSubarray(PLACES, { minLength: 3 }), async (codes) => {
        const account = await arrangeGeo(codes.slice(1), codes.slice(0, 1));
        const before = held(account);
        const home = await read(account);
        const [east, west] = [group(home, 'East'), group(home, 'West')];
        const [staying = ''] = codes.slice(1).toSorted();
        const stays = Object.fromEntries(
          Object.entries(regionsIn(east)).flatMap(([region, all]) =>
            all.includes(staying) ? [[region, [staying]]] : [],
          ),
        );
        const leaving = Object.fromEntries(
          Object.entries(regionsIn(east)).map(([region, all]) => [region, all.filter((code) => code !== staying)]),
        );
        const moved = together(regionsIn(west), leaving);
        const grown = Object.fromEntries(Object.entries(moved).filter(([, all]) => all.length > 0));

        const out = await change(account, [east, with_(east, stays)], [west, with_(west, grown)]);
        const away = await read(account);
        const back = await change(account, [group(away, 'East'), east], [group(away, 'West'), west]);

        expect([...out, ...back]).toEqual(['landed', 'landed', 'landed', 'landed']);
        expect(held(account)).toEqual(before);
        expect(account.fake.landedWrites()).toBe(2);
      }),
      { numRuns: 50 },
    );
  });

  it('may point elsewhere and keep their territories', async () => {
    const account = await arrangeGeo(['NAM'], ['EUR']);
    const before = held(account);
    const [east] = [group(await read(account), 'East')];

    const out = await change(account, [east, { ...east, values: ['198.51.100.7'] }]);
    const away = held(account)?.rdata;
    const back = await change(account, [{ ...east, values: ['198.51.100.7'] }, east]);

    expect([...out, ...back]).toEqual(['landed', 'landed']);
    expect(away).toEqual(['198.51.100.7', '192.0.2.2', '192.0.2.3', '192.0.2.4']);
    expect(held(account)).toEqual(before);
  });

  it.each([
    ['a territory in two groups', { NAM: ['CA'], EUR: ['DE'] }, 'take it out of one in the same change'],
    ['a territory under another continent', { NAM: ['FR'] }, 'FR belongs to EUR'],
    ['a territory twice', { NAM: ['CA', 'CA'] }, 'named twice'],
    ['a continent spelled out', { ANT: ['AQ', 'BV', 'TF'] }, 'name ANT instead'],
    ['the rest of the world under another name', { '(all non-configured)': ['(all non-configured)'] }, 'and only it'],
  ])('are refused with %s', async (_, regions, why) => {
    const account = await arrangeGeo(['US'], ['DE']);
    const east = group(await read(account), 'East');

    const [became] = await change(account, [east, with_(east, regions)]);

    expect(became).toContain('rejected');
    expect(became).toContain(why);
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('of the account are shown and left alone: their territories stand elsewhere', async () => {
    const account = await openUltra();
    const info = { geoInfo: { name: 'Global', isAccountLevel: true }, ttl: 60 };
    account.fake.put(HOME, NAME, 'A', { rdata: ['192.0.2.1'], profile: { '@context': DIR, rdataInfo: [info] } });

    const [set] = await read(account);

    expect(set?.profile).toEqual({ kind: 'other', what: 'a group of the account' });
  });

  it('with several records name the group once, as the vendor wants it, and lose none of it', async () => {
    const account = await arrangeGeo(['NAM'], ['EUR']);
    const east = group(await read(account), 'East');

    const became = await change(account, [east, { ...east, values: ['192.0.2.1', '198.51.100.7'] }]);

    expect(became).toEqual(['landed']);
    expect(group(await read(account), 'East')).toEqual({ ...east, values: ['192.0.2.1', '198.51.100.7'] });
  });
});

describe('pool records as weighted sets', () => {
  const arrangePool = async (): Promise<UltraAccount> => {
    const account = await openUltra();
    account.fake.put(
      HOME,
      NAME,
      'A',
      tcPool([
        { rdata: '192.0.2.1', weight: 40 },
        { rdata: '192.0.2.2', weight: 60 },
      ]),
    );
    return account;
  };

  it('have the vendor’s own weights, and keep the pool’s other fields', async () => {
    const account = await arrangePool();
    const before = held(account);
    const [east] = await read(account);
    const set = east ?? expect.fail('not read');

    const out = await change(account, [set, { ...set, profile: { kind: 'weighted', weight: 2 } }]);
    const drained: RecordSet = { ...set, profile: { kind: 'weighted', weight: null } };
    const off = await change(account, [{ ...set, profile: { kind: 'weighted', weight: 2 } }, drained]);
    const back = await change(account, [drained, set]);

    expect([...out, ...off, ...back]).toEqual(['landed', 'landed', 'landed']);
    expect(held(account)).toEqual(before);
  });

  it.each([
    ['an odd weight', { profile: { kind: 'weighted', weight: 3 } } as const, 'even numbers'],
    ['a TTL of its own', { ttlSeconds: 90 }, 'have one TTL'],
    ['another value under the old name', { values: ['198.51.100.7'] }, 'no name but its value'],
  ])('are refused with %s', async (_, over, why) => {
    const account = await arrangePool();
    const [east] = await read(account);
    const set = east ?? expect.fail('not read');

    const [became] = await change(account, [set, { ...set, ...over }]);

    expect(became).toContain('rejected');
    expect(became).toContain(why);
  });

  it('stay all balanced when the pool grows and shrinks', async () => {
    const account = await arrangePool();
    const [east] = await read(account);
    const fresh: RecordSet = {
      ...(east ?? expect.fail('not read')),
      qualifier: '198.51.100.7',
      values: ['198.51.100.7'],
      kept: null,
    };

    const grown = await change(account, [null, fresh]);
    const most = held(account)?.profile?.['maxToLB'];
    const sets = await read(account);
    const shrunk = await change(account, [group(sets, '198.51.100.7'), null]);

    expect([...grown, ...shrunk]).toEqual(['landed', 'landed']);
    expect([most, held(account)?.profile?.['maxToLB']]).toEqual([3, 2]);
  });
});
