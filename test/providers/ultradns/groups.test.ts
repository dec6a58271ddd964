import { asyncProperty, assert as check, integer, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setId } from '../../../src/domain/ids.ts';
import type { SetRef, SetState, Weights } from '../../../src/domain/steering.ts';
import { changeOf, kindOf, never, writeOf } from '../../contracts/steering/world.ts';
import { HOME, openUltra, type UltraAccount, wwwRef } from './arrange.ts';

const TARGETS = ['use1.example.com.', 'euw1.example.com.', 'usw2.example.com.'] as const;
const CODES = ['NAM', 'EUR', 'SAM', 'AFR', 'JP', 'US-VA'];

interface Group {
  readonly name: string;
  readonly codes: readonly string[];
  readonly rdata: string;
}

const ELSE = '(all non-configured)';

/** A directional pool as somebody would send it: local groups, one for everybody else, and fields that steer does not touch. */
const dirPool = (groups: readonly Group[], fallback: string) => ({
  rdata: [...groups.map(({ rdata }) => rdata), fallback],
  profile: {
    '@context': 'http://schemas.ultradns.com/DirPool.jsonschema',
    description: 'made by hand',
    conflictResolve: 'IP',
    noResponse: { geoInfo: { name: 'nobody', codes: ['A1'] } },
    rdataInfo: [
      ...groups.map(({ name, codes }, index) => ({ geoInfo: { name, codes }, ttl: 60 + index })),
      { allNonConfigured: true, ttl: 300 },
    ],
  },
});

const HOMES: readonly Group[] = [
  { name: 'Americas', codes: ['NAM', 'SAM'], rdata: TARGETS[0] },
  { name: 'Europe', codes: ['EUR', 'AFR'], rdata: TARGETS[1] },
];

const groupRef = (group: string): SetRef => ({
  ...wwwRef,
  set: setId(`www-${group.replaceAll(/[^a-z]/gi, '')}`),
  group,
  targets: TARGETS,
});

const arrange = async (groups = HOMES, fallback: string = TARGETS[2]): Promise<UltraAccount> => {
  const account = await openUltra();
  account.fake.put(HOME, wwwRef.name, 'A', dirPool(groups, fallback));
  return account;
};

const read = async ({ steering }: UltraAccount, refs: readonly SetRef[]): Promise<readonly SetState[]> => {
  const [reading] = await steering.read(refs, never());
  return reading?.sets ?? [];
};

const weightsOf = ({ members }: SetState): Weights =>
  Object.fromEntries(members.map(({ member, weight }) => [member, weight]));

const at = (target: string): Weights => Object.fromEntries(TARGETS.map((one) => [one, one === target ? 1 : null]));

const point = async (account: UltraAccount, wanted: Readonly<Record<string, string>>): Promise<string> => {
  const refs = Object.keys(wanted).map(groupRef);
  const sets = await read(account, refs);
  const changes = refs.map((ref, index) =>
    changeOf(ref, sets[index] ?? expect.fail('not read'), at(wanted[ref.group ?? ''] ?? ''), 'state'),
  );
  return kindOf(account.steering.replace(writeOf(HOME, changes), never()));
};

const held = ({ fake }: UltraAccount) => fake.zones.set(HOME, wwwRef.name, 'A');

describe('directional groups as sets', () => {
  it('show what each answers with, beside the other targets that it may be given', async () => {
    const account = await arrange();

    const sets = await read(account, [groupRef('Americas'), groupRef('Europe'), groupRef(ELSE)]);

    expect(sets.map(weightsOf)).toEqual([at(TARGETS[0]), at(TARGETS[1]), at(TARGETS[2])]);
    expect(account.fake.requests().filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('of one name move in one PUT: territories stay where they are', async () => {
    const account = await arrange();
    const before = held(account);

    const became = await point(account, { Americas: TARGETS[1], [ELSE]: TARGETS[1] });

    expect(became).toBe('ok');
    expect(account.fake.landedWrites()).toBe(1);
    expect(held(account)?.rdata).toEqual([TARGETS[1], TARGETS[1], TARGETS[1]]);
    expect(held(account)?.profile).toEqual(before?.profile);
  });

  it('that are pointed elsewhere and back are the very same pool, whatever the groups are', async () => {
    await check(
      asyncProperty(
        shuffledSubarray(CODES, { minLength: 2 }),
        integer({ min: 1, max: 5 }),
        integer({ min: 0, max: 2 }),
        async (codes, cut, target) => {
          const some = Math.min(cut, codes.length - 1);
          const groups: readonly Group[] = [
            { name: 'one', codes: codes.slice(0, some), rdata: TARGETS[0] },
            { name: 'two', codes: codes.slice(some), rdata: TARGETS[1] },
          ];
          const account = await arrange(groups);
          const before = held(account);
          const away = TARGETS[target] ?? TARGETS[0];

          const out = await point(account, { one: away, two: away });
          const back = await point(account, { one: TARGETS[0], two: TARGETS[1] });

          expect([out, back]).toEqual(['ok', 'ok']);
          expect(held(account)).toEqual(before);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('rule 2: are not written when somebody changed the group meanwhile', async () => {
    const account = await arrange();
    const [stale] = await read(account, [groupRef('Americas')]);
    account.fake.put(
      HOME,
      wwwRef.name,
      'A',
      dirPool([{ ...HOMES[0], codes: ['NAM'] } as Group, HOMES[1] as Group], TARGETS[2]),
    );

    const change = changeOf(groupRef('Americas'), stale ?? expect.fail('not read'), at(TARGETS[1]), 'state');
    const kind = await kindOf(account.steering.replace(writeOf(HOME, [change]), never()));

    expect(kind).toBe('conflict');
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('rule 1: always answer with exactly one target', async () => {
    const account = await arrange();
    const [set] = await read(account, [groupRef('Americas')]);
    const expects = set ?? expect.fail('not read');
    const ref = groupRef('Americas');
    const both = { ...at(TARGETS[0]), [TARGETS[1]]: 1 };
    const none = Object.fromEntries(TARGETS.map((target) => [target, null]));

    const kinds = await Promise.all(
      [both, none].map((weights) =>
        kindOf(account.steering.replace(writeOf(HOME, [changeOf(ref, expects, weights, 'state')]), never())),
      ),
    );

    expect(kinds).toEqual(['rejected', 'never-empty']);
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('with several records are shown and left alone', async () => {
    const account = await openUltra();
    const [pool] = [dirPool(HOMES, TARGETS[2])];
    const again = { geoInfo: { name: 'Americas', isExistingGroupFromPool: true }, ttl: 60 };
    account.fake.put(HOME, wwwRef.name, 'A', {
      rdata: [...pool.rdata, 'other.example.com.'],
      profile: { ...pool.profile, rdataInfo: [...pool.profile.rdataInfo, again] },
    });

    const became = await point(account, { Americas: TARGETS[1] });
    const [set] = await read(account, [groupRef('Americas')]);

    expect(became).toBe('rejected');
    expect(set === undefined ? {} : weightsOf(set)).toMatchObject({ [TARGETS[0]]: 1, 'other.example.com.': 1 });
  });

  it('are left where they are when the vendor takes no value twice: point them at names of their own then', async () => {
    const account = await openUltra({ sharedRecords: false });
    account.fake.put(HOME, wwwRef.name, 'A', dirPool(HOMES, TARGETS[2]));

    const became = await point(account, { Americas: TARGETS[1] });

    expect(became).toBe('rejected');
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('that are not there have no members', async () => {
    const account = await arrange();

    const sets = await read(account, [groupRef('Asia'), { ...groupRef('Americas'), name: 'absent.example.com.' }]);

    expect(sets.map(({ members }) => members)).toEqual([[], []]);
  });
});
