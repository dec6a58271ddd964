import { afterEach, describe, expect, it } from 'vitest';
import type { RecordSet } from '../../providers/route53/fake/records.ts';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import { serveDns } from '../../src/sandbox/dns-server.ts';
import { ask, countAnswers, parsed } from './support/ask.ts';

const ACCOUNT = '111122223333';
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
const MANY = Array.from({ length: 100 }, (_, index) => `198.51.100.${index + 1}`);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const weightedBy = (name: string, weights: readonly number[]): readonly RecordSet[] =>
  weights.map((weight, index) => ({
    name,
    type: 'A',
    setIdentifier: `member-${index}`,
    weight,
    ttlSeconds: 60,
    values: [ADDRESSES[index] ?? ''],
  }));

/** The sandbox's name server over its Route 53, on a free port. */
const serve = async () => {
  const fake = createRoute53Fake({
    now: () => 0,
    random: Math.random,
    accounts: [{ id: ACCOUNT, userName: 'sandbox', accessKeyIds: [ACCOUNT] }],
  });
  fake.createZone({
    accountId: ACCOUNT,
    name: 'example.com',
    records: [
      ...weightedBy('home.example.com.', [60, 30, 10]),
      ...weightedBy('drained.example.com.', [0, 25]),
      ...weightedBy('empty.example.com.', [0, 0]),
      { name: 'many.example.com.', type: 'A', ttlSeconds: 300, values: MANY },
    ],
  });
  const { port, close } = await serveDns(({ name, type }) => fake.answer({ name, type }));
  closers.push(close);
  return port;
};

/** Pearson's statistic of counts against expected parts of 1. */
const chiSquared = (counts: readonly number[], parts: readonly number[]): number => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, index) => {
    const expected = total * (parts[index] ?? 0);
    return sum + (count - expected) ** 2 / expected;
  }, 0);
};

/**
 * An honest server passes these once in a million runs only by bad luck: the upper 1e-6 quantiles of chi-squared with one and
 * two degrees of freedom.
 */
const ONE_IN_A_MILLION = { 2: 23.93, 3: 27.63 } as const;
const TIMES = 3000;

describe('the name server of the sandbox, asked by resolver tools of others', () => {
  it.each([
    ['over UDP', ''],
    ['over TCP', '+tcp'],
  ])('answers by weight %s', async (_, option) => {
    const port = await serve();

    const counts = await countAnswers(port, 'home.example.com', TIMES, option);

    expect(Object.keys(counts).toSorted()).toEqual(ADDRESSES);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(TIMES);
    expect(
      chiSquared(
        ADDRESSES.map((address) => counts[address] ?? 0),
        [0.6, 0.3, 0.1],
      ),
    ).toBeLessThan(ONE_IN_A_MILLION[3]);
  });

  it('never answers with a member of weight 0 beside one that has a weight', async () => {
    const port = await serve();

    const counts = await countAnswers(port, 'drained.example.com', 1000);

    expect(counts).toEqual({ '192.0.2.2': 1000 });
  });

  it('serves every member alike where all weigh 0, as Route 53 does', async () => {
    const port = await serve();

    const counts = await countAnswers(port, 'empty.example.com', TIMES);

    const two = ADDRESSES.slice(0, 2);
    expect(Object.keys(counts).toSorted()).toEqual(two);
    expect(
      chiSquared(
        two.map((address) => counts[address] ?? 0),
        [0.5, 0.5],
      ),
    ).toBeLessThan(ONE_IN_A_MILLION[2]);
  });

  it.each([
    ['dig', 'HOME.Example.com.'],
    // kdig sends names in lower case.
    ['kdig', 'home.example.com.'],
  ] as const)('gives %s one record with authority, the TTL and EDNS', async (tool, shown) => {
    const port = await serve();

    const answer = parsed(await ask(tool, port, ['+norecurse', '+edns', 'HOME.Example.com', 'A']));

    expect(answer).toMatchObject({ status: 'NOERROR', edns: '1232', over: 'UDP' });
    expect(answer.flags).toContain('aa');
    expect(answer.flags).not.toContain('ra');
    expect(answer.records).toEqual([
      { name: shown, ttlSeconds: 60, type: 'A', data: expect.stringMatching(/^192\.0\.2\.[123]$/) },
    ]);
  });

  it.each(['dig', 'kdig'] as const)(
    'tells %s by the SOA how long a name without a record may be forgotten',
    async (tool) => {
      const port = await serve();

      const missing = parsed(await ask(tool, port, ['nope.example.com', 'A']));
      const otherType = parsed(await ask(tool, port, ['home.example.com', 'AAAA']));

      expect([missing.status, otherType.status]).toEqual(['NXDOMAIN', 'NOERROR']);
      for (const { records } of [missing, otherType])
        expect(records.map(({ name, type }) => [name, type])).toEqual([['example.com.', 'SOA']]);
    },
  );

  it.each(['dig', 'kdig'] as const)(
    'cuts off for %s what UDP cannot carry, and gives it whole over TCP',
    async (tool) => {
      const port = await serve();

      const cut = parsed(await ask(tool, port, ['+ignore', 'many.example.com', 'A']));
      const whole = parsed(await ask(tool, port, ['many.example.com', 'A']));

      expect(cut.flags).toContain('tc');
      expect(cut.records).toEqual([]);
      expect(whole).toMatchObject({ status: 'NOERROR', over: 'TCP' });
      expect(whole.records.map(({ data }) => data)).toEqual(MANY);
    },
  );

  it.each([
    ['another zone', ['www.example.org', 'A'], 'REFUSED'],
    ['everything at once', ['home.example.com', 'ANY', '+notcp'], 'REFUSED'],
    ['an EDNS version that does not exist yet', ['+edns=1', '+noednsneg', 'home.example.com', 'A'], 'BADVERS'],
  ])('does not answer for %s', async (_, question, status) => {
    const port = await serve();

    const answer = parsed(await ask('dig', port, question));

    expect(answer.status).toBe(status);
    expect(answer.records).toEqual([]);
  });
});
