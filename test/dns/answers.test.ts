import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersShown, type Configured, hasFindings } from '../../src/dns/answers.ts';
import type { ServerSeen } from '../../src/domain/seen-answers.ts';

const QUESTION = { name: 'www.example.com.', type: 'A' };
const EAST = '192.0.2.1';
const WEST = '192.0.2.2';
const SPARE = '192.0.2.3';

const seenAt = (
  server: string,
  replies: Readonly<Record<string, number>>,
  more: Partial<ServerSeen> = {},
): ServerSeen => {
  const counted = Object.entries(replies).map(([data, count]) => ({
    data: data === '' ? [] : data.split(' '),
    count,
  }));
  return {
    server,
    address: '192.0.2.53',
    asked: counted.reduce((sum, { count }) => sum + count, 0),
    replies: counted,
    noSuchName: 0,
    overTcp: 0,
    failures: [],
    isBeyondReach: false,
    ...more,
  };
};

const weighted = (weights: Readonly<Record<string, readonly [weight: number, ...values: string[]]>>): Configured => ({
  source: 'dns-1, as steered',
  countBy: 'answer',
  members: Object.entries(weights).map(([member, [weight, ...values]]) => ({ member, weight, values })),
});

const EVEN = weighted({ east: [100, EAST], west: [100, WEST], spare: [0, SPARE] });

describe('answers beside what is configured', () => {
  it('counts each answer for its member, at each server and in all, the most first', () => {
    const shown = answersShown(
      QUESTION,
      [seenAt('ns1:53', { [EAST]: 90, [WEST]: 110 }), seenAt('ns2:53', { [WEST]: 105, [EAST]: 95 })],
      EVEN,
    );

    expect(shown).toMatchObject({ asked: 400, answered: 400, verdict: { verdict: 'agrees' } });
    expect(shown.rows.map(({ member, value, count, configured }) => [member, value, count, configured])).toEqual([
      ['west', WEST, 215, 0.5],
      ['east', EAST, 185, 0.5],
      ['spare', SPARE, 0, 0],
    ]);
    expect(shown.servers.map(({ counts }) => counts)).toEqual([
      [110, 90, 0],
      [105, 95, 0],
    ]);
    expect(hasFindings(shown)).toBe(false);
  });

  it('gives each share its interval, and what never came a bound of three over the answers', () => {
    const { rows } = answersShown(QUESTION, [seenAt('ns1:53', { [EAST]: 150, [WEST]: 150 })], EVEN);

    const [first, , last] = rows;
    // Wilson's interval of 150 of 300.
    expect(first?.interval.from).toBeCloseTo(0.4437, 3);
    expect(first?.interval.to).toBeCloseTo(0.5563, 3);
    expect(first?.atMost).toBe(null);
    expect(last?.atMost).toBeCloseTo(0.00994, 4);
  });

  it.each([
    ['a drained member answers', { [EAST]: 500, [WEST]: 500, [SPARE]: 1 }, 'differs'],
    ['somebody else answers', { [EAST]: 500, [WEST]: 500, '203.0.113.9': 1 }, 'differs'],
    ['a name that is gone answers', { [EAST]: 500, '': 500 }, 'differs'],
    ['shares are others', { [EAST]: 600, [WEST]: 400 }, 'differs'],
    ['shares are almost so', { [EAST]: 520, [WEST]: 480 }, 'agrees'],
    ['there are too few', { [EAST]: 5, [WEST]: 4 }, 'too-few'],
    ['there are none', {}, 'not-compared'],
  ] as const)('when %s it %s', (_, replies, verdict) => {
    const shown = answersShown(QUESTION, [seenAt('ns1:53', replies)], EVEN);

    expect(shown.verdict.verdict).toBe(verdict);
    expect(hasFindings(shown)).toBe(verdict === 'differs' || verdict === 'not-compared');
  });

  it('says how many answers the smallest share needs', () => {
    const shown = answersShown(
      QUESTION,
      [seenAt('ns1:53', { [EAST]: 99 })],
      weighted({ east: [99, EAST], west: [1, WEST] }),
    );

    expect(shown.verdict).toEqual({ verdict: 'too-few', needed: 500 });
  });

  it('finds the one server that lags behind, also where all of them together look right', () => {
    const shown = answersShown(
      QUESTION,
      [seenAt('ns1:53', { [EAST]: 250, [WEST]: 150 }), seenAt('ns2:53', { [EAST]: 150, [WEST]: 250 })],
      EVEN,
    );

    expect(shown.verdict.verdict).toBe('agrees');
    expect(shown.servers.map(({ verdict }) => verdict.verdict)).toEqual(['differs', 'differs']);
    expect(hasFindings(shown)).toBe(true);
  });

  it('takes an answer of several records for one, in whatever order the server gives them', () => {
    const both = weighted({ east: [1, EAST, SPARE], west: [1, WEST] });

    const { rows } = answersShown(
      QUESTION,
      [seenAt('ns1:53', { [`${EAST} ${SPARE}`]: 20, [`${SPARE} ${EAST}`]: 30, [WEST]: 50 })],
      both,
    );

    expect(rows.map(({ member, value, count }) => [member, value, count])).toEqual([
      ['east', `${EAST} + ${SPARE}`, 50],
      ['west', WEST, 50],
    ]);
  });

  it('counts by the first record where all members stand in every answer', () => {
    const { rows, verdict } = answersShown(
      QUESTION,
      [seenAt('ns1:53', { [`${EAST} ${WEST}`]: 70, [`${WEST} ${EAST}`]: 30 })],
      { ...weighted({ east: [7, EAST], west: [3, WEST] }), countBy: 'first' },
    );

    expect(rows.map(({ member, count }) => [member, count])).toEqual([
      ['east', 70],
      ['west', 30],
    ]);
    expect(verdict).toEqual({ verdict: 'agrees', chance: 1 });
  });

  it.each([
    ['an alias, whose answers nobody can tell', weighted({ east: [1], west: [1, WEST] }), /those of east/],
    ['two members with one value', weighted({ east: [1, EAST], west: [1, EAST] }), /same values/],
    ['a set that is drained as a whole', weighted({ east: [0, EAST] }), /every member is drained/],
    ['nothing to compare with', { because: 'no account has a zone for it' }, /no account/],
  ])('does not compare %s, and shows what it saw', (_, configured, because) => {
    const shown = answersShown(QUESTION, [seenAt('ns1:53', { [EAST]: 20, [WEST]: 10 })], configured);

    expect(shown.verdict).toEqual({ verdict: 'not-compared', because: expect.stringMatching(because) });
    expect(shown.rows.reduce((sum, { count }) => sum + count, 0)).toBe(30);
    expect(hasFindings(shown)).toBe(false);
  });

  it('minds a server that is silent, not one that this machine has no way to', () => {
    const silent = { failures: [{ because: 'no answer', count: 3 }], asked: 3 };
    const good = seenAt('ns1:53', { [EAST]: 50, [WEST]: 50 });

    const lost = answersShown(QUESTION, [good, seenAt('ns2:53', {}, silent)], EVEN);
    const beyond = answersShown(QUESTION, [good, seenAt('ns2:53', {}, { ...silent, isBeyondReach: true })], EVEN);

    expect([hasFindings(lost), hasFindings(beyond)]).toEqual([true, false]);
    expect(lost.servers[1]?.verdict).toEqual({ verdict: 'not-compared', because: 'it did not answer' });
  });

  it('loses no answer, whatever comes', () => {
    const replies = fc.dictionary(
      fc.constantFrom('', EAST, WEST, SPARE, '203.0.113.9', `${EAST} ${WEST}`, `${WEST} ${EAST}`),
      fc.integer({ min: 0, max: 500 }),
    );
    fc.assert(
      fc.property(fc.array(replies, { maxLength: 4 }), fc.boolean(), (all, isKnown) => {
        const seen = all.map((one, index) => seenAt(`ns${index}:53`, one));

        const shown = answersShown(QUESTION, seen, isKnown ? EVEN : { because: 'nothing' });

        const total = all.flatMap((one) => Object.values(one)).reduce((sum, count) => sum + count, 0);
        expect(shown.answered).toBe(total);
        expect(shown.rows.reduce((sum, { count }) => sum + count, 0)).toBe(total);
        expect(shown.servers.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(total);
        for (const { share, interval } of shown.rows) {
          expect(interval.from).toBeLessThanOrEqual(share);
          expect(interval.to).toBeGreaterThanOrEqual(share);
        }
      }),
    );
  });
});
