import {
  array,
  boolean,
  assert as check,
  constantFrom,
  integer,
  property,
  record,
  string,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RRSET, type Rrset } from '../../../providers/ultradns/rrset.ts';
import { FORCE_WORDS, GUIDE_WORDS } from '../../../providers/ultradns/states.ts';
import { poolWith, setStateOf } from '../../../providers/ultradns/translate.ts';
import { memberName } from '../../../providers/ultradns/value.ts';
import { afterWrite, sameRecords } from '../../../src/domain/set-state.ts';
import { kindOf } from '../../contracts/steering/world.ts';
import { tcPool, wwwRef } from './arrange.ts';

const records = uniqueArray(
  record({
    last: integer({ min: 1, max: 254 }),
    units: integer({ min: 1, max: 50 }),
    isOff: boolean(),
    priority: integer({ min: 1, max: 9 }),
    probes: boolean(),
    note: string({ maxLength: 5 }),
  }),
  { minLength: 2, maxLength: 6, selector: ({ last }) => last },
);

type Drawn = { last: number; units: number; isOff: boolean; priority: number; probes: boolean; note: string };

const poolOf = (drawn: readonly Drawn[], words: typeof GUIDE_WORDS, status: string): Rrset =>
  RRSET.parse({
    ownerName: 'www.example.com.',
    rrtype: 'A (1)',
    ttl: 60,
    rdata: drawn.map(({ last }) => `192.0.2.${last}`),
    newField: { of: ['the', 'vendor'] },
    profile: {
      '@context': 'http://schemas.ultradns.com/TCPool.jsonschema',
      description: 'made by hand',
      maxToLB: drawn.length,
      status,
      backupRecord: { rdata: '203.0.113.9', failoverDelay: 3, availableToServe: status === 'OK', type: 'A' },
      rdataInfo: drawn.map(({ units, isOff, priority, probes, note }) => ({
        state: isOff ? words.off : 'NORMAL',
        weight: units * 2,
        priority,
        runProbes: probes,
        future: note,
        availableToServe: status === 'OK',
        status,
        type: 'A',
      })),
    },
  });

const words = constantFrom(GUIDE_WORDS, FORCE_WORDS);

describe('a Traffic Controller pool as members', () => {
  it('comes back with the weights that were asked for, and nothing else changed', () => {
    check(
      property(
        records,
        array(integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 6 }),
        words,
        (drawn, units, word) => {
          const live = poolOf(drawn, word, 'OK');
          const before = setStateOf(wwwRef, live);
          const weights = Object.fromEntries(
            before.members.map(({ member }, index) => [member, units[index] === 0 ? null : (units[index] ?? 1)]),
          );
          const left = afterWrite(before, weights, 'state');

          const { pool } = poolWith(live, left, word);
          const read = setStateOf(wwwRef, RRSET.parse(pool));

          const someServe = left.members.some(({ weight }) => weight !== null);
          expect(someServe ? sameRecords(read, left) : true).toBe(true);
          expect(pool['rdata']).toEqual(live.rdata);
          expect(pool['newField']).toEqual({ of: ['the', 'vendor'] });
        },
      ),
    );
  });

  it('and back to what was there is the very same pool, whatever happened in between', () => {
    check(
      property(records, integer({ min: 0, max: 5 }), words, (drawn, which, word) => {
        const live = poolOf(
          drawn.map((one) => ({ ...one, isOff: false })),
          word,
          'OK',
        );
        const home = setStateOf(wwwRef, live);
        const source = home.members[which % home.members.length]?.member ?? '';
        const asHeld = Object.fromEntries(home.members.map(({ member, weight }) => [member, weight]));

        const out = poolWith(live, afterWrite(home, { ...asHeld, [source]: null }, 'state'), word).pool;
        const back = poolWith(RRSET.parse(out), home, word).pool;

        expect(back).toEqual(poolWith(live, home, word).pool);
        expect(JSON.stringify(out)).toContain(word.off);
      }),
    );
  });

  it('is the same set whatever its health: what the vendor adds is no edit of somebody', () => {
    check(
      property(records, words, (drawn, word) => {
        const [well, ill] = [poolOf(drawn, word, 'OK'), poolOf(drawn, word, 'CRITICAL')];

        expect(setStateOf(wwwRef, well)).toEqual(setStateOf(wwwRef, ill));
        expect(JSON.stringify(poolWith(ill, setStateOf(wwwRef, ill), word).pool)).not.toMatch(
          /"(?:status|availableToServe|type)":/,
        );
      }),
    );
  });

  it('rule 2: shows every field of the pool in its members, so that somebody’s edit of any is seen', () => {
    const live = RRSET.parse({ ownerName: 'www.example.com.', rrtype: 'A (1)', ...tcPool([{ rdata: '192.0.2.1' }]) });
    const before = setStateOf(wwwRef, live);

    const edits: readonly Rrset[] = [
      RRSET.parse({ ...live, ttl: 61 }),
      RRSET.parse({ ...live, comment: 'new' }),
      RRSET.parse({ ...live, profile: { ...live.profile, maxToLB: 0 } }),
      RRSET.parse({ ...live, profile: { ...live.profile, backupRecord: { rdata: '203.0.113.1' } } }),
      RRSET.parse({
        ...live,
        profile: { ...live.profile, rdataInfo: [{ ...live.profile?.rdataInfo?.[0], priority: 2 }] },
      }),
      RRSET.parse({
        ...live,
        profile: { ...live.profile, rdataInfo: [{ ...live.profile?.rdataInfo?.[0], state: 'ACTIVE' }] },
      }),
    ];

    expect(edits.map((edit) => sameRecords(setStateOf(wwwRef, edit), before))).toEqual(edits.map(() => false));
  });

  it('pairs records with their settings by place, and says so when they do not pair', async () => {
    const live = RRSET.parse({ ownerName: 'www.example.com.', rrtype: 'A (1)', ...tcPool([{ rdata: '192.0.2.1' }]) });
    const torn = RRSET.parse({ ...live, rdata: ['192.0.2.1', '192.0.2.2'] });

    const kind = await kindOf(Promise.resolve().then(() => setStateOf(wwwRef, torn)));

    expect(kind).toBe('unreadable');
  });

  it.each([3, 0, 102, 2.5])('is unreadable with a weight of %s, which the vendor does not have', async (weight) => {
    const live = RRSET.parse({
      ownerName: 'www.example.com.',
      rrtype: 'A (1)',
      ...tcPool([{ rdata: '192.0.2.1', weight }]),
    });

    const kind = await kindOf(Promise.resolve().then(() => setStateOf(wwwRef, live)));

    expect(kind).toBe('unreadable');
  });
});

describe('the name of a pool record', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:0db8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['East.Example.com', 'east.example.com.'],
    ['east.example.com.', 'east.example.com.'],
  ])('of %s is %s', (rdata, name) => {
    expect(memberName(rdata)).toBe(name);
  });
});
